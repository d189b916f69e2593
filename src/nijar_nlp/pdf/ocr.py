"""Whether Tesseract can read the languages of the study here."""

import os
from pathlib import Path

TESSERACT_LANGUAGES = {"en": "eng", "fr": "fra", "ar": "ara"}
PACKAGES = {"en": "tesseract-ocr-eng", "fr": "tesseract-ocr-fra", "ar": "tesseract-ocr-ara"}
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def data_folder() -> Path | None:
    """The folder with Tesseract's trained data: TESSDATA_PREFIX or a usual place; None if absent."""
    for name in (os.environ.get("TESSDATA_PREFIX", ""), *_FOLDERS):
        folder = Path(name)
        if name and any(folder.glob("*.traineddata")):
            return folder
    return None


def missing_ocr_languages() -> list[str]:
    """The languages, of en, fr and ar, whose trained data is not found."""
    folder = data_folder()
    return [
        code
        for code, name in TESSERACT_LANGUAGES.items()
        if folder is None or not (folder / f"{name}.traineddata").is_file()
    ]
