import pytest
from django.test import Client
from wagtail.models import Site


@pytest.mark.parametrize(
    "path", ["/admin/nada/", "/documents/9/nada.pdf", "/media/nada.png", "/dev/nada/", "/textile/nada.svg"]
)
def test_what_is_missing_outside_the_languages_is_missing_at_once(
    client: Client, site: Site, admin_user: object, path: str
) -> None:
    client.force_login(admin_user)  # type: ignore[arg-type]  # pytest-django's fixture has no type
    response = client.get(path)

    assert response.status_code == 404
    assert "Location" not in response


def test_a_page_without_its_language_is_led_to_the_readers(client: Client, site: Site) -> None:
    response = client.get("/nada/", headers={"Accept-Language": "it"})

    assert (response.status_code, response["Location"]) == (302, "/it/nada/")
