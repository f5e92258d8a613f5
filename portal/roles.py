"""Who may do what: the seven roles, as Wagtail groups with real permissions.

Each app says in its own ``roles.py`` what its records allow to whom. A group is made once, after a
``migrate``; from then on it belongs to the administrators, who change it in the admin.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q


class Role(StrEnum):
    EDITOR = "Editor"
    TRANSLATOR = "Translator"
    CONSULTATION_MANAGER = "Consultation manager"
    ANALYST = "Analyst"
    FACILITATOR = "Facilitator"
    UNIT_STAFF = "Unit staff"
    ADMINISTRATOR = "Administrator"


APPROVAL = "Revisión editorial"
GRANTS: dict[Role, set[str]] = {role: {"wagtailadmin.access_admin"} for role in Role}

# On the whole tree of pages; administrators have the editors' too.
PAGE_ACTIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"),
    Role.TRANSLATOR: ("add_page", "change_page"),
    Role.CONSULTATION_MANAGER: ("add_page", "change_page"),
}
# On the whole library of pictures and documents.
LIBRARY_ACTIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change", "choose"),
    Role.TRANSLATOR: ("choose",),
    Role.CONSULTATION_MANAGER: ("add", "choose"),
}
for _table in (PAGE_ACTIONS, LIBRARY_ACTIONS):
    _table[Role.ADMINISTRATOR] = _table[Role.EDITOR]


def grant(role: Role, *permissions: str) -> None:
    """Let a role do something, said as ``app.codename``. Administrators may do whatever any role may."""
    GRANTS[role].update(permissions)
    GRANTS[Role.ADMINISTRATOR].update(permissions)


def whole(label: str) -> tuple[str, ...]:
    """The four permissions of a kind of record: ``whole("portal.unit")``."""
    app, model = label.split(".")
    return tuple(f"{app}.{action}_{model}" for action in ("view", "add", "change", "delete"))


grant(Role.EDITOR, "portal.change_menu", "portal.change_footer", "portal.view_unit")
grant(Role.EDITOR, *whole("wagtailsearchpromotions.searchpromotion"), *whole("wagtailredirects.redirect"))
grant(Role.EDITOR, "wagtail_localize.submit_translation")
grant(Role.TRANSLATOR, "wagtail_localize.submit_translation")
grant(Role.ADMINISTRATOR, *whole("portal.unit"), *whole("portal.user"), "portal.view_auditentry")
for _kind in ("locale", "site", "collection", "workflow", "task"):
    grant(Role.ADMINISTRATOR, *whole(f"wagtailcore.{_kind}"))


@transaction.atomic
def make_groups() -> list[Group]:
    """Make the groups that are missing, with what they may do. Groups that exist are left alone."""
    found = _permissions()
    wanted = set().union(*GRANTS.values())
    if wanted - found.keys():
        return []  # Half-migrated: the next migrate does it.
    return [group for role in Role if (group := _make(role, found)) is not None]


@transaction.atomic
def complete_groups() -> dict[str, list[str]]:
    """Give groups that exist what newer versions of the portal brought for their role.

    Nothing is taken away, but what an administrator took from a role comes back. Returns what is new by role.
    """
    found, new = _permissions(), {}
    for group in Group.objects.filter(name__in=list(Role)).prefetch_related("permissions"):
        has = set(group.permissions.all())
        missing = [name for name in sorted(GRANTS[Role(group.name)]) if found[name] not in has]
        group.permissions.add(*(found[name] for name in missing))
        new[group.name] = missing
    return {name: missing for name, missing in new.items() if missing}


def _permissions() -> dict[str, Permission]:
    rows = Permission.objects.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def _make(role: Role, found: dict[str, Permission]) -> Group | None:
    group, made = Group.objects.get_or_create(name=role.value)
    if not made:
        return None
    group.permissions.set(found[name] for name in GRANTS[role])
    _allow_pages(group, PAGE_ACTIONS.get(role, ()))
    _allow_library(group, LIBRARY_ACTIONS.get(role, ()))
    return group


def _allow_pages(group: Group, actions: tuple[str, ...]) -> None:
    from wagtail.models import GroupPagePermission, Page

    root = Page.get_first_root_node()
    rows = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=actions)
    for row in rows if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=row)


def _allow_library(group: Group, actions: tuple[str, ...]) -> None:
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.get_first_root_node()
    kinds = Q(content_type__app_label="wagtailimages") | Q(content_type__app_label="wagtaildocs")
    codenames = [f"{action}_{kind}" for action in actions for kind in ("image", "document")]
    for row in Permission.objects.filter(kinds, codename__in=codenames) if root else ():
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=row)


def remove_stock_groups() -> None:
    """Wagtail's own two groups go where nobody is in them; its approval step goes to our editors."""
    from wagtail.models import GroupApprovalTask, Workflow

    editors = Group.objects.get(name=Role.EDITOR.value)
    for task in GroupApprovalTask.objects.filter(groups__name="Moderators"):
        task.groups.set([editors])
    # What buttons say, stored once: in the site's own language.
    for kind in (Workflow, GroupApprovalTask):
        kind.objects.filter(name="Moderators approval").update(name=APPROVAL)
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
