"""Translations of texts, attacked: two at once, other words meanwhile, words taken back, the wrong hands."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.lifecycle import NotAllowed
from consultations.models import Consultation, Passage, PassageTranslation, Response
from consultations.models.passage import digest_of
from consultations.themes import translations
from consultations.themes.coding import Gone
from consultations.themes.translations import Changed
from portal.models import AuditEntry, User
from tests.consultations.staff import signed_in, staff
from tests.factories.consultations import ConsultationFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, PassageFactory

pytestmark = pytest.mark.django_db

RIGHTS = ("view_consultation", "code_answers")


@pytest.fixture
def passage() -> Passage:
    consultation: Consultation = ConsultationFactory(answerable=True)
    CodeFactory(frame=CodeFrameFactory(coding=consultation))
    found: Passage = PassageFactory(consultation=consultation, text="Esperé meses.")
    return found


@pytest.fixture
def rosa() -> User:
    return staff(*RIGHTS)


@pytest.fixture
def luca() -> User:
    return staff(*RIGHTS)


def written(passage: Passage, by: User, text: str = "Ho aspettato.", base: int = 0) -> PassageTranslation:
    return translations.save(passage=passage, language="it", text=text, base=base, by=by)


def send(client: Client, passage: Passage, **data: Any) -> Any:
    address = reverse("themes_translate", args=[passage.consultation_id, passage.pk])
    fields = {"language": "it", "text": "Ho aspettato.", "base": 0, "digest": passage.digest} | data
    return client.post(address, fields, headers={"accept-language": "en"})


def test_of_two_translators_at_once_nobody_loses_words(passage: Passage, rosa: User, luca: User) -> None:
    """Both opened the text when it had no translation."""
    written(passage, rosa, "Ho aspettato mesi.")

    page = send(signed_in(luca), passage, text="Attesi per mesi.").content.decode()

    assert PassageTranslation.objects.get().text == "Ho aspettato mesi."
    assert "Ho aspettato mesi.</blockquote>" in page
    assert "Attesi per mesi.</textarea>" in page
    send(signed_in(luca), passage, text="Attesi per mesi.", base=1)
    kept = PassageTranslation.objects.get()
    assert (kept.text, kept.translated_by, kept.revision) == ("Attesi per mesi.", luca, 2)


def test_check_is_of_the_words_that_were_on_the_screen(passage: Passage, rosa: User, luca: User) -> None:
    kept = written(passage, rosa)
    written(passage, rosa, "Ho aspettato mesi.", base=1)

    with pytest.raises(Changed):
        translations.check(translation=kept, base=1, by=luca)
    send(signed_in(luca), passage, check=kept.pk, text="Ho atteso mesi.", base=2)
    kept.refresh_from_db()
    assert (kept.text, kept.state) == ("Ho aspettato mesi.", "draft")
    send(signed_in(luca), passage, check=kept.pk, text="Ho aspettato mesi.", base=2)
    kept.refresh_from_db()
    assert (kept.state, kept.checked_by) == ("checked", luca)


def test_words_taken_back_while_they_are_translated(passage: Passage, rosa: User) -> None:
    client = signed_in(rosa)
    Passage.objects.filter(pk=passage.pk).delete()

    with pytest.raises(Gone):
        written(passage, rosa)
    answer = send(client, passage)
    assert answer.url == reverse("themes_texts", args=[passage.consultation_id])
    assert "taken back" in client.get(answer.url, headers={"accept-language": "en"}).content.decode()


def test_withdrawn_answer_takes_no_translation(passage: Passage, rosa: User) -> None:
    Response.objects.filter(pk=passage.response_id).update(status="withdrawn")

    with pytest.raises(Gone):
        written(passage, rosa)
    assert send(signed_in(rosa), passage).status_code == 404
    assert not PassageTranslation.objects.exists()


def test_translation_of_earlier_words_is_not_kept_as_one_of_these(passage: Passage, rosa: User) -> None:
    """A note was corrected while somebody translated it."""
    before = passage.digest
    passage.response.answers = {"comment": "Esperé semanas."}
    passage.response.save()

    with pytest.raises(Gone):
        written(passage, rosa)
    Passage.objects.filter(pk=passage.pk).update(digest=digest_of("Esperé semanas."))
    page = send(signed_in(rosa), passage, digest=before).content.decode()

    assert not PassageTranslation.objects.exists()
    assert "Esperé semanas." in page
    assert ">Ho aspettato.</textarea>" in page


def test_outdated_translation_says_so_until_somebody_looks_at_it(
    passage: Passage, rosa: User, luca: User
) -> None:
    kept = written(passage, rosa)
    translations.outdate(passage)
    page = signed_in(luca).get(reverse("themes_text", args=[passage.consultation_id, passage.pk]))
    assert "w-status--critical" in page.content.decode()

    with pytest.raises(Changed):
        written(passage, rosa, base=1)
    written(passage, rosa, base=2)

    kept.refresh_from_db()
    assert (kept.state, kept.revision) == ("draft", 3)


def test_text_is_not_translated_into_its_own_language(passage: Passage, rosa: User) -> None:
    with pytest.raises(NotAllowed):
        translations.save(passage=passage, language="es", text="Esperé", base=0, by=rosa)

    page = send(signed_in(rosa), passage, language="es", text="Lo mismo").content.decode()

    assert "in this language already" in page
    assert not PassageTranslation.objects.exists()


@pytest.mark.parametrize("rights", [("view_consultation", "view_single_responses"), RIGHTS])
def test_sensitive_answer_is_translated_by_who_may_read_it(passage: Passage, rights: tuple[str, ...]) -> None:
    Passage.objects.filter(pk=passage.pk).update(sensitive=True)

    send(signed_in(staff(*rights)), passage)
    assert not PassageTranslation.objects.exists()
    send(signed_in(staff(*RIGHTS, "view_sensitive_answers")), passage)
    assert PassageTranslation.objects.get().text == "Ho aspettato."


def test_long_translation_is_kept_whole_and_recorded_without_its_words(passage: Passage, rosa: User) -> None:
    long = "Ho aspettato 🙂 mesi.\r\n\r\n" * 400

    send(signed_in(rosa), passage, text=long)

    assert PassageTranslation.objects.get().text == long.replace("\r\n", "\n").strip()
    entry = AuditEntry.objects.get(verb="text.translated")
    assert (entry.by, entry.details) == (rosa, {"language": "it"})
