"""Every address of the admin's consultations, for every role: whom it lets in, and whose records it finds.

The addresses come from the URL configuration: one without a row in ``MAY_ENTER`` fails.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils.translation import override

from consultations.exports.visibility import key_for
from consultations.models import ExportJob, FocusGroupSession, OfficeStaff, SavedView
from consultations.wagtail_hooks import admin_urls
from portal.models import User
from portal.roles import Role, make_groups
from tests.consultations.everything import one_of_everything
from tests.consultations.staff import signed_in
from tests.factories.communities import ConsularDistrictFactory
from tests.factories.portal import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

ADDRESSES: dict[str, URLPattern] = {str(p.name): p for p in admin_urls() if isinstance(p, URLPattern)}
OWN, OTHER = "PIM", "ELSEWHERE"
# Who comes by: a role, and a unit where there is one.
PEOPLE: dict[str, tuple[Role | None, str]] = {
    "editor": (Role.EDITOR, ""),
    "translator": (Role.TRANSLATOR, ""),
    "manager": (Role.CONSULTATION_MANAGER, ""),
    "analyst": (Role.ANALYST, ""),
    "facilitator": (Role.FACILITATOR, ""),
    "other_unit": (Role.UNIT_STAFF, OTHER),
    "unit": (Role.UNIT_STAFF, OWN),
    "office": (Role.UNIT_STAFF, OTHER),
    "nobody": (None, ""),
}
MANAGER, ANALYST = {"manager"}, {"analyst"}
READERS = MANAGER | ANALYST
OF_THE_WHOLE = READERS | {"unit"}
OF_FIGURES = OF_THE_WHOLE | {"office"}
OF_SESSIONS = MANAGER | {"facilitator"}
OF_QUESTIONNAIRES = {"translator", "facilitator", "other_unit"} | OF_FIGURES


def rows(people: set[str], names: str) -> dict[str, set[str]]:
    return dict.fromkeys(names.split(), people)


MAY_ENTER: dict[str, set[str]] = {
    **rows(MANAGER, "consultation_stages open_data_list open_data_detail open_data_preview"),
    **rows(MANAGER, "questionnaire_import questionnaire_publish"),
    **rows(MANAGER | {"translator"}, "questionnaire_copy"),
    **rows(OF_QUESTIONNAIRES, "questionnaire_export"),
    **rows(OF_THE_WHOLE, "responses_overview"),
    **rows(READERS, "responses_list responses_list_results response_detail"),
    **rows(READERS, "export_schedules export_schedule wave_list wave_detail export_create"),
    **rows(OF_THE_WHOLE, "document_create"),
    **rows(READERS, "export_detail export_again export_progress export_download export_codebook"),
    **rows(MANAGER, "focus_group_export focus_group_overview focus_group_stages session_add"),
    **rows(MANAGER, "focus_group_registrations focus_group_registrations_results registration_add"),
    **rows(MANAGER, "registration_detail registration_offer registration_accept registration_put_back"),
    **rows(MANAGER, "registration_turn_down registration_cancel contact_data"),
    **rows(MANAGER, "focus_group_draws draw_detail draw_document session_edit session_step"),
    **rows(OF_SESSIONS, "my_sessions session_detail session_door session_notes session_note"),
    **rows(OF_SESSIONS, "session_transcripts session_transcript focus_group_pack"),
    **rows(OF_FIGURES, "analysis_overview analysis_questions analysis_crosstab analysis_sample"),
    **rows(OF_FIGURES, "analysis_filter analysis_views analysis_view_open analysis_view_edit"),
    **rows(OF_FIGURES, "analysis_ready analysis_svg analysis_png analysis_csv"),
    **rows(READERS, "analysis_texts"),
    **rows(ANALYST, "analysis_references analysis_weighting_new analysis_weighting"),
    **rows(OF_FIGURES, "themes_found themes_theme themes_svg themes_png themes_csv"),
    **rows(READERS, "themes themes_frame themes_next themes_undo themes_texts themes_text"),
    **rows(READERS, "themes_translate themes_propose themes_doubles themes_double themes_decide"),
    **rows(READERS, "themes_quotations themes_quotation themes_suggestions"),
    **rows(READERS, "code_frames code_frame code_frame_import code_frame_export code_add code_edit"),
}
# These answer to buttons alone.
BY_POST = {"export_again", "themes_undo", "themes_translate", "themes_propose"}
# What else an address needs.
QUERY = {"analysis_filter": "field=connection"}
# What ``pk`` and ``key`` stand for is said by the beginning of an address, the first that fits.
PK = {
    "consultations/focus-groups/": "group",
    "consultations/export-schedules/": "schedule",
    "consultations/open-data/": "public_file",
    "questionnaires/": "questionnaire",
    "": "consultation",
}
# Only what failed or is gone is asked for again.
JOB = {"consultations/exports/<uuid:job>/again/": "failed_job", "": "job"}
KEY = {
    "consultations/focus-groups/": "registration",
    "consultations/<int:pk>/responses/": "response",
    "": "chart",
}
# Questionnaires and code frames are everybody's who may use them, lists hold what one may see, and the
# stages are a part of the record of a consultation, which all who may change one see in the list.
OF_NO_UNIT = {
    *(name for name in MAY_ENTER if name.startswith(("questionnaire_", "code_"))),
    *("my_sessions", "contact_data", "consultation_stages"),
}
# What lies below something else in an address.
CHILDREN = (
    *("response", "passage", "double", "quotation", "scheme", "view", "code"),
    *("registration", "draw", "topic", "transcript"),
)


def words_of(name: str) -> set[str]:
    """The records that an address names."""
    pattern = ADDRESSES[name].pattern
    return {kind_of(word, str(pattern)) for word in pattern.regex.groupindex}


def kind_of(word: str, route: str) -> str:
    kinds = {"pk": PK, "key": KEY, "job": JOB}.get(word)
    return next(kind for start, kind in kinds.items() if route.startswith(start)) if kinds else word


BELOW = [(name, child) for name in ADDRESSES for child in CHILDREN if child in words_of(name)]


@pytest.fixture
def world(tree: None) -> SimpleNamespace:
    make_groups()
    with override("es"):
        return one_of_everything(unit=OWN)


def address_of(name: str, world: SimpleNamespace, user: User, **others: Any) -> str:
    """The address with the records of the world in it; ``others`` take the place of some of them."""
    pattern = ADDRESSES[name].pattern
    words = {"format": "csv", "part": "data", "question": "comment", "screen": "questions", "step": "cancel"}
    keys = {"chart": "connection", **words, **vars(world), **others}
    found = {word: keys[kind_of(word, str(pattern))] for word in pattern.regex.groupindex}
    own = {word: getattr(record, "pk", record) for word, record in found.items()}
    query = f"key={key_for(world.job, user)}" if "job" in own else QUERY.get(name, "")
    return f"{reverse(name, kwargs=own)}?{query}"


def person(name: str, world: SimpleNamespace) -> User:
    """Somebody of a role; what can be somebody's own is theirs: only rights keep them out."""
    role, unit = PEOPLE[name]
    user: User = UserFactory(is_staff=role is not None, unit=UnitFactory(code=unit) if unit else None)
    user.groups.set(Group.objects.filter(name=role))
    if name == "office":
        OfficeStaff.objects.create(user=user, office=ConsularDistrictFactory(whole_country=True).office)
    ExportJob.objects.update(requested_by=user)
    SavedView.objects.update(owner=user)
    FocusGroupSession.objects.update(facilitator=user)
    return user


def visit(client: Client, name: str, address: str) -> HttpResponse:
    response = client.post(address) if name in BY_POST else client.get(address)
    if response.streaming:
        list(response)  # Read to its end, its file is closed.
    return response


def entered_by(user: User, world: SimpleNamespace) -> set[str]:
    client = signed_in(user)
    return {name for name in ADDRESSES if entered(visit(client, name, address_of(name, world, user)))}


def entered(response: HttpResponse) -> bool:
    """A refusal is 403, 404 or the way back to the desk or to the door; anything else but a page is wrong."""
    assert response.status_code in (200, 302, 403, 404), response.request["PATH_INFO"]
    outside = (reverse("wagtailadmin_home"), reverse("wagtailadmin_login"), reverse("account_login"))
    location = response.headers.get("Location", "").split("?")[0]
    return response.status_code == 200 or (response.status_code == 302 and location not in outside)


def test_every_address_has_a_row() -> None:
    assert set(ADDRESSES) == set(MAY_ENTER)
    assert len(ADDRESSES) == len(admin_urls())


@pytest.mark.parametrize("name", PEOPLE)
def test_addresses_let_in_whom_the_table_says(name: str, world: SimpleNamespace) -> None:
    found = entered_by(person(name, world), world)

    assert found ^ {address for address, people in MAY_ENTER.items() if name in people} == set()


def test_another_unit_finds_only_what_belongs_to_no_unit(world: SimpleNamespace) -> None:
    """With the rights of managers and analysts, but for the one to see every unit."""
    user = UserFactory(is_staff=True, unit=UnitFactory(code=OTHER))
    for group in Group.objects.filter(name__in=[Role.CONSULTATION_MANAGER, Role.ANALYST]):
        group.permissions.remove(Permission.objects.get(codename="see_every_unit"))
        user.groups.add(group)

    assert entered_by(user, world) ^ OF_NO_UNIT == set()


def test_records_of_another_consultation_are_not_found_under_this_one(world: SimpleNamespace) -> None:
    user = UserFactory(superuser=True)
    with override("es"):
        other = one_of_everything(unit=OWN)
    SavedView.objects.update(owner=user)
    client = signed_in(user)
    mixed = {
        (name, child): address_of(name, world, user, **{child: getattr(other, child)})
        for name, child in BELOW
    }

    found = {key: visit(client, key[0], address).status_code for key, address in mixed.items()}

    assert {key for key, code in found.items() if code != 404} == set()
    assert {child for _name, child in mixed} == set(CHILDREN)
