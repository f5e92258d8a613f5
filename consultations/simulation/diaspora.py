"""Where simulated people live and what they speak.

The shares of countries follow the II World Survey of the Peruvian Community Abroad as the press gave them;
the weights of offices follow the electors of 2026 where the press gave those. The rest is made up. They only
make demonstrations look right and are never shown as figures.
"""

from __future__ import annotations

from collections.abc import Mapping

Weights = Mapping[str, float]

COUNTRIES: Weights = {
    "US": 30.2, "ES": 15.4, "AR": 13.6, "CL": 11.8, "IT": 10.2, "JP": 3.7, "CA": 1.9,
    "BR": 2.2, "EC": 1.6, "BO": 1.4, "DE": 1.3, "FR": 1.1, "MX": 1.1, "GB": 0.9, "CH": 0.7, "BE": 0.6,
    "AU": 0.6, "SE": 0.5, "CO": 0.5, "PT": 0.3, "NL": 0.4,
}  # fmt: skip

LANGUAGES: Mapping[str, Weights] = {
    "US": {"es": 68, "en": 32},
    "CA": {"es": 62, "en": 38},
    "GB": {"es": 60, "en": 40},
    "AU": {"es": 58, "en": 42},
    "IT": {"es": 63, "it": 36, "en": 1},
    "BR": {"es": 55, "pt": 44, "en": 1},
    "PT": {"es": 55, "pt": 43, "en": 2},
    "JP": {"es": 84, "en": 16},
}
ANYWHERE: Weights = {"es": 93, "en": 7}

# City → the office that its people usually name.
CITIES: Mapping[str, Mapping[str, str]] = {
    "US": {
        "Paterson": "paterson", "Miami": "miami", "Nueva York": "new_york", "Los Ángeles": "los_angeles",
        "Chicago": "chicago", "Houston": "houston", "Hartford": "hartford", "Arlington": "washington",
    },
    "ES": {
        "Madrid": "madrid", "Barcelona": "barcelona", "Valencia": "valencia", "Sevilla": "seville",
        "Bilbao": "bilbao", "Toledo": "madrid",
    },
    "AR": {
        "Buenos Aires": "buenos_aires", "La Plata": "la_plata", "Córdoba": "cordoba", "Mendoza": "mendoza",
    },
    "CL": {
        "Santiago": "santiago", "Iquique": "iquique", "Antofagasta": "antofagasta", "Arica": "arica",
    },
    "IT": {"Milán": "milan", "Roma": "rome", "Turín": "turin", "Génova": "genoa", "Florencia": "florence"},
    "JP": {"Tokio": "tokyo", "Nagoya": "nagoya", "Hamamatsu": "nagoya"},
    "CA": {"Toronto": "toronto", "Montreal": "montreal", "Vancouver": "vancouver"},
    "BR": {"São Paulo": "sao_paulo", "Río de Janeiro": "rio_de_janeiro", "Manaos": "manaus"},
    "DE": {"Berlín": "berlin", "Hamburgo": "hamburg", "Fráncfort": "frankfurt_am_main"},
    "EC": {"Quito": "quito", "Guayaquil": "guayaquil", "Cuenca": "cuenca"},
    "BO": {"La Paz": "la_paz", "Cochabamba": "cochabamba", "El Alto": "el_alto"},
}  # fmt: skip
ELSEWHERE: Mapping[str, str] = dict.fromkeys(("La capital", "Norte del país", "La costa", "El interior"), "")

OFFICES: Weights = {
    "buenos_aires": 115, "santiago": 114, "madrid": 105, "barcelona": 80, "milan": 65, "paterson": 64,
    "miami": 56, "new_york": 48, "los_angeles": 40, "rome": 25, "washington": 20, "tokyo": 15,
}  # fmt: skip
