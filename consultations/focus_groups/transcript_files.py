"""Files of transcripts, read into lines: one reader a format. What cannot be read is said in a sentence."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath

import webvtt
from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph
from webvtt.errors import MalformedFileError

from ..enums import TranscriptFormat
from .turns import Line, milliseconds

LARGEST = 5 * 1024 * 1024
# A document of Word is packed: what it becomes when it is unpacked has its own limit.
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_LINE = 20_000
_MARKUP = re.compile(r"<[^>\n]{1,200}>|\{\\an?\d\}")


class Unreadable(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """The file is no transcript that can be read. The message is for people."""


def format_of(name: str) -> TranscriptFormat:
    """By the ending of the file's name. Raises ``Unreadable``."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    try:
        return TranscriptFormat(ending)
    except ValueError:
        raise Unreadable(_("Upload a transcript as .txt, .docx, .vtt or .srt.")) from None


def read(name: str, content: bytes) -> list[Line]:
    """The lines of a file that say something. Raises ``Unreadable``."""
    if len(content) > LARGEST:
        raise Unreadable(
            _("The file is larger than %(limit)s MB. Upload the text without pictures or sound.")
            % {"limit": LARGEST // 1024**2}
        )
    lines = [line for line in READERS[format_of(name)](content) if line.text.strip()]
    if not lines:
        raise Unreadable(_("The file holds no words."))
    if len(lines) > MOST_LINES or any(len(line.text) > LONGEST_LINE for line in lines):
        raise Unreadable(
            _("The file has more lines, or longer ones, than a transcript of a session can have.")
        )
    return lines


def _text(content: bytes) -> Iterator[Line]:
    for number, line in enumerate(_decoded(content).splitlines(), start=1):
        yield Line(number, line)


def _vtt(content: bytes) -> Iterator[Line]:
    return _cues(_decoded(content), "vtt")


def _srt(content: bytes) -> Iterator[Line]:
    return _cues(_decoded(content), "srt")


def _cues(text: str, kind: str) -> Iterator[Line]:
    try:
        captions = webvtt.from_buffer(io.StringIO(text, newline=None), format=kind).captions
    except (MalformedFileError, ValueError, IndexError):
        raise Unreadable(_("The file is not made as its ending says: its times cannot be read.")) from None
    for number, cue in enumerate(captions, start=1):
        said = html.unescape(_MARKUP.sub("", " ".join(cue.text.split())))
        yield Line(
            number, said, milliseconds(cue.start), milliseconds(cue.end), html.unescape(cue.voice or "")
        )


def _docx(content: bytes) -> Iterator[Line]:
    broken = Unreadable(_("The file is damaged, or no Word document (.docx)."))
    try:
        _require_small(content)
        blocks = list(Document(io.BytesIO(content)).iter_inner_content())
        paragraphs = [text for block in blocks for text in _texts(block)]
    except (PackageNotFoundError, zipfile.BadZipFile, SyntaxError, KeyError, ValueError, OSError):
        raise broken from None
    for number, text in enumerate(paragraphs, start=1):
        yield Line(number, text)


def _texts(block: object) -> Iterator[str]:
    """A paragraph, line by line; of a table each row, whose first cells say who speaks."""
    if isinstance(block, Paragraph):
        yield from block.text.splitlines()
        return
    for row in block.rows:  # type: ignore[attr-defined]  # paragraphs and tables are all there is
        cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
        *labels, said = cells or [""]
        label = " ".join(label.rstrip(":") for label in labels if label)
        yield f"{label}: {said}" if label else said


def _require_small(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(item.file_size for item in packed.infolist()) > LARGEST_UNPACKED:
            raise Unreadable(_("The document is far larger than it seems. Save its text alone."))


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Windows writes in the West. Raises ``Unreadable``."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        names: tuple[str, ...] = ("utf-16",)
    else:
        names = ("utf-8-sig", "cp1252")
    for name in names:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise Unreadable(_("The file is not text. Save it as plain text (UTF-8) and upload it again."))


READERS: dict[TranscriptFormat, Callable[[bytes], Iterator[Line]]] = {
    TranscriptFormat.TEXT: _text,
    TranscriptFormat.DOCX: _docx,
    TranscriptFormat.VTT: _vtt,
    TranscriptFormat.SRT: _srt,
}
