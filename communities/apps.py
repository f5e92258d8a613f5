from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from portal.freshness import watch
        from portal.search import also_search

        from .models import ConsularDistrict, ConsularOffice, Country
        from .places.countries import add_after_migrating
        from .places.searching import find_offices

        watch(ConsularDistrict, ConsularOffice, Country)
        also_search(find_offices)
        post_migrate.connect(add_after_migrating, sender=self)
