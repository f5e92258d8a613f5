"""What catalogues of open data read: DCAT-AP 3 in JSON-LD, of one data set or of all of them.

Source: W3C "Data Catalog Vocabulary (DCAT) 3" and SEMIC "DCAT-AP 3.0"; languages and themes are those of the
authority tables of the European Union.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..enums import Licence
from ..models import Consultation, PublicFile

Json = dict[str, Any]
Address = Callable[[str, PublicFile], str]
"""The full address of ``dataset``, ``data``, ``dictionary`` or ``metadata`` of a public file."""

CONTEXT: Json = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCES: Mapping[Licence, str] = {
    Licence.CC_BY_4: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0_1: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.ODC_BY_1: "https://opendatacommons.org/licenses/by/1-0/",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {"es": "SPA", "en": "ENG", "it": "ITA", "pt": "POR", "quy": "QUE"}
_THEME = f"{_AUTHORITY}/data-theme/SOCI"
_PUBLIC = f"{_AUTHORITY}/access-right/PUBLIC"
_PUBLISHER = (
    ("es", "Ministerio de Relaciones Exteriores del Perú"),
    ("en", "Ministry of Foreign Affairs of Peru"),
)


def dataset(file: PublicFile, address: Address) -> Json:
    """One data set with its distributions, as a document of its own."""
    return {"@context": CONTEXT, **_dataset(file, address)}


def catalogue(files: Iterable[PublicFile], address: Address, *, home: str) -> Json:
    """All data sets, in the order given."""
    return {
        "@context": CONTEXT,
        "@id": home,
        "@type": "dcat:Catalog",
        "dct:title": settings.SITE_NAME,
        "dct:description": _descriptions(),
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": [{"@language": code, "@value": name} for code, name in _PUBLISHER],
        },
        "foaf:homepage": {"@id": home, "@type": "foaf:Document"},
        "dcat:dataset": [_dataset(file, address) for file in files],
    }


def _descriptions() -> list[Json]:
    return _said_in_languages(
        lambda: _(
            "What people answered, as data sets that anyone can use and that nobody can be recognised in."
        )
    )


def _said_in_languages(say: Callable[[], str]) -> list[Json]:
    """Our own words; those of a language that nobody translated are not repeated in another's."""
    found: list[Json] = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            said = say()
        if all(said != other["@value"] for other in found):
            found.append({"@language": code, "@value": said})
    return found


_PARTS: Mapping[str, Callable[[], str]] = {
    "data": lambda: _("Data (CSV)"),
    "dictionary": lambda: _("What the columns mean (CSV)"),
}


def _dataset(file: PublicFile, address: Address) -> Json:
    consultation = file.consultation
    about: Json = {
        "@id": address("dataset", file),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{consultation.slug}-{file.number}",
        "dct:title": _in_languages(consultation, "title"),
        "dct:description": _in_languages(consultation, "summary") or _in_languages(consultation, "title"),
        "dct:publisher": _publisher(consultation),
        "dct:issued": _moment(file.published_at),
        "dct:language": [
            {"@id": f"{_AUTHORITY}/language/{_LANGUAGES[code]}"}
            for code in consultation.languages
            if code in _LANGUAGES
        ],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _moment(consultation.opens_at),
            "dcat:endDate": _moment(consultation.closes_at),
        },
        "dcat:theme": {"@id": _THEME},
        "dct:accessRights": {"@id": _PUBLIC},
        "dcat:version": str(file.number),
        "dcat:landingPage": {"@id": address("dataset", file)},
        "dcat:distribution": [
            _distribution(file, address("data", file), "data", checksum=file.checksum),
            _distribution(file, address("dictionary", file), "dictionary"),
        ],
    }
    return {key: value for key, value in about.items() if value}


def _distribution(file: PublicFile, url: str, part: str, *, checksum: str = "") -> Json:
    size = file.report.get("bytes", {}).get(part)
    found: Json = {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": _said_in_languages(_PARTS[part]),
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dct:format": {"@id": f"{_AUTHORITY}/file-type/CSV"},
        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
        "dct:license": {"@id": LICENCES[Licence(file.licence)]},
    }
    if size:
        found["dcat:byteSize"] = {"@type": "xsd:nonNegativeInteger", "@value": str(size)}
    if checksum:
        found["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": checksum},
        }
    return found


def _publisher(consultation: Consultation) -> Json:
    return {"@type": "foaf:Agent", "foaf:name": _in_languages(consultation.unit, "name")}


def _in_languages(record: Any, field: str) -> list[Json]:
    """Every language in which somebody wrote it."""
    texts = {code: getattr(record, f"{field}_{code}", "") or "" for code, _name in settings.LANGUAGES}
    return [{"@language": code, "@value": text} for code, text in texts.items() if text]


def _moment(moment: Any) -> Json | None:
    return {"@type": "xsd:dateTime", "@value": moment.isoformat()} if moment else None
