"""Pictures in production: nobody but the portal shows them."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image as Drawing
from wagtail.images import get_image_model

from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(tree: None) -> Any:
    content = BytesIO()
    Drawing.new("RGB", (40, 30)).save(content, "JPEG")
    file = ContentFile(content.getvalue(), name="plaza.jpg")
    return get_image_model().objects.create(title="Plaza", file=file)


# Wagtail leaves the temporary file in which it drew the picture to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_a_page_shows_is_for_everyone_and_kept_by_browsers(client: Client, picture: Any) -> None:
    shown = picture.get_rendition("width-20|format-webp")

    response = client.get(shown.url)

    assert shown.url.startswith("/media/images/plaza")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert Drawing.open(BytesIO(response.getvalue())).size == (20, 15)


def test_the_file_as_it_was_uploaded_is_for_staff(client: Client, picture: Any) -> None:
    assert client.get(picture.file.url).status_code == 404

    client.force_login(UserFactory(superuser=True))

    response = client.get(picture.file.url)
    assert len(response.getvalue()) == picture.file.size
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": 0}]
    session.save()
    assert client.get(picture.file.url).status_code == 404  # who came in with one factor alone
    assert (response.status_code, response["Cache-Control"]) == (200, "private, max-age=86400")


@pytest.mark.parametrize(
    "name",
    ["documents/secret.pdf", "documents/secret.png", "secret.png", "images/secret.svg", "images/none.png"],
)
def test_nothing_else_can_be_fetched(client: Client, name: str) -> None:
    for place in ("documents/secret.pdf", "documents/secret.png", "secret.png", "images/secret.svg"):
        default_storage.save(place, ContentFile(b"secret"))

    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["images/../documents/secret.png", "images/..%2fsecret.png", "../secret.png"]
)
def test_no_name_leads_out_of_the_folder(client: Client, name: str) -> None:
    default_storage.save("documents/secret.png", ContentFile(b"secret"))

    assert client.get(f"/media/{name}").status_code in (400, 404)
