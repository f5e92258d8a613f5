import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from django.http import Http404
from django.test import RequestFactory, override_settings
from django.urls import include, path

from portal import devmail
from portal.urls import urlpatterns as portal_urls

urlpatterns = [path("dev/mail/", include("portal.devmail")), *portal_urls]


@pytest.fixture(autouse=True)
def _urls():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def send(subject, text="Hola", html=None):
    message = EmailMultiAlternatives(subject, text, "portal@example.org", ["rosa@example.org"])
    if html:
        message.attach_alternative(html, "text/html")
    EmailBackend().send_messages([message])


def test_mails_are_read_from_the_folder_with_accents_and_both_parts():
    send("Código: ñandú", "Línea única", "<p>Línea única</p>")

    mail = devmail.stored_mails()[0]

    assert (mail.subject, mail.to) == ("Código: ñandú", "rosa@example.org")
    assert (mail.text.strip(), mail.html.strip()) == ("Línea única", "<p>Línea única</p>")


def test_several_mails_of_one_connection_are_told_apart_newest_first():
    backend = EmailBackend()
    backend.open()
    backend.send_messages([EmailMultiAlternatives(s, "x", "a@example.org", ["b@example.org"]) for s in "AB"])
    backend.close()

    assert [mail.subject for mail in devmail.stored_mails()] == ["B", "A"]


def test_an_empty_folder_is_no_error(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "not-there"

    assert devmail.stored_mails() == []


@pytest.mark.parametrize("key", ["nothing", "../../etc/passwd", "x.0"])
def test_only_mails_of_the_list_are_shown(key):
    with pytest.raises(Http404):
        devmail.find_mail(key)


def test_the_html_of_a_mail_is_shown_where_it_can_do_nothing():
    send("A", html="<script>alert(1)</script>")
    key = devmail.stored_mails()[0].key

    response = devmail.mail_html(RequestFactory().get("/"), key)

    assert response._csp_config["default-src"] == ["'none'"]
    assert "sandbox" in response._csp_config


@pytest.mark.django_db
def test_the_list_and_a_mail_are_pages(client):
    send("Un código", html="<p>1</p>")
    key = devmail.stored_mails()[0].key

    assert "Un código" in client.get("/dev/mail/").content.decode()
    assert "sandbox" in client.get(f"/dev/mail/{key}/").content.decode()
    assert client.get(f"/dev/mail/{key}/html/")["Content-Security-Policy"].count("default-src 'none'") == 1
