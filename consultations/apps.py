from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "consultations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from portal.freshness import watch
        from portal.search import also_search

        from .answering.searching import find_consultations
        from .models import Consultation, FocusGroupSession

        watch(Consultation, FocusGroupSession)
        also_search(find_consultations)
