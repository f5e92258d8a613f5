from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "consultations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from portal.freshness import watch
        from portal.listed import also_list
        from portal.planting import also_plant
        from portal.search import also_search

        from .answering.searching import find_consultations
        from .focus_groups.searching import find_groups, list_groups
        from .models import Consultation, FocusGroupSession
        from .opendata.searching import find_data_sets, list_data_sets
        from .planning.index_pages import plant_index_pages

        watch(Consultation, FocusGroupSession)
        for source in (find_consultations, find_groups, find_data_sets):
            also_search(source)
        also_plant(plant_index_pages)
        also_list(list_groups)
        also_list(list_data_sets)
