"""One way to compare names of places, whatever the database: without accents, case and punctuation."""

import re

from portal.words import unaccented

NOT_A_LETTER = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """``"São Paulo / SP"`` becomes ``"sao paulo sp"``."""
    return NOT_A_LETTER.sub(" ", unaccented(text)).strip()
