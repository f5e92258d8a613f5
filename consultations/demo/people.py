"""Demonstration accounts, one a role. Their addresses end in ``example``, which belongs to nobody."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from communities.models import ConsularOffice
from portal.models import Unit, User
from portal.roles import Role, complete_groups

from ..models import OfficeStaff

# Address, role (None: a member without any), unit, what to try.
ACCOUNTS: tuple[tuple[str, Role | None, str, str], ...] = (
    ("rosa@demo.example", None, "", "member: an account is optional; nothing asks for it"),
    ("editora@demo.example", Role.EDITOR, "PCN", "write a page, add news, translate them"),
    ("traductor@demo.example", Role.TRANSLATOR, "PCN", "translate a page"),
    (
        "gestora@demo.example",
        Role.CONSULTATION_MANAGER,
        "PIM",
        "import a workbook, write and publish a questionnaire",
    ),
    ("analista@demo.example", Role.ANALYST, "PIM", "watch answers arrive, read them, export them"),
    (
        "facilitadora@demo.example",
        Role.FACILITATOR,
        "PIM",
        "open one's sessions of focus groups: list, code at the door, notes",
    ),
    ("unidad@demo.example", Role.UNIT_STAFF, "SSN", "see what unit staff may see"),
    ("consulado@demo.example", Role.UNIT_STAFF, "", "see what people of one office’s district said"),
    ("admin@demo.example", Role.ADMINISTRATOR, "ASN", "everything"),
)


# Who works at which office, by its short name.
OFFICES = {"consulado@demo.example": "madrid"}


def load_people() -> None:
    complete_groups()  # A demonstration of an earlier version goes on with what is new.
    for email, role, unit, _what in ACCOUNTS:
        if not User.objects.filter(email=email).exists():
            _make(email, role, unit)
    for email, slug in OFFICES.items():
        for office in ConsularOffice.objects.filter(slug=slug):
            OfficeStaff.objects.get_or_create(user=User.objects.get(email=email), office=office)


def _make(email: str, role: Role | None, unit: str) -> None:
    user = User.objects.create_user(email, first_name=email.partition("@")[0].title())
    user.unit = Unit.objects.filter(code=unit).first()
    user.is_superuser = role is Role.ADMINISTRATOR
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if role is not None:
        user.groups.add(Group.objects.get(name=role))
        # A second factor that nobody has: in the demonstration a fixed code stands in for it.
        TOTP.activate(user, generate_totp_secret())
