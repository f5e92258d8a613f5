"""The quotation bank: only what people allow, only without names, only once it is approved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from consultations.enums import ConsentPurpose, QuotationStatus, TextSource, TranslationState
from consultations.focus_groups import consents as group_consents
from consultations.lifecycle import NotAllowed
from consultations.models import Code, Consultation, DoubleCoding, Excerpt, Passage, Quotation
from consultations.models.passage import digest_of
from consultations.themes import double_coding, quotations
from consultations.themes.quotations import Changed
from consultations.themes.redaction import Redaction, proposals
from portal.models import User
from tests.consultations.staff import staff
from tests.factories.consultations import ConsultationFactory
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory
from tests.factories.themes import CodeFactory, CodeFrameFactory, JudgementFactory, PassageFactory

pytestmark = pytest.mark.django_db

TEXT = "Fui con Rosa Quispe a Milán y no había cita."


@pytest.fixture
def passage() -> Passage:
    return PassageFactory(text=TEXT, quotable=True)


@pytest.fixture
def by() -> User:
    return staff("code_answers", "approve_quotations")


def proposed(passage: Passage, by: User) -> Quotation:
    return quotations.propose(passage=passage, start=0, end=len(TEXT), code=None, by=by)


def approved(passage: Passage, by: User) -> Quotation:
    quotation = proposed(passage, by)
    quotations.redact(quotation=quotation, redactions=proposals(TEXT, ordinary={"fui"}), base=0, by=by)
    quotations.approve(quotation=quotation, base=1, by=by)
    quotation.refresh_from_db()
    return quotation


def test_words_for_publication_are_made_from_what_was_decided(passage: Passage, by: User) -> None:
    quotation = approved(passage, by)

    assert quotation.text == "Fui con […] a […] y no había cita."
    found = quotations.usable(passage.consultation)
    assert [(q.text, q.language, q.translation) for q in found] == [(quotation.text, "es", "")]
    assert "Rosa" not in str(found)


def test_who_did_not_agree_is_not_quoted(by: User) -> None:
    with pytest.raises(NotAllowed):
        proposed(PassageFactory(text=TEXT), by)


def test_quotation_is_unusable_the_moment_its_author_takes_the_permission_back(
    passage: Passage, by: User
) -> None:
    approved(passage, by)
    passage.response.consents = []
    passage.response.save()

    assert quotations.usable(passage.consultation) == []
    assert quotations.sweep(passage.consultation) == 1
    assert not Quotation.objects.exists()


def test_proposed_twice_it_is_there_once(passage: Passage, by: User) -> None:
    assert proposed(passage, by) == proposed(passage, by)


def test_nothing_is_approved_with_its_names_or_without_the_right(passage: Passage, by: User) -> None:
    quotation = proposed(passage, by)

    with pytest.raises(NotAllowed):
        quotations.approve(quotation=quotation, base=0, by=by)
    quotations.redact(quotation=quotation, redactions=[], base=0, by=by)
    with pytest.raises(NotAllowed):
        quotations.approve(quotation=quotation, base=1, by=staff("code_answers"))
    assert quotations.usable(passage.consultation) == []


def test_other_decisions_take_the_approval_away(passage: Passage, by: User) -> None:
    quotation = approved(passage, by)

    quotations.redact(quotation=quotation, redactions=[Redaction(8, 19, "name")], base=2, by=by)

    quotation.refresh_from_db()
    assert (quotation.status, quotation.approved_by) == (QuotationStatus.REDACTED, None)
    assert Redaction(8, 19, "name") in quotations.decisions(quotation, set())


def test_two_windows_do_not_overwrite_each_other(passage: Passage, by: User) -> None:
    quotation = approved(passage, by)

    with pytest.raises(Changed):
        quotations.redact(quotation=quotation, redactions=[], base=0, by=by)


def test_translation_says_who_wrote_it_and_needs_another_to_check_it(passage: Passage, by: User) -> None:
    quotation, other = approved(passage, by), UserFactory()
    put = {"quotation": quotation, "language": "it", "text": "Non c’era posto."}

    quotations.translate(**put, checked=True, base=2, by=by)
    quotation.refresh_from_db()
    assert (quotation.translation_state, quotation.status) == ("draft", QuotationStatus.REDACTED)

    quotations.translate(**put, checked=True, base=3, by=other)
    quotation.refresh_from_db()
    assert (quotation.translation_state, quotation.translated_by) == (TranslationState.CHECKED, by)


def test_translation_of_words_that_changed_is_passed_on_by_nobody(passage: Passage, by: User) -> None:
    """A name was kept by mistake, translated, and taken out afterwards: the translation still has it."""
    quotation, other = proposed(passage, by), UserFactory()
    kept = [replace(item, kept=True) for item in proposals(TEXT, ordinary={"fui"})]
    quotations.redact(quotation=quotation, redactions=kept, base=0, by=by)
    put = {"quotation": quotation, "language": "it", "text": "Con Rosa non c’era posto."}
    quotations.translate(**put, checked=False, base=1, by=by)
    quotations.translate(**put, checked=True, base=2, by=other)

    quotations.redact(quotation=quotation, redactions=proposals(TEXT, ordinary={"fui"}), base=3, by=by)
    quotations.approve(quotation=quotation, base=4, by=by)

    quotation.refresh_from_db()
    assert quotation.translation_state == TranslationState.OUTDATED
    assert [q.translation for q in quotations.usable(passage.consultation)] == [""]
    quotations.translate(**put, checked=True, base=5, by=other)
    quotation.refresh_from_db()
    assert (quotation.translation_state, quotation.status) == ("draft", QuotationStatus.REDACTED)


def test_quotation_is_not_translated_into_its_own_language(passage: Passage, by: User) -> None:
    quotation = approved(passage, by)

    with pytest.raises(NotAllowed):
        quotations.translate(quotation=quotation, language="es", text="Fui", checked=False, base=2, by=by)


def test_quotation_stands_under_the_one_theme_over_its_words(passage: Passage, by: User) -> None:
    frame = CodeFrameFactory(coding=passage.consultation)
    company, wait = CodeFactory(frame=frame), CodeFactory(frame=frame)
    JudgementFactory(passage=passage, spans=[(company, 0, 20), (wait, 32, 44)])
    put = {"passage": passage, "code": None, "by": by}

    found = [quotations.propose(start=start, end=end, **put) for start, end in ((0, 10), (33, 44), (0, 44))]

    assert [quotation.code for quotation in found] == [company, wait, None]
    quotations.put_under(quotation=found[2], code=wait, base=0, by=by)
    found[2].refresh_from_db()
    assert (found[2].code, found[2].revision) == (wait, 1)
    Code.objects.filter(pk=company.pk).update(retired_at=timezone.now())
    with pytest.raises(NotAllowed):
        quotations.put_under(quotation=found[2], code=company, base=1, by=by)
    with pytest.raises(Changed):
        quotations.put_under(quotation=found[2], code=None, base=0, by=by)


def test_quotation_of_an_open_sample_gets_its_theme_when_that_is_closed(passage: Passage, by: User) -> None:
    code = CodeFactory(frame=CodeFrameFactory(coding=passage.consultation))
    JudgementFactory(passage=passage, codes=[code])
    double = DoubleCoding.objects.create(consultation=passage.consultation, seed="x", second_coder=by)
    double.passages.add(passage)

    quotation = quotations.propose(passage=passage, start=0, end=8, code=code, by=by)
    assert quotation.code is None
    with pytest.raises(NotAllowed):
        quotations.put_under(quotation=quotation, code=code, base=0, by=by)
    double_coding.close(double=double, by=by)

    quotation.refresh_from_db()
    assert quotation.code == code


def spoken(consultation: Consultation, *purposes: ConsentPurpose) -> Passage:
    """What the person on the first seat of a session said."""
    group = FocusGroupFactory(open=True, consultation=consultation)
    session = SessionFactory(group=group)
    RegistrationFactory(group=group, seated_in=session, agrees_to=purposes)
    seat = session.seats.get(registration__isnull=False)
    said = Excerpt.objects.create(session=session, number=1, speaker=seat.number, language="es", text=TEXT)
    return Passage.objects.create(
        consultation=consultation,
        source=TextSource.EXCERPT,
        excerpt=said,
        language="es",
        digest=digest_of(TEXT),
    )


def test_words_of_a_session_need_the_consent_of_their_seat(by: User) -> None:
    consultation = ConsultationFactory()
    silent, allowed = spoken(consultation), spoken(consultation, ConsentPurpose.QUOTING)

    with pytest.raises(NotAllowed):
        proposed(silent, by)
    approved(allowed, by)
    assert len(quotations.usable(consultation)) == 1

    registration = allowed.excerpt.session.seats.get(registration__isnull=False).registration
    group_consents.withdraw(registration=registration, purpose=ConsentPurpose.QUOTING)
    assert quotations.usable(consultation) == []


@pytest.mark.parametrize("number", [1, 3])
def test_reading_the_bank_takes_the_same_queries_for_any_number(
    by: User, number: int, django_assert_num_queries: object
) -> None:
    consultation = ConsultationFactory(open=True)
    for _n in range(number):
        approved(PassageFactory(text=TEXT, quotable=True, consultation=consultation), by)

    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture
        assert len(quotations.usable(consultation)) == number
