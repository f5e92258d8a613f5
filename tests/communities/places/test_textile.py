"""The cloth of each country: always the same, and plain to see."""

import hashlib
from xml.etree import ElementTree

import pytest
from django.test import Client

from communities.places import textile
from communities.places.motifs import MOTIFS


def test_cloth_of_a_country_never_changes() -> None:
    """When this fails on purpose, raise ``EDITION``: browsers keep the old drawing for a year."""
    digest = hashlib.sha256(textile.draw("IT").encode()).hexdigest()

    assert (textile.EDITION, digest[:16]) == (1, "5971160770662238")


def test_countries_have_different_cloths() -> None:
    assert len({textile.draw(code) for code in ("IT", "ES", "US", "AR", "JP", "CL")}) == 6


def test_motifs_are_nine_by_nine() -> None:
    assert {(len(motif), *{len(row) for row in motif}) for motif in MOTIFS.values()} == {(9, 9)}


def test_every_ink_stands_out_from_its_ground() -> None:
    worst = min(textile.contrast(inks.ground, dye) for inks in textile.INKS for dye in inks[1:])

    assert worst >= 3


def test_drawing_is_well_formed_and_has_nothing_that_the_content_policy_refuses() -> None:
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(textile.draw("PE")).iter()}  # noqa: S314  (our own drawing)

    assert names == {"svg", "defs", "g", "path", "use"}


def test_cloth_is_served_without_the_database_and_kept(client: Client) -> None:
    response = client.get("/textile/IT.svg")

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies


@pytest.mark.django_db  # what is not found is looked up among the redirects
@pytest.mark.parametrize("code", ["it", "XX", "ITA", "..", "IT.svg"])
def test_only_countries_have_a_cloth(client: Client, code: str) -> None:
    assert client.get(f"/textile/{code}.svg").status_code == 404
