"""Zip archives into the PDFs they hold, within bounds."""

import hashlib
import lzma
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from nijar_nlp.errors import InputError

_CHUNK = 1 << 20
_PARTIAL = ".partial"
_NAME_BYTES = 200
# What unpacking raises; bz2 raises an OSError without a number, which the disk never does.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError),
    *(NotImplementedError, EOFError, ValueError),
)


def unpacked(archive: Path, folder: Path, *, max_files: int, max_mb: int) -> dict[str, Path]:
    """By name in the archive, the PDFs of a zip file, each once under `folder`.

    The folder of each is named by a digest, the file by the last part of the member's name: no path of the
    archive is used. What is unpacked already stays. InputError where it is no zip file, holds more than
    `max_files` PDFs or more than `max_mb` megabytes of them, or asks for a password.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [
                info
                for info in opened.infolist()
                if info.filename.lower().endswith(".pdf") and not info.is_dir()
            ]
            _check(archive, members, max_files, max_mb)
            return {info.filename: _member(opened, info, archive, folder) for info in members}
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise _refused(archive, "It is damaged or packed in an unknown way.") from error


def _check(archive: Path, members: list[zipfile.ZipInfo], max_files: int, max_mb: int) -> None:
    if len(members) > max_files:
        raise _refused(archive, f"It holds {len(members)} PDFs; the limit is {max_files}.")
    size = sum(info.file_size for info in members)
    if size > max_mb * 1_000_000:
        raise _refused(archive, f"It holds {size / 1e6:.0f} MB of PDFs; the limit is {max_mb}.")
    if any(info.flag_bits & 1 for info in members):
        raise _refused(archive, "It asks for a password.")


def _member(opened: zipfile.ZipFile, info: zipfile.ZipInfo, archive: Path, folder: Path) -> Path:
    """One member on the disk, never more of it than its own header promises."""
    facts = archive.stat()
    mark = f"{archive.resolve()}\x1f{facts.st_size}\x1f{facts.st_mtime_ns}\x1f{info.filename}"
    target = folder / hashlib.sha256(mark.encode()).hexdigest()[:32] / _plain_name(info.filename)
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(_PARTIAL)
    try:
        with opened.open(info) as source, partial.open("wb") as out:
            left = info.file_size
            while chunk := source.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise _refused(archive, "A file in it is larger than it says.")
                out.write(chunk)
        shutil.copystat(archive, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _plain_name(member: str) -> str:
    """The last part of a member's name, without what could lead elsewhere, as long as a disk takes."""
    last = PurePosixPath(member.replace("\\", "/")).name
    plain = "".join(character for character in last if character.isprintable() and character != "/")
    end = plain.removesuffix(".pdf").encode()[-_NAME_BYTES:].decode(errors="ignore")
    return end.lstrip(".") + ".pdf"


def _refused(archive: Path, rule: str) -> InputError:
    return InputError(
        "The archive was not unpacked", archive.name, rule, "Unpack it yourself, or raise corpus.archives."
    )
