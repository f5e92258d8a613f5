"""All countries and territories of ISO 3166-1, with the names that the Unicode CLDR gives them."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django.apps import apps as installed
from django.db import DEFAULT_DB_ALIAS
from django_countries.data import COUNTRIES

# CLDR has Quechua of Cusco, not of Ayacucho, and most of its country names are Spanish: left to translators.
LANGUAGES = ("es", "en", "it", "pt")


def names_of(code: str) -> dict[str, str]:
    """The name of a country as model fields: ``{"name": "Italia", "name_es": "Italia", …}``."""
    names = {f"name_{language}": Locale(language).territories[code] for language in LANGUAGES}
    return {"name": names["name_es"], **names}


def add_missing(apps: Any, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Create the countries that are not there yet; those that are keep what editors made of them."""
    country = apps.get_model("communities", "Country")
    known = set(country.objects.using(using).values_list("code", flat=True))
    missing = [country(code=code, **names_of(code)) for code in COUNTRIES if code not in known]
    country.objects.using(using).bulk_create(missing, ignore_conflicts=True)


def add_after_migrating(*, using: str, apps: Any = installed, **_signal: Any) -> None:
    """Countries belong to the schema: they are there after ``migrate``, and again after a flush."""
    try:
        apps.get_model("communities", "Country")
    except LookupError:  # migrated back to nothing
        return
    add_missing(apps, using=using)
