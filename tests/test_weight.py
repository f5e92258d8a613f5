"""What a first visit costs on the wire: page, styles, scripts and font, with headers.

The demonstration sends them so too; Chromium counted 33 to 57 kB there for these pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

import communities
from communities.places.importing import import_offices
from consultations.demo.groups import load_groups
from consultations.demo.pages import load_pages
from consultations.demo.people import load_people
from consultations.demo.surveys import load_consultations
from consultations.models import Consultation
from portal.models import User

BUDGET = 60_000
STYLES_OF_THE_SITE = 25 * 1024
# The demonstration's busiest page of each kind.
PAGES = [
    "/es/",
    "/es/consultas/",
    "/es/consultas/necesidades-2026/",
    "/es/grupos-focales/",
    "/es/grupos-focales/families/",
    "/es/grupos-focales/care-workers/inscripcion/",
    "/es/datos-abiertos/",
    "/es/oficinas/",
    "/es/oficinas/milan/",
    "/es/paises/",
    "/es/paises/estados-unidos/",
    "/es/noticias/",
    "/es/noticias/abrimos-la-consulta/",
    "/es/como-participar/",
    "/es/buscar/?q=consulado",
    "/es/accounts/login/",
    "/es/su-lugar/",
    "/quy/",
]
# Elements that make a browser fetch something, and what a module imports.
FETCHED = re.compile(r'<(?:link rel="(?:stylesheet|preload)"|script)[^>]* (?:href|src)="(/static/[^"]+)"')
IMPORTED = re.compile(r'from "\./([^"]+)"')


@dataclass
class Visitor:
    """A browser's first visit: fetches a page and all that it needs but pictures, and counts bytes."""

    client: Client = field(default_factory=Client)

    def weigh(self, path: str) -> int:
        page = self._get(path)
        assert page.status_code == 200, (path, page.status_code)
        assert page["Content-Encoding"] == "gzip", path
        html = Client(headers={"Cookie": self.client.cookies.output(header="", sep=";")}).get(path)
        needed = set(FETCHED.findall(html.content.decode()))
        assert needed, path
        return _headers(page) + len(page.content) + sum(map(self._file, self._with_imports(needed)))

    def _file(self, url: str) -> int:
        response = self._get(url)
        assert response.status_code == 200, url
        return _headers(response) + len(b"".join(response.streaming_content))  # type: ignore[attr-defined]  # a file

    def _with_imports(self, urls: set[str]) -> set[str]:
        found, waiting = set(urls), [url for url in urls if url.endswith(".js")]
        while waiting:
            url = waiting.pop()
            source = b"".join(self.client.get(url).streaming_content).decode()  # type: ignore[attr-defined]  # a file
            new = {f"{url.rsplit('/', 1)[0]}/{name}" for name in IMPORTED.findall(source)} - found
            found |= new
            waiting += new
        return found

    def _get(self, path: str) -> Any:
        return self.client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})


def _headers(response: Any) -> int:
    """Name, colon, space, value and line end, as HTTP/1.1 sends them."""
    return sum(len(name) + len(value) + 4 for name, value in response.headers.items())


@pytest.fixture
def as_production(settings: Any, tmp_path: Path) -> None:
    """Fingerprinted and compressed files, served by the portal itself."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "portal.static_files.FingerprintedStorage"},
    }
    unneeded = ["wagtail*", "mfa", "account", "django_ckeditor", "admin"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=unneeded)


@pytest.fixture
def demonstration(db: Any) -> None:
    folder = Path(communities.__file__).parent / "demo"
    offices, districts = folder / "consular_offices.csv", folder / "consular_districts.csv"
    import_offices(offices=offices, districts=districts, by=None)
    load_people()
    load_pages()
    manager = User.objects.get(email="gestora@demo.example")
    load_consultations(manager)
    load_groups(manager)


@pytest.mark.usefixtures("as_production", "demonstration")
def test_every_kind_of_page_stays_under_sixty_kilobytes() -> None:
    weights = {path: Visitor().weigh(path) for path in PAGES}

    assert {path: weight for path, weight in weights.items() if weight > BUDGET} == {}


@pytest.mark.usefixtures("as_production", "demonstration")
def test_the_longest_page_of_questions_stays_under_sixty_kilobytes() -> None:
    consultation = Consultation.objects.get(slug="necesidades-2026")
    visitor = Visitor()
    way = f"/es/responder/{consultation.slug}"
    visitor.client.post(f"{way}/empezar/")
    first = visitor.client.get(f"{way}/1/").content.decode()
    hidden = dict(re.findall(r'name="(page-[a-z]+)" value="([^"]*)"', first))
    answers = {"connection_to_peru": "born_pe", "country_of_residence": "US", "page-go": "next"}
    visitor.client.post(f"{way}/1/", {**hidden, **answers})

    pages = [f"{way}/{number}/" for number in range(1, 8)]
    weights = {path: visitor.weigh(path) for path in [*pages, f"{way}/revisar/"]}

    assert {path: weight for path, weight in weights.items() if weight > BUDGET} == {}


def test_the_styles_of_every_page_are_short() -> None:
    folder = Path(communities.__file__).parents[1] / "portal/static/portal/css"

    assert sum((folder / f"{name}.css").stat().st_size for name in ("tokens", "base", "components")) <= (
        STYLES_OF_THE_SITE
    )
