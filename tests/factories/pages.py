"""Pages under the front page of their language. ``plant()`` has to have run: the ``site`` fixture does it."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from wagtail.models import Locale, Page

from communities.models import CountryIndexPage, CountryPage
from portal.models import ContentPage, HomePage, NewsIndexPage, NewsPage


def home(language: str = "es") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


class PageFactory(factory.django.DjangoModelFactory[Page]):
    """``language`` chooses the tree; ``parent`` the place in it; ``of`` the page that it translates."""

    class Meta:
        model = ContentPage

    class Params:
        draft = factory.Trait(live=False)

    title = factory.Sequence(lambda n: f"Página {n}")

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **fields: Any) -> Page:
        language = fields.pop("language", "es")
        parent = fields.pop("parent", None) or home(language)
        original = fields.pop("of", None)
        page = model_class(locale=Locale.objects.get(language_code=language), **fields)
        if original is not None:
            page.translation_key = original.translation_key
        parent.add_child(instance=page)
        return page


class ContentPageFactory(PageFactory):
    lead = "Una o dos frases."


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage

    title = "Noticias"
    slug = "noticias"


class NewsPageFactory(PageFactory):
    """Needs ``parent``, a list of news."""

    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda n: f"Noticia {n}")
    date = factory.Sequence(lambda n: date(2026, 1 + n % 12, 1 + n % 28))


class CountryIndexPageFactory(PageFactory):
    class Meta:
        model = CountryIndexPage

    title = "Países"
    slug = "paises"


class CountryPageFactory(PageFactory):
    """Needs ``parent``, a list of countries, and ``country``."""

    class Meta:
        model = CountryPage

    title = factory.LazyAttribute(lambda page: page.country.name)
