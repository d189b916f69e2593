"""Who published a document and when: what its places say, and what each of them is worth."""

import io
from pathlib import Path

import pikepdf
import pytest
import typst

from nijar_nlp import pdf
from nijar_nlp.language import language_of
from nijar_nlp.passages import compose
from nijar_nlp.records import Document

BODY = "The mayor opened the bridge after two years of work, and the traders crossed it at noon. " * 4
PAGES = f"#pagebreak()\n{BODY}\n#pagebreak()\n{BODY}"


def document_of(
    folder: Path, source: str, name: str = "text.pdf", created: str = "", author: str = ""
) -> Document:
    """What is read from a PDF with this source, name and metadata."""
    path = folder / name
    with pikepdf.open(io.BytesIO(typst.compile(source.encode()))) as made:
        for key in list(made.docinfo.keys()):
            del made.docinfo[key]
        if "/Metadata" in made.Root:
            del made.Root["/Metadata"]
        if created:
            made.docinfo["/CreationDate"] = created
        if author:
            made.docinfo["/Author"] = author
        made.save(path)
    return compose(*pdf.read(path, pdf.ReadSettings(ocr=False)), language_of).document


@pytest.mark.parametrize(
    ("line", "name", "start", "precision", "found"),
    [
        ("June 2024", "x.pdf", "2024-06-01", "month", "first page"),
        ("17 March 2023", "x.pdf", "2023-03-17", "day", "first page"),
        ("Situation report no. 4 – Date 10/30/2023", "x.pdf", "2023-10-30", "day", "first page"),
        ("Covering 1 January to 30 June 2023", "x.pdf", "2023-06-01", "month", "first page"),
        ("Période du 1er janvier au 31 mars 2022", "x.pdf", "2022-03-01", "month", "first page"),
        ("2023 annual report", "x.pdf", "2023-01-01", "year", "first page"),
        ("Rapport annuel 2021", "x.pdf", "2021-01-01", "year", "first page"),
        ("التقرير السنوي لعام 2022", "x.pdf", "2022-01-01", "year", "first page"),
        ("A short history", "notes_6Nov2018_French.pdf", "2018-11-06", "day", "file name"),
        ("A short history", "2020-04_house_paper.pdf", "2020-04-01", "month", "file name"),
        ("A short history", "sitrep4-melissa-oct30-2023.pdf", "2023-10-30", "day", "file name"),
        ("A short history", "countries_2007.pdf", "2007-01-01", "year", "file name"),
        ("A short history", "x.pdf", "2024-05-01", "month", "pdf metadata"),
    ],
)
def test_a_date_is_as_sharp_as_its_source(
    tmp_path: Path, line: str, name: str, start: str, precision: str, found: str
) -> None:
    source = f"= The ferry and the mill\n\n{line}\n\n{BODY}\n{PAGES}"
    published = document_of(tmp_path, source, name, created="D:20240515103000Z").published
    assert published is not None
    assert (str(published.start), published.precision) == (start, precision)
    assert published.found.startswith(found)


def test_a_day_that_is_quoted_is_not_the_documents(tmp_path: Path) -> None:
    source = f"= The ferry\n\nLetter dated 21 July 2019 from the mayor\n\nOctober 2019\n\n{BODY}\n{PAGES}"
    published = document_of(tmp_path, source).published
    assert published is not None and str(published.start) == "2019-10-01"


def test_a_date_long_after_the_file_was_made_is_another_matters(tmp_path: Path) -> None:
    source = f"= A plan for the ferry\n\nJanuary 2030\n\n{BODY}\n{PAGES}"
    published = document_of(tmp_path, source, created="D:20240515").published
    assert published is not None and str(published.start) == "2024-05-01"


HEAD = "#set page(height: 14cm, header: [The ferry · Cedar House Centre #h(1fr) 7])\n"


@pytest.mark.parametrize(
    ("source", "name", "outlet"),
    [
        (f"= The ferry\n\nLevant Ledger | 22 March 2018\n\n{BODY}", "x.pdf", "Levant Ledger"),
        (f"Imprimé depuis le site de La Gazette du Nord\n\n= Le bac\n\n{BODY}", "x.pdf",
         "La Gazette du Nord"),
        (HEAD + f"Cedar House Centre\n\n= The ferry\n\n{BODY}{PAGES}", "x.pdf", "Cedar House Centre"),
        (f"Courrier des Rives\n\n= Le bac reprend\n\n{BODY}", "2020-03-08_courrier-des-rives_bac.pdf",
         "Courrier des Rives"),
        (f"= The ferry\n\n{BODY}\n\n© 2021 River Towns Institute. All rights reserved.", "x.pdf",
         "River Towns Institute"),
        (f"= The ferry\n\nReuters\n\n{BODY}", "x.pdf", "Reuters"),
        (f"= The ferry\n\nNIAMEY (AFP) – {BODY}", "x.pdf", "Agence France-Presse"),
        (f"= The ferry\n\n{BODY}", "x.pdf", ""),
    ],
)  # fmt: skip
def test_who_published_is_borne_out_by_the_pages(tmp_path: Path, source: str, name: str, outlet: str) -> None:
    assert document_of(tmp_path, source, name).outlet == outlet


def test_a_persons_name_in_the_metadata_is_no_outlet(tmp_path: Path) -> None:
    source = f"= The ferry\n\n{BODY}"
    assert document_of(tmp_path, source, author="Jane Roe").outlet == ""
    assert document_of(tmp_path, source, author="River Towns Institute").outlet == "River Towns Institute"
