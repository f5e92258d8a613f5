"""Languages in which people speak in a session: any of the world's, as the reader names them."""

from __future__ import annotations

from babel import Locale

from portal.clocks import writing

from ..models import FocusGroupSession

# CLDR has a name for the family alone; its varieties are called alike in every language.
_VARIETIES = {"quz": ("qu", "collao"), "quy": ("qu", "chanka")}


def language_name(code: str) -> str:
    """«japonés» for ``ja``, in the active language; the code itself where nobody has a name for it."""
    names = Locale.parse(writing().locale).languages
    base = code.replace("_", "-").split("-")[0]
    if base in _VARIETIES:
        family, variety = _VARIETIES[base]
        return f"{names[family]} {variety}"
    return str(names.get(base, code))


def languages_of(session: FocusGroupSession) -> list[str]:
    """Codes of the languages that are spoken, the main one first."""
    return list(dict.fromkeys([session.language, *session.other_languages.split()]))


def languages_in_words(session: FocusGroupSession) -> str:
    return ", ".join(language_name(code) for code in languages_of(session))
