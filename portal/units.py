"""The units that the portal starts with. They are records: names and codes are changed in the admin."""

from __future__ import annotations

from .models import Unit

# Code, the unit above, names.
FIRST_UNITS: tuple[tuple[str, str | None, dict[str, str]], ...] = (
    (
        "ASN",
        None,
        {
            "es": "Dirección de Protección y Asistencia al Nacional",
            "en": "Directorate of Assistance to Nationals",
            "it": "Direzione di Protezione e Assistenza ai Connazionali",
            "pt": "Direção de Proteção e Assistência aos Nacionais",
        },
    ),
    (
        "SSN",
        "ASN",
        {
            "es": "Subdirección de Asistencia a Nacionales",
            "en": "Sub-directorate of Assistance to Nationals",
            "it": "Sottodirezione di Assistenza ai Connazionali",
            "pt": "Subdireção de Assistência aos Nacionais",
        },
    ),
    (
        "PCN",
        "ASN",
        {
            "es": "Subdirección de Protección a Colectividades Nacionales",
            "en": "Sub-directorate of Protection of National Collectivities",
            "it": "Sottodirezione di Protezione delle Collettività Nazionali",
            "pt": "Subdireção de Proteção às Coletividades Nacionais",
        },
    ),
    (
        "PIM",
        "ASN",
        {
            "es": "Subdirección de Política Migratoria",
            "en": "Sub-directorate of Migration Policy",
            "it": "Sottodirezione di Politica Migratoria",
            "pt": "Subdireção de Política Migratória",
        },
    ),
)


def make_first_units() -> None:
    """Only where there is no unit at all: nothing that staff changed is touched."""
    if Unit.objects.exists():
        return
    made: dict[str, Unit] = {}
    for code, above, names in FIRST_UNITS:
        columns = {f"name_{language}": name for language, name in names.items()}
        made[code] = Unit.objects.create(code=code, parent=made.get(above or ""), **columns)
