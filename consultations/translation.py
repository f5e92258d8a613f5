from modeltranslation.translator import TranslationOptions, register

from .models import (
    Choice,
    Code,
    CodeFrame,
    Consultation,
    ExclusionRule,
    FocusGroup,
    GuideTopic,
    MatrixRow,
    Question,
    Questionnaire,
    Section,
)


@register(Consultation)
class ConsultationTranslation(TranslationOptions):
    fields = (
        "title",
        "summary",
        "purpose",
        "audience",
        "use_of_answers",
        "legal_basis",
        "privacy_notice",
        "sensitive_consent",
    )


@register(Questionnaire)
class QuestionnaireTranslation(TranslationOptions):
    fields = ("title",)


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("label",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "hint", "required_message", "constraint_message", "low_label", "high_label")


@register(MatrixRow)
class MatrixRowTranslation(TranslationOptions):
    fields = ("label",)


@register(Choice)
class ChoiceTranslation(TranslationOptions):
    fields = ("label",)


@register(FocusGroup)
class FocusGroupTranslation(TranslationOptions):
    fields = (
        "title",
        "segment",
        "purpose",
        "eligibility",
        "privacy_notice",
        "consent_take_part",
        "consent_recording",
        "consent_quoting",
        "consent_contact_later",
    )


@register(ExclusionRule)
class ExclusionRuleTranslation(TranslationOptions):
    fields = ("reason",)


@register(GuideTopic)
class GuideTopicTranslation(TranslationOptions):
    fields = ("title", "prompts")


@register(CodeFrame)
class CodeFrameTranslation(TranslationOptions):
    fields = ("name",)


@register(Code)
class CodeTranslation(TranslationOptions):
    fields = ("label", "definition")
