"""Tables whose every cell can be translated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue


class CellsBlock(TypedTableBlock):
    """Rows of text and numbers. Headings and text cells are offered to translators one by one."""

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue(path, text) for path, text in _texts(value) if text.strip()]

    def restore_translated_segments(self, value: TypedTable, segments: list[Any]) -> TypedTable:
        for segment in segments:
            kind, *place = segment.path.split(".")
            if kind == "heading":
                value.columns[int(place[0])]["heading"] = segment.render_text()
            else:
                value.row_data[int(place[0])]["values"][int(place[1])] = segment.render_text()
        return value


def _texts(table: TypedTable) -> Iterator[tuple[str, str]]:
    """Where each text stands, and the text."""
    for position, column in enumerate(table.columns):
        yield f"heading.{position}", column["heading"] or ""
    for number, row in enumerate(table.row_data):
        for position, cell in enumerate(row["values"]):
            if isinstance(cell, str):
                yield f"cell.{number}.{position}", cell


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=150)
    cells = CellsBlock(
        [("text", blocks.CharBlock(label=_("Text"))), ("number", blocks.DecimalBlock(label=_("Number")))],
        label=_("Cells"),
    )
    row_headings = blocks.BooleanBlock(
        label=_("The first column names the rows"), required=False, default=True
    )
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=250)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
