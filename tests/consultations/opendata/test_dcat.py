"""What catalogues read, checked as a graph against what DCAT-AP 3.0 demands. Written from its text.

Source: SEMIC, "DCAT-AP 3.0", chapters 4.1 to 4.4 and 5 (mandatory properties, cardinalities and ranges).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, PublicFile
from tests.factories.consultations import ConsultationFactory
from tests.factories.open_data import PublicFileFactory

pytestmark = pytest.mark.django_db

DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
FOAF, SPDX = "http://xmlns.com/foaf/0.1/", "http://spdx.org/rdf/terms#"
XSD, TYPE = "http://www.w3.org/2001/XMLSchema#", "@type"
MANY = 10_000
# By class: property, at least, at most, and what its values are.
SHAPES: dict[str, list[tuple[str, int, int, str]]] = {
    f"{DCAT}Catalog": [
        (f"{DCT}title", 1, MANY, "literal"),
        (f"{DCT}description", 1, MANY, "literal"),
        (f"{DCT}publisher", 1, 1, f"{FOAF}Agent"),
        (f"{DCAT}dataset", 1, MANY, f"{DCAT}Dataset"),
        (f"{FOAF}homepage", 0, 1, f"{FOAF}Document"),
    ],
    f"{DCAT}Dataset": [
        (f"{DCT}title", 1, MANY, "literal"),
        (f"{DCT}description", 1, MANY, "literal"),
        (f"{DCT}publisher", 0, 1, f"{FOAF}Agent"),
        (f"{DCT}accessRights", 0, 1, "iri"),
        (f"{DCT}issued", 0, 1, f"{XSD}dateTime"),
        (f"{DCT}temporal", 0, MANY, f"{DCT}PeriodOfTime"),
        (f"{DCT}language", 0, MANY, "iri"),
        (f"{DCAT}theme", 0, MANY, "iri"),
        (f"{DCAT}landingPage", 0, MANY, "iri"),
        (f"{DCAT}distribution", 0, MANY, f"{DCAT}Distribution"),
    ],
    f"{DCAT}Distribution": [
        (f"{DCAT}accessURL", 1, MANY, "iri"),
        (f"{DCAT}downloadURL", 0, MANY, "iri"),
        (f"{DCAT}byteSize", 0, 1, f"{XSD}nonNegativeInteger"),
        (f"{DCT}license", 0, 1, "iri"),
        (f"{DCT}format", 0, 1, "iri"),
        (f"{DCAT}mediaType", 0, 1, "iri"),
        (f"{SPDX}checksum", 0, 1, f"{SPDX}Checksum"),
    ],
    f"{SPDX}Checksum": [
        (f"{SPDX}algorithm", 1, 1, "iri"),
        (f"{SPDX}checksumValue", 1, 1, f"{XSD}hexBinary"),
    ],
    f"{FOAF}Agent": [(f"{FOAF}name", 1, MANY, "literal")],
}
LEXICAL = {
    f"{XSD}dateTime": lambda text: datetime.fromisoformat(text).tzinfo is not None,
    f"{XSD}nonNegativeInteger": lambda text: re.fullmatch(r"\d+", text),
    f"{XSD}hexBinary": lambda text: re.fullmatch(r"([0-9a-fA-F]{2})+", text),
}

Graph = dict[str, list[tuple[str, Any]]]


def graph_of(document: dict[str, Any]) -> Graph:
    """JSON-LD with prefixes alone in its context, as (property, value) by node."""
    prefixes, names, graph = document["@context"], count(), {}

    def full(name: str) -> str:
        prefix, _colon, local = name.partition(":")
        return prefixes[prefix] + local if prefix in prefixes else name

    def node(found: dict[str, Any]) -> str:
        own = full(found.get("@id", f"_:{next(names)}"))
        rows = graph.setdefault(own, [])
        for key, values in found.items():
            for value in values if isinstance(values, list) else [values]:
                if key == TYPE:
                    rows.append((TYPE, full(value)))
                elif not key.startswith("@"):
                    rows.append((full(key), term(value)))
        return own

    def term(value: Any) -> Any:
        if not isinstance(value, dict):
            return {"@value": value}
        return value | {TYPE: full(value.get(TYPE, ""))} if "@value" in value else node(value)

    node(document)
    return graph


def faults(graph: Graph) -> Iterator[str]:
    for subject, rows in graph.items():
        for kind in (value for key, value in rows if key == TYPE):
            for wanted, least, most, what in SHAPES.get(kind, []):
                values = [value for key, value in rows if key == wanted]
                if not least <= len(values) <= most:
                    yield f"{subject} has {len(values)} {wanted}"
                yield from (f"{subject} {wanted}: {v}" for v in values if not is_a(v, what, graph))


def is_a(value: Any, what: str, graph: Graph) -> bool:
    if isinstance(value, dict):
        kind = value.get(TYPE, "")
        if what in LEXICAL:
            return kind == what and bool(LEXICAL[what](value["@value"]))
        return what == "literal" and bool(value["@value"])
    if what == "iri":
        return bool(re.match(r"https?://\S+$|[a-z]+:\S+$", value)) and not value.startswith("_:")
    return (TYPE, what) in graph.get(value, [])


@pytest.fixture
def published(tree: None) -> PublicFile:
    consultation: Consultation = ConsultationFactory(closed=True, slug="todo", title="Todo", summary="")
    return PublicFileFactory(
        published=True,
        consultation=consultation,
        number=1,
        checksum="ab" * 32,
        report={"rows": 40, "responses": 40, "bytes": {"data": 12, "dictionary": 3}},
    )


@pytest.mark.parametrize("address", ["catalog.jsonld", "todo/1/dcat.jsonld"])
def test_it_has_what_dcat_ap_demands(client: Client, published: PublicFile, address: str) -> None:
    graph = graph_of(json.loads(client.get(f"/es/datos-abiertos/{address}").content))

    kinds = {value for rows in graph.values() for key, value in rows if key == TYPE}
    assert {f"{DCAT}Dataset", f"{DCAT}Distribution", f"{FOAF}Agent", f"{SPDX}Checksum"} <= kinds
    assert list(faults(graph)) == []


def test_the_check_finds_what_is_missing(client: Client, published: PublicFile) -> None:
    document = json.loads(client.get("/es/datos-abiertos/todo/1/dcat.jsonld").content)
    del document["dct:title"]
    document["dct:issued"]["@value"] = "2026-01-01T10:00:00"  # of no zone
    document["dcat:distribution"][0]["dcat:accessURL"] = "no address"

    assert len(list(faults(graph_of(document)))) == 3


def test_identifiers_are_the_same_whatever_the_language_of_the_page(
    client: Client, published: PublicFile
) -> None:
    spanish, english = (
        client.get(address).content
        for address in ("/es/datos-abiertos/catalog.jsonld", "/en/open-data/catalog.jsonld")
    )

    assert json.loads(spanish) == json.loads(english)


def test_files_are_named_in_every_language(client: Client, published: PublicFile) -> None:
    found = client.get(reverse("open_data:metadata", args=[published.consultation.slug, published.number]))

    data, dictionary = found.json()["dcat:distribution"]
    assert {title["@language"]: title["@value"] for title in data["dct:title"]}["es"] == "Datos (CSV)"
    assert {title["@language"] for title in dictionary["dct:title"]} == {"es", "en", "it", "pt"}
