import factory

from consultations.instrument.definition import QuestionKind
from consultations.models import (
    Choice,
    ChoiceList,
    MatrixRow,
    Question,
    Section,
)

from .consultations import QuestionnaireFactory


class SectionFactory(factory.django.DjangoModelFactory[Section]):
    class Meta:
        model = Section

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    name = factory.Sequence(lambda n: f"section_{n}")
    label = factory.LazyAttribute(lambda o: f"Sección {o.name}")
    sort_order = factory.Sequence(int)


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    class Meta:
        model = Question

    class Params:
        single_choice = factory.Trait(kind=QuestionKind.SINGLE_CHOICE, choice_list="yes_no")
        matrix = factory.Trait(kind=QuestionKind.MATRIX, choice_list="yes_no")

    section = factory.SubFactory(SectionFactory)
    name = factory.Sequence(lambda n: f"question_{n}")
    kind = QuestionKind.SHORT_TEXT
    label = factory.LazyAttribute(lambda o: f"¿Pregunta {o.name}?")
    sort_order = factory.Sequence(int)


class MatrixRowFactory(factory.django.DjangoModelFactory[MatrixRow]):
    class Meta:
        model = MatrixRow

    question = factory.SubFactory(QuestionFactory, matrix=True)
    name = factory.Sequence(lambda n: f"row_{n}")
    label = factory.LazyAttribute(lambda o: f"Fila {o.name}")
    sort_order = factory.Sequence(int)


class ChoiceListFactory(factory.django.DjangoModelFactory[ChoiceList]):
    class Meta:
        model = ChoiceList
        skip_postgeneration_save = True

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    name = "yes_no"

    @factory.post_generation
    def choices(self: ChoiceList, create: bool, names: tuple[str, ...] | None) -> None:  # type: ignore[misc]
        for order, name in enumerate(names or ()):
            Choice.objects.create(choice_list=self, name=name, label=name.capitalize(), sort_order=order)
