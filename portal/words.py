"""Words as people type them."""

import unicodedata


def unaccented(text: str) -> str:
    """Migración → migracion. The ñ becomes n too: keyboards abroad do not have it."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
