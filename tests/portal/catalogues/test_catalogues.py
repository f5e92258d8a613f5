"""Texts are found, merged and compiled without GNU gettext."""

import gettext
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.core.management import CommandError, call_command

from portal.catalogues import extraction, files
from portal.catalogues.merging import faults, update


@pytest.fixture
def locale(settings: Any, tmp_path: Path) -> Path:
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def _template(*messages: Any) -> Catalog:
    catalog = Catalog(domain="django")
    for message in messages:
        catalog.add(message)
    return catalog


def test_texts_of_code_and_templates_are_found() -> None:
    found = extraction.found_messages()

    assert "Skip to content" in found  # A template.
    assert "You may not see this page" in found
    assert "previous day" in found  # Code.
    assert found.get("Main", context="navigation") is not None
    assert found.get("One result for “%(query)s”").pluralizable  # type: ignore[union-attr]  # it is there


def test_a_new_text_waits_for_its_translation_and_an_old_one_goes() -> None:
    catalog = _template()
    catalog.add("Kept", "Guardado")
    catalog.add("Gone", "Ido")

    update(catalog, _template("Kept", "New"))

    assert {str(message.id): message.string or "" for message in catalog if message.id} == {
        "Kept": "Guardado",
        "New": "",
    }


@pytest.mark.parametrize(
    ("original", "translation", "kind"),
    [
        ("Hello", "", "not translated"),
        ("Hello %(name)s", "Hola", "other placeholders"),
        ("Hello %(name)s", "Hola %(nombre)s", "other placeholders"),
        ("{n} of {total}", "{n} de {todos}", "other placeholders"),
        (("One result", "%(n)s results"), ("Un resultado", "%(n)s resultados"), ""),
        (("One result", "%(n)s results"), ("Un resultado", "%(m)s resultados"), "other placeholders"),
        ("100%% sure, %(name)s", "%(name)s, 100%% seguro", ""),
    ],
)
def test_faults_are_told(original: Any, translation: Any, kind: str) -> None:
    catalog = Catalog(locale="es")
    catalog.add(original, translation)

    found = [fault.kind for fault in faults("es", catalog, _template(original))]

    assert found == ([kind] if kind else [])


def test_doubtful_translations_are_faults() -> None:
    catalog = Catalog(locale="es")
    catalog.add("Hello", "Hola", flags=["fuzzy"])

    assert [fault.kind for fault in faults("es", catalog, _template("Hello"))] == ["doubtful"]


@pytest.mark.parametrize("language", ["en", "quy"])
def test_source_and_partial_languages_may_leave_texts_empty(language: str) -> None:
    catalog = update(Catalog(), _template("Hello"))

    assert not list(faults(language, catalog, _template("Hello")))


def test_catalogues_are_written_checked_and_compiled(locale: Path) -> None:
    call_command("extract_messages", stdout=StringIO())
    path = files.po_path("es")
    path.write_text(
        path.read_text().replace('msgid "Skip to content"\nmsgstr ""', 'msgid "Skip to content"\nmsgstr "Ir"')
    )

    with pytest.raises(CommandError):
        call_command("extract_messages", check=True, stdout=StringIO(), stderr=StringIO())
    call_command("extract_messages", stdout=StringIO())
    call_command("compile_catalogues", stdout=StringIO())

    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Skip to content") == "Ir"
    assert {child.name for child in locale.iterdir()} == {"es", "en", "it", "pt", "quy"}
    assert not any(files.is_stale(language) for language in files.languages())


def test_a_plural_that_nobody_translated_is_left_to_the_fallback(locale: Path) -> None:
    catalog = files.read("quy")
    catalog.add(("%(n)s minute", "%(n)s minutes"), ("", ""))
    catalog.add(("%(n)s day", "%(n)s days"), ("%(n)s punchaw", "%(n)s punchaw"))
    files.write("quy", catalog)

    list(files.compile_all())

    with files.po_path("quy").with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    compiled.add_fallback(Spanish())
    assert compiled.ngettext("%(n)s minute", "%(n)s minutes", 2) == "%(n)s minutos"
    assert compiled.ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s punchaw"


class Spanish(gettext.NullTranslations):
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "%(n)s minutos"
