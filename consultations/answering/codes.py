"""Participation codes: the only key that a person has to their answers.

Sixteen signs of Crockford's base 32 (80 bits), shown in groups of four: ``K7QF-2MXD-94TR-HB6W``. The
alphabet has no I, L, O or U; what people type instead of 0, 1 and V is read as they meant it. The portal
keeps a keyed hash alone, so neither a copy of the database nor its staff can open anybody's answers.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_GROUP = 4
# What hands and eyes confuse, mapped to the sign that was meant.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    """A fresh code, ungrouped, from the system's own randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """The code as it is shown: four groups of four."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def normalised(typed: str) -> str | None:
    """What somebody typed, as a code; ``None`` when it cannot be one.

    Case, spaces, hyphens of any kind and full-width letters do not matter.
    """
    plain = unicodedata.normalize("NFKC", typed[:200]).upper()
    code = "".join(sign for sign in plain if sign.isalnum()).translate(_MEANT)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def digest(code: str) -> str:
    """The keyed hash (HMAC-SHA256, hex) under which a code is stored and found."""
    key = settings.PARTICIPATION_CODE_KEY or settings.SECRET_KEY
    return hmac.new(key.encode(), f"participation-code:{code}".encode(), hashlib.sha256).hexdigest()
