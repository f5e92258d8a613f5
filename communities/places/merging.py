"""What an import may write over: everything but what somebody changed by hand since the last import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ..models import ConsularOffice


@dataclass
class Merge:
    """The fields of one office that took the file's value, and those that kept another."""

    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def merge(office: ConsularOffice, values: Mapping[str, Any], *, overwrite: bool) -> Merge:
    """Set each value on the office, unless the office's own is neither empty nor what was last imported."""
    done = Merge()
    for name, value in values.items():
        if storable(getattr(office, name)) != storable(value):
            if overwrite or not _is_edited(office, name):
                setattr(office, name, value)
                done.changed.append(name)
            else:
                done.kept.append(name)
    office.imported = {**office.imported, **{name: storable(value) for name, value in values.items()}}
    return done


def storable(value: Any) -> Any:
    """The value as JSON holds it."""
    return str(value) if isinstance(value, date | Decimal) else value


def _is_edited(office: ConsularOffice, name: str) -> bool:
    """Compares with the last import or, where there was none, with an untouched field."""
    untouched = ConsularOffice._meta.get_field(name).get_default()  # type: ignore[union-attr]  # no relations here
    current = storable(getattr(office, name))
    return (current or None) != (office.imported.get(name, untouched) or None)
