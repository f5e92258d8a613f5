"""Which texts can be coded; and that what people take back leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from consultations.answering import consents, submission
from consultations.answering.participation import Participation
from consultations.answering.sheet import fingerprint
from consultations.enums import NotePart
from consultations.models import (
    Coding,
    Consultation,
    Excerpt,
    GuideTopic,
    Passage,
    PassageTranslation,
    Quotation,
    Response,
    TopicNote,
)
from consultations.themes.collecting import collect
from consultations.themes.open_answers import coded_answers, open_answers
from tests.factories.consultations import ConsultationFactory
from tests.factories.focus_groups import FocusGroupFactory, SessionFactory
from tests.factories.responses import ResponseFactory
from tests.factories.themes import QUOTES, CodeFactory, CodeFrameFactory, JudgementFactory

pytestmark = pytest.mark.django_db

WORDS = "unmistakable"


@pytest.fixture
def consultation() -> Consultation:
    return ConsultationFactory(answerable=True)


def sent(consultation: Consultation, **fields: Any) -> Response:
    fields = {"answers": {"connection": "born", "comment": WORDS}, "consents": QUOTES} | fields
    return ResponseFactory(
        consultation=consultation, version=consultation.current_version, sent=True, **fields
    )


def note(consultation: Consultation, **fields: Any) -> TopicNote:
    group = FocusGroupFactory(open=True, consultation=consultation)
    topic = GuideTopic.objects.create(group=group, title="Servicios", sort_order=1)
    return TopicNote.objects.create(session=SessionFactory(group=group), topic=topic, language="es", **fields)


def part_of(response: Response, language: str = "es") -> Participation:
    return Participation(
        consultation=response.consultation,
        version=response.version,
        code="",
        response=response,
        language=language,
        today=date(2026, 11, 20),
    )


def everything_about(response: Response) -> None:
    """A coding, a translation and a quotation on the text of a response."""
    collect(response.consultation)
    passage = Passage.objects.get(response=response)
    frame = CodeFrameFactory(coding=response.consultation)
    JudgementFactory(passage=passage, spans=[(CodeFactory(frame=frame), 0, 5)], note=f"says {WORDS}")
    PassageTranslation.objects.create(passage=passage, language="en", text=WORDS)
    Quotation.objects.create(passage=passage, start=0, end=5, status="approved", text=WORDS)


def everything_stored() -> str:
    """All values of all tables of the app, to look for words in."""
    return str([list(model.objects.values()) for model in apps.get_app_config("consultations").get_models()])


def test_long_texts_of_sent_answers_are_collected_once(consultation: Consultation) -> None:
    response = sent(consultation)
    sent(consultation, answers={"connection": "born"})
    sent(consultation, answers={"comment": "  "})
    ResponseFactory(
        consultation=consultation, version=consultation.current_version, answers={"comment": "a draft"}
    )

    assert (collect(consultation), collect(consultation)) == (1, 0)

    assert list(Passage.objects.values_list("response", "answer", "language")) == [
        (response.pk, "comment", "es")
    ]


def test_other_open_answers_are_collected_where_somebody_chose_them(consultation: Consultation) -> None:
    assert [a.name for a in coded_answers(consultation)] == ["comment"]
    frame = CodeFrameFactory(coding=consultation)
    use = frame.uses.get()
    use.questions = ["nothing_of_the_kind"]
    use.save()

    assert coded_answers(consultation) == []
    assert [a.name for a in open_answers(consultation)] == ["comment"]


def test_notes_and_excerpts_are_texts_and_the_moderator_is_not(consultation: Consultation) -> None:
    written = note(consultation, summary="Esperan meses.", follow_ups=" ")
    said = Excerpt.objects.create(
        session=written.session, number=1, speaker=3, language="es", text="Yo esperé."
    )
    Excerpt.objects.create(
        session=written.session, number=2, is_moderator=True, language="es", text="¿Y usted?"
    )

    collect(consultation)

    assert list(Passage.objects.order_by("source").values_list("source", "note", "part", "excerpt")) == [
        ("excerpt", None, "", said.pk),
        ("note", written.pk, NotePart.SUMMARY, None),
    ]


def test_note_that_was_corrected_keeps_its_codes_as_doubtful(consultation: Consultation) -> None:
    written = note(consultation, summary="Esperan mesess.")
    collect(consultation)
    passage = Passage.objects.get()
    code = CodeFactory(frame=CodeFrameFactory(coding=consultation))
    judgement = JudgementFactory(passage=passage, spans=[(code, 0, 7)])
    kept = PassageTranslation.objects.create(
        passage=passage, language="it", text="Aspettano", state="checked"
    )
    TopicNote.objects.filter(pk=written.pk).update(summary="Esperan meses.")

    collect(consultation)

    judgement.refresh_from_db()
    assert list(judgement.codings.values_list("code", "start")) == [(code.pk, None)]
    assert judgement.doubtful
    kept.refresh_from_db()
    assert (kept.text, kept.state, kept.checked_by, kept.revision) == ("Aspettano", "outdated", None, 1)
    assert Passage.objects.get().is_current


def test_withdrawn_answer_leaves_nothing(consultation: Consultation) -> None:
    response = sent(consultation)
    everything_about(response)
    assert everything_stored().count(WORDS) == 4

    submission.withdraw(part=part_of(response))

    assert Passage.objects.count() == Coding.objects.count() == Quotation.objects.count() == 0
    assert WORDS not in everything_stored()
    assert collect(consultation) == 0


def test_changed_answer_takes_its_codings_along_once_it_is_sent_again(consultation: Consultation) -> None:
    response = sent(consultation)
    everything_about(response)
    changed = {"connection": "born", "comment": "another"}
    response.changes = {"answers": changed, "sections": [], "consents": QUOTES, "language": "es"}
    response.save()
    assert Coding.objects.count() == 1

    submission.submit(part=part_of(response), agreed=_agreed(), base=fingerprint(changed))

    assert (Passage.objects.count(), Coding.objects.count(), Quotation.objects.count()) == (0, 0, 0)
    assert WORDS not in everything_stored()


def test_answer_that_is_sent_again_unchanged_keeps_its_codings(consultation: Consultation) -> None:
    response = sent(consultation)
    everything_about(response)

    submission.submit(part=part_of(response), agreed=_agreed(), base=fingerprint(response.answers))

    assert (Passage.objects.count(), Coding.objects.count(), Quotation.objects.count()) == (1, 1, 1)


def test_taking_the_permission_back_removes_quotations_alone(consultation: Consultation) -> None:
    response = sent(consultation)
    everything_about(response)

    submission.submit(part=part_of(response), agreed=_agreed()[:1], base=fingerprint(response.answers))

    assert (Passage.objects.count(), Coding.objects.count(), Quotation.objects.count()) == (1, 1, 0)


def test_question_that_became_sensitive_makes_its_texts_sensitive(consultation: Consultation) -> None:
    sent(consultation)
    collect(consultation)
    version = consultation.current_version
    definition = version.definition
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(question, sensitive=question.sensitive or question.name == "comment")
                for question in section.questions
            ),
        )
        for section in definition.sections
    )
    stricter = replace(definition, sections=sections)
    newer = type(version).objects.create(
        questionnaire=version.questionnaire, number=2, document=stricter.to_json(), digest=stricter.digest()
    )
    sent(consultation).delete()
    Response.objects.create(
        consultation=consultation,
        version=newer,
        language="es",
        status="submitted",
        submitted_on=date(2026, 11, 9),
        started_on=date(2026, 11, 9),
        saved_on=date(2026, 11, 9),
    )

    collect(consultation)

    assert list(Passage.objects.values_list("sensitive", flat=True)) == [True]


def _agreed() -> list[consents.Consent]:
    day = date(2026, 11, 20)
    return [
        consents.consent(purpose, "texto", version=1, language="es", on=day)
        for purpose in (consents.USE, consents.QUOTES)
    ]
