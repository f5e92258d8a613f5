from modeltranslation.translator import TranslationOptions, register

from .models import Footer, FooterColumn, FooterLink, MenuItem, Unit


@register(Unit)
class UnitTranslation(TranslationOptions):
    fields = ("name",)


@register(MenuItem)
class MenuItemTranslation(TranslationOptions):
    fields = ("label",)


@register(Footer)
class FooterTranslation(TranslationOptions):
    fields = ("tagline", "about")


@register(FooterColumn)
class FooterColumnTranslation(TranslationOptions):
    fields = ("heading",)


@register(FooterLink)
class FooterLinkTranslation(TranslationOptions):
    fields = ("label",)
