"""Passages of the store into tags, mentions and events."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence

from nijar_nlp import cases, mentions
from nijar_nlp.config import Config
from nijar_nlp.records import Article, DateInterval, Document, Passage
from nijar_nlp.steps import extraction, parts
from nijar_nlp.steps.attempting import attempt, set_aside
from nijar_nlp.store import documents, findings

# Running heads, page numbers and headings carry no tag: a headline tells who "they" are, no more.
TAGGED_KINDS = ("body", "list", "footnote", "caption", "table")
_NEWS = ("article", "digest")
# A passage, and the probabilities of its tags.
_Tagged = tuple[Passage, Mapping[str, float]]


def untagged(config: Config) -> list[str]:
    """The ids of the documents that were read and that the serving model has not seen."""
    version = parts.tag_version(config)
    ready = documents.pending(
        "tag", version, after="read", after_versions=extraction.versions(config).values()
    )
    aside = set_aside("tag", version, config)
    return [identity for identity in ready if identity not in aside]


def unannotated(config: Config) -> list[str]:
    """The ids of the documents that were tagged and not annotated by this annotator."""
    version = parts.annotate_version(config)
    ready = documents.pending("annotate", version, after="tag", after_versions=[parts.tag_version(config)])
    aside = set_aside("annotate", version, config)
    return [identity for identity in ready if identity not in aside]


def tag_documents(document_ids: Iterable[str], config: Config) -> int:
    """Tag the passages of these documents with the model that serves; the number of passages looked at.

    Only what differs from an earlier model's tags is written; where no tag was given or taken away, mentions
    and events stand.
    """
    tagger = parts.tagger(config)
    looked_at = 0
    for identity in document_ids:
        with attempt(identity, "tag", tagger.version):
            began = time.perf_counter()
            passages = [p for p in documents.passages(identity) if p.kind in TAGGED_KINDS]
            taggings = tagger.tag([p.text for p in passages])
            before = documents.stage_version(identity, "tag")
            changed = findings.save_taggings(
                identity,
                {p.id: tagging for p, tagging in zip(passages, taggings, strict=True)},
                tagger.version,
                time.perf_counter() - began,
            )
            if before and not changed:
                annotated = parts.annotate_version(config, before)
                if documents.is_done(identity, "annotate", annotated):
                    documents.mark_done([identity], "annotate", parts.annotate_version(config), 0.0)
            looked_at += len(passages)
    return looked_at


def annotate_documents(document_ids: Iterable[str], config: Config) -> int:
    """Find mentions and events in the tagged passages of these documents; the number of events."""
    annotator, version = parts.annotator(config), parts.annotate_version(config)
    n_events = 0
    for identity in document_ids:
        with attempt(identity, "annotate", version):
            n_events += _annotate(identity, annotator, version)
    return n_events


def _annotate(identity: str, annotator: mentions.Annotator, version: str) -> int:
    began = time.perf_counter()
    document = documents.document(identity)
    tagged = findings.tagged_passages(identity)
    passages = documents.passages(identity) if tagged else ()
    abouts = _countries_around(tagged, passages)
    inputs = _inputs(document, tagged, passages, abouts)
    outlets = {article.number: article.outlet for article in document.articles if article.outlet}
    rows = [
        (
            p.id,
            named,
            cases.events_of(
                p.id,
                p.text,
                p.language,
                tuple(tags),
                named,
                probabilities=tags,
                outlet=outlets.get(p.article, document.outlet),
                kind=p.kind,
                states=annotator.states,
                about=about,
            ),
        )
        for (p, tags), about, named in zip(tagged, abouts, annotator.annotate(inputs), strict=True)
    ]
    findings.save_annotations(identity, rows, version, time.perf_counter() - began)
    return sum(len(events) for _, _, events in rows)


def _countries_around(tagged: Sequence[_Tagged], passages: Sequence[Passage]) -> list[str]:
    """Of each tagged passage, the country that its chapter and the passages around it are about."""
    headings = (mentions.Heading(p.number, p.level, p.text) for p in passages if p.kind == "heading")
    around = mentions.Surroundings(mentions.Chapters(headings), passages)
    return [around.country(p) for p, _ in tagged]


def _inputs(
    document: Document, tagged: Sequence[_Tagged], passages: Sequence[Passage], abouts: Sequence[str]
) -> list[mentions.Input]:
    """The tagged passages with what their document says outside them."""
    published = [published_of(document, p.article) for p, _ in tagged]
    told = _times_of_telling(document, passages, published)
    long_forms = {
        number: mentions.spelt_out(p.text for p in passages if p.article == number)
        for number in {p.article for p in passages}
    }
    return [
        mentions.Input(p.text, p.language, told[date], long_forms[p.article], about)
        for (p, _), date, about in zip(tagged, published, abouts, strict=True)
    ]


def _times_of_telling(
    document: Document, passages: Sequence[Passage], published: Iterable[DateInterval | None]
) -> dict[DateInterval | None, DateInterval | None]:
    """By date of publication, from when the document's words are read; a headline of news tells no year."""
    heads = [document.title, *(p.text for p in passages if p.kind == "header")]
    own = [] if document.kind in _NEWS or len(document.articles) > 1 else heads
    texts = [p.text for p in passages]
    return {date: mentions.time_of_telling(texts, date, own) for date in set(published)}


def published_of(document: Document, article: int) -> DateInterval | None:
    """When an article of a document was published: its own date, else the document's."""
    own = next((a for a in document.articles if a.number == article), Article(article))
    return own.published or document.published
