"""Every installation has its list of consultations: without it none of them has an address of its own."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Locale

from portal.models import HomePage

from ..models import ConsultationIndexPage

# Title and address. Written here and not in the catalogues: an address must not change with a better word.
LISTS = {
    "es": ("Consultas", "consultas"),
    "en": ("Consultations", "consultations"),
    "it": ("Consultazioni", "consultazioni"),
    "pt": ("Consultas", "consultas"),
}


def plant_index_pages() -> None:
    """One below the front page of each language that has none; all of them translations of each other."""
    for language in LISTS:
        home = HomePage.objects.filter(locale__language_code=language).first()
        if home and not ConsultationIndexPage.objects.descendant_of(home).exists():
            _plant(home, *LISTS[language])


def _plant(home: HomePage, title: str, slug: str) -> None:
    page = ConsultationIndexPage(title=title, slug=slug, locale=home.locale, show_in_menus=True)
    spanish = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    original = ConsultationIndexPage.objects.filter(locale=spanish).first()
    if original:
        page.translation_key = original.translation_key
    home.add_child(instance=page)
    page.save_revision().publish()
