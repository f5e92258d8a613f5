"""Names of places in our own records: offices, their districts, countries in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from communities.models import ConsularDistrict, ConsularOffice, Country

from .redaction import known_places

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
# The country of everybody who answers tells of nobody.
EVERYBODYS = "PE"


def places() -> re.Pattern[str] | None:
    return known_places(_names())


def _names() -> Iterator[str]:
    countries = [build_localized_fieldname("name", code) for code in LANGUAGES]
    for row in Country.objects.exclude(code=EVERYBODYS).values_list(*countries):
        yield from filter(None, row)
    cities = [build_localized_fieldname("city", code) for code in LANGUAGES]
    known = {field.name for field in ConsularOffice._meta.concrete_fields}
    for row in ConsularOffice.objects.values_list("city", *(name for name in cities if name in known)):
        yield from filter(None, row)
    for regions in ConsularDistrict.objects.exclude(region="").values_list("region", flat=True):
        yield from (part.strip() for part in re.split(r"[,;/]", regions))
