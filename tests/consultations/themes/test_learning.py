"""Suggestions: learned here, the same each time, and silent where there is too little to learn from."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations import tasks
from consultations.enums import TrainingStatus
from consultations.models import Code, Coding, Consultation, Passage, Suggestion
from consultations.themes import counts, learning, suggestions
from consultations.themes.learning import TooLittle
from consultations.themes.terms import term_groups
from portal.models import User
from tests.consultations.staff import signed_in, staff
from tests.factories.consultations import ConsultationFactory
from tests.factories.portal import UserFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

WAITING = [f"Esperé {n} semanas por una cita en el consulado" for n in range(20)]
VOTING = [f"No pude votar: la mesa de votación {n} quedaba lejos" for n in range(20)]
GIVEN = [frozenset({1})] * 20 + [frozenset({2})] * 20
STOP = frozenset({"el", "la", "de", "en", "una", "por", "no"})


def test_new_texts_get_the_code_of_texts_like_them_with_the_words_that_told() -> None:
    learned = learning.learn(
        [*WAITING, *VOTING], GIVEN, ["La cita tardó semanas", "Quise votar y la mesa estaba lejos"], stop=STOP
    )

    assert [[p.code for p in found] for found in learned.proposals] == [[1], [2]]
    assert set(learned.proposals[0][0].because) & {"cita", "semanas"}
    assert all(at < 20 for at in learned.similar[0])
    assert [(q.code, q.texts, q.precision, q.recall) for q in learned.quality] == [
        (1, 20, 1.0, 1.0),
        (2, 20, 1.0, 1.0),
    ]


def test_same_texts_teach_the_same() -> None:
    new = ["semanas de espera por la cita", "votar lejos", "nada de eso"]

    assert learning.learn([*WAITING, *VOTING], GIVEN, new, stop=STOP) == learning.learn(
        [*WAITING, *VOTING], GIVEN, new, stop=STOP
    )


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (WAITING, [frozenset({1})] * 20),
        ([*WAITING, *VOTING], [frozenset[int]()] * 40),
        ([*WAITING, *VOTING], [frozenset({1})] * 4 + [frozenset[int]()] * 36),
        ([*WAITING, *VOTING], [frozenset({1})] * 40),
    ],
)
def test_too_little_is_said(texts: list[str], codes: list[frozenset[int]]) -> None:
    with pytest.raises(TooLittle):
        learning.learn(texts, codes, ["cita"], stop=STOP)


def test_nothing_new_is_no_trouble() -> None:
    assert learning.learn([*WAITING, *VOTING], GIVEN, [], stop=STOP).proposals == []


def test_terms_of_few_texts_stay_unsaid() -> None:
    groups = term_groups([*WAITING, *VOTING, "Rosa Quispe Rosa Quispe"], stop=STOP)

    terms = {term for group in groups for term in group["terms"]}
    assert {"cita", "votar"} <= terms
    assert "quispe" not in terms
    assert groups == term_groups([*WAITING, *VOTING, "Rosa Quispe Rosa Quispe"], stop=STOP)
    assert term_groups(["dos palabras"], stop=STOP) == []


@pytest.fixture
def consultation(db: None) -> Consultation:
    return ConsultationFactory(open=True)


@pytest.fixture
def codes(consultation: Consultation) -> list[Code]:
    return CodeFactory.create_batch(2, frame=CodeFrameFactory(coding=consultation))


@pytest.fixture
def by() -> User:
    return UserFactory()


def code_all(consultation: Consultation, codes: list[Code]) -> None:
    coder = UserFactory()
    for texts, code in ((WAITING, codes[0]), (VOTING, codes[1])):
        for text in texts:
            passage = PassageFactory(consultation=consultation, text=text)
            JudgementFactory(passage=passage, coder=coder, codes=[code])


def test_training_writes_suggestions_that_do_not_count(
    consultation: Consultation, codes: list[Code], by: User
) -> None:
    code_all(consultation, codes)
    new = PassageFactory(consultation=consultation, text="La cita tardó semanas")
    before = [c.texts for c in counts(consultation)]

    training = suggestions.ask(consultation=consultation, by=by)
    suggestions.run(training.pk)

    training.refresh_from_db()
    new.refresh_from_db()
    assert (training.status, training.number, training.texts) == (TrainingStatus.DONE, 1, 40)
    assert list(Suggestion.objects.values_list("passage", "code")) == [(new.pk, codes[0].pk)]
    assert len(new.similar) > 0
    assert [c.texts for c in counts(consultation)] == before == [20, 20]
    assert Coding.objects.count() == 40


def test_words_of_sensitive_answers_are_in_no_list_of_words(
    consultation: Consultation, codes: list[Code], by: User
) -> None:
    """Every coder reads the list, also one who may not read these answers."""
    code_all(consultation, codes)
    plain = ["horario oficina cerrada", "maleta aeropuerto vuelo"]
    for text in [*plain * 20, *["diagnostico tratamiento hospital"] * 20]:
        PassageFactory(consultation=consultation, text=text, sensitive=text not in plain)

    training = suggestions.ask(consultation=consultation, by=by)
    suggestions.run(training.pk)

    training.refresh_from_db()
    words = {term for group in training.term_groups for term in group["terms"]}
    assert "horario" in words
    assert "diagnostico" not in words


@pytest.mark.parametrize(("more", "texts"), [((), [None, None]), (("view_sensitive_answers",), [20, 20])])
def test_how_many_texts_carry_a_code_is_for_who_may_read_them(
    consultation: Consultation, codes: list[Code], by: User, more: tuple[str, ...], texts: list[int | None]
) -> None:
    code_all(consultation, codes)
    Passage.objects.filter(consultation=consultation).update(sensitive=True)
    suggestions.run(suggestions.ask(consultation=consultation, by=by).pk)
    rights = ("view_consultation", "code_answers", "view_single_responses")

    page = signed_in(staff(*rights, *more)).get(reverse("themes_suggestions", args=[consultation.pk]))

    assert [row["texts"] for row in page.context["quality"]] == texts


def test_training_again_gives_the_same_digest_and_replaces_the_suggestions(
    consultation: Consultation, codes: list[Code], by: User
) -> None:
    code_all(consultation, codes)
    PassageFactory(consultation=consultation, text="La cita tardó semanas")
    digests = []
    for _n in range(2):
        training = suggestions.ask(consultation=consultation, by=by)
        suggestions.run(training.pk)
        training.refresh_from_db()
        digests.append(training.digest)

    assert digests[0] == digests[1] != ""
    assert (training.number, Suggestion.objects.count()) == (2, 1)


def test_too_little_coded_text_is_said_on_the_training(
    consultation: Consultation, codes: list[Code], by: User
) -> None:
    training = suggestions.ask(consultation=consultation, by=by)
    assert suggestions.ask(consultation=consultation, by=by) == training

    tasks.train_suggestions(training.pk)
    tasks.train_suggestions(training.pk + 1)

    training.refresh_from_db()
    assert training.status == TrainingStatus.TOO_LITTLE
