from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone

from consultations.enums import JudgementKind, TextSource
from consultations.models import Code, CodeFrame, CodeFrameUse, Coding, Judgement, Passage
from consultations.models.passage import digest_of

from .consultations import ConsultationFactory, VersionFactory
from .portal import UserFactory
from .responses import ResponseFactory

QUOTES = [{"purpose": "quotes", "version": 1, "digest": "0" * 64, "language": "es", "given_on": "2026-11-03"}]


class CodeFrameFactory(factory.django.DjangoModelFactory[CodeFrame]):
    """A frame; ``CodeFrameFactory(coding=consultation)`` is the one that a consultation is coded with."""

    class Meta:
        model = CodeFrame
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"frame-{n}")
    name = "Temas"

    @factory.post_generation
    def coding(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            CodeFrameUse.objects.create(consultation=extracted, frame=self)


class CodeFactory(factory.django.DjangoModelFactory[Code]):
    class Meta:
        model = Code

    class Params:
        retired = factory.Trait(retired_at=factory.LazyFunction(timezone.now))

    frame = factory.SubFactory(CodeFrameFactory)
    name = factory.Sequence(lambda n: f"code_{n}")
    label = factory.LazyAttribute(lambda o: o.name.capitalize())
    sort_order = factory.Sequence(lambda n: n)


class PassageFactory(factory.django.DjangoModelFactory[Passage]):
    """An open answer that was sent; ``text="…"`` are its words, ``quotable=True`` allows to quote them."""

    class Meta:
        model = Passage
        exclude = ("text", "quotable")

    text = "Conseguir una cita toma semanas."
    quotable = False
    consultation = factory.SubFactory(ConsultationFactory, open=True)
    source = TextSource.ANSWER
    answer = "comment"
    question = "comment"
    language = "es"
    response = factory.SubFactory(
        ResponseFactory,
        sent=True,
        consultation=factory.SelfAttribute("..consultation"),
        version=factory.LazyAttribute(
            lambda o: (
                o.consultation.current_version or VersionFactory(questionnaire=o.consultation.questionnaire)
            )
        ),
        language=factory.SelfAttribute("..language"),
        answers=factory.LazyAttribute(lambda o: {o.factory_parent.answer: o.factory_parent.text}),
        consents=factory.LazyAttribute(lambda o: QUOTES if o.factory_parent.quotable else []),
    )
    digest = factory.LazyAttribute(lambda o: digest_of(o.text))


class JudgementFactory(factory.django.DjangoModelFactory[Judgement]):
    """A finished judgement that counts; ``codes=[…]`` lie on the whole, ``spans=[(code, 0, 5)]`` on parts.

    ``blind=True`` is the second coder's, which does not count.
    """

    class Meta:
        model = Judgement
        skip_postgeneration_save = True

    class Params:
        blind = factory.Trait(kind=JudgementKind.BLIND, counts=False)

    passage = factory.SubFactory(PassageFactory)
    coder = factory.SubFactory(UserFactory)
    counts = True
    done_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def codes(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            Coding.objects.bulk_create(Coding(judgement=self, code=code) for code in extracted or ())

    @factory.post_generation
    def spans(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            Coding.objects.bulk_create(
                Coding(judgement=self, code=code, start=start, end=end)
                for code, start, end in extracted or ()
            )
