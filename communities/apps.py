from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from portal.freshness import watch

        from .models import ConsularDistrict, ConsularOffice, Country
        from .places.countries import add_after_migrating

        watch(ConsularDistrict, ConsularOffice, Country)
        post_migrate.connect(add_after_migrating, sender=self)
