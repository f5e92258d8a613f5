from modeltranslation.translator import TranslationOptions, register

from .models import ConsularOffice, Country


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("es",)


@register(ConsularOffice)
class ConsularOfficeTranslation(TranslationOptions):
    # A city has a name in each language too: Milan, Milán, Milano, Milão.
    fields = ("name", "city")
    required_languages = ("es",)
