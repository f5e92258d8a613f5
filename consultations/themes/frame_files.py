"""Code frames as small tables, out and in again: XLSX or CSV, one row a code, headings first."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import openpyxl
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from portal import audit
from portal.models import User

from ..enums import CodeColour
from ..lifecycle import NotAllowed
from ..models import Code, CodeFrame
from . import frames
from .wording import codes_of

LARGEST = 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS = 500
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
TEXTS = tuple(f"{field}_{code}" for field in ("label", "definition") for code in LANGUAGES)
COLUMNS = ("name", "parent", *TEXTS, "examples", "colour")

Row = Mapping[str, str]


class Refused(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """Nothing was imported. ``problems`` are sentences, each with its row."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__()
        self.problems = list(problems)


@dataclass(frozen=True)
class Imported:
    added: int
    changed: int


def rows_of(frame: CodeFrame) -> list[dict[str, str]]:
    """Every code that is in use, in the order of the tree."""
    return [_row(theme.code) for theme in codes_of(frame).in_use]


def as_csv(frame: CodeFrame) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows_of(frame))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(frame: CodeFrame) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("codes")
    sheet.append(COLUMNS)
    for row in rows_of(frame):
        cells = [openpyxl.cell.WriteOnlyCell(sheet, value=row[name]) for name in COLUMNS]
        for cell in cells:
            cell.data_type = "s"  # A text stays one, also where it begins with "=".
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(source: bytes) -> list[Row]:
    """The rows of a file of either kind. Raises ``Refused``."""
    if len(source) > LARGEST:
        raise Refused([_("The file is larger than 1 MB.")])
    table = list(_cells(source))
    if not table:
        raise Refused([_("The file is empty.")])
    header = [cell.strip().lower() for cell in table[0]]
    if "name" not in header:
        raise Refused([_("The first row must name the columns; “name” is missing.")])
    if len(table) > MOST_ROWS:
        raise Refused([_("More than %(limit)s rows.") % {"limit": MOST_ROWS}])
    return [dict(zip(header, (cell.strip() for cell in cells), strict=False)) for cells in table[1:]]


@transaction.atomic
def take(*, frame: CodeFrame, rows: Sequence[Row], by: User) -> Imported:
    """Add the codes that are new and change those that are there, all or nothing.

    Codes that the file leaves out stay; an empty cell leaves what is there. Raises ``Refused``.
    """
    added, changed, problems = 0, 0, []
    for number, row in enumerate(rows, start=2):
        if not any(row.values()):
            continue
        try:
            is_new = _take_row(frame, row, by)
        except (ValidationError, NotAllowed) as refusal:
            problems += [_in_row(number, message) for message in _messages(refusal)]
        else:
            added, changed = added + is_new, changed + (not is_new)
    if problems:
        raise Refused(problems)
    audit.record("code_frame.imported", target=frame, by=by, added=added, changed=changed)
    return Imported(added, changed)


def _take_row(frame: CodeFrame, row: Row, by: User) -> bool:
    found = Code.objects.filter(frame=frame, name=row.get("name", "")).first()
    code = found or Code(frame=frame, name=row.get("name", ""))
    if above := row.get("parent"):
        code.parent = Code.objects.filter(frame=frame, name=above).first()
        if code.parent is None:
            raise NotAllowed(_("“%(name)s” stands nowhere above this row.") % {"name": above})
    for name in (*TEXTS, "examples", "colour"):
        if value := row.get(name):
            field, _dot, language = name.rpartition("_")
            setattr(code, build_localized_fieldname(field, language) if name in TEXTS else name, value)
    if not any(getattr(code, build_localized_fieldname("label", language)) for language in LANGUAGES):
        raise NotAllowed(_("A name in one language at least is needed."))
    if code.colour not in CodeColour.values:
        known = ", ".join(CodeColour.values)
        raise NotAllowed(_("Unknown colour. Known are: %(colours)s") % {"colours": known})
    code.full_clean(exclude=["label", "frame", "parent"])
    frames.save(code=code, by=by)
    return found is None


def _row(code: Code) -> dict[str, str]:
    texts = {name: getattr(code, build_localized_fieldname(*name.rsplit("_", 1))) or "" for name in TEXTS}
    parent = code.parent.name if code.parent else ""
    return {"name": code.name, "parent": parent, **texts, "examples": code.examples, "colour": code.colour}


def _cells(source: bytes) -> Iterator[Sequence[str]]:
    if source[:2] == b"PK":
        yield from _of_workbook(source)
        return
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([_("Save the file as XLSX or as CSV in UTF-8.")]) from None
    try:
        delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except csv.Error:
        raise Refused([_("This is not a table.")]) from None


def _of_workbook(source: bytes) -> list[Sequence[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
                raise Refused([_("The file is larger than 1 MB.")])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(source), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=len(COLUMNS) + 20, values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except Refused:
        raise
    except Exception:  # (A damaged or hostile file makes openpyxl raise nearly anything.)
        raise Refused([_("The file cannot be read.")]) from None


def _in_row(number: int, message: str) -> str:
    return _("Row %(number)s: %(message)s") % {"number": number, "message": message}


def _messages(refusal: Exception) -> Iterable[str]:
    return refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
