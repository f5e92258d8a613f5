from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfficeKind(models.TextChoices):
    CONSULATE_GENERAL = "consulate_general", _("Consulate general")
    CONSULATE = "consulate", _("Consulate")
    CONSULAR_SECTION = "consular_section", _("Consular section")
    CONSULAR_AGENCY = "consular_agency", _("Consular agency")
    HONORARY = "honorary", _("Honorary consulate")


class OfficeStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("office", "Open")
    SUSPENDED = "suspended", pgettext_lazy("office", "Suspended")
    CLOSED = "closed", pgettext_lazy("office", "Closed")
