"""Views of the answers, kept by name: who sees them, and what happens to them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ...enums import AnalysisScreen
from ...models import Consultation, SavedView


class NameTaken(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """The person has a view of that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("You have a view called “%(name)s” already. Choose another name.") % {"name": name}
        )


def views_visible_to(user: User, consultation: Consultation) -> QuerySet[SavedView]:
    """One's own, and those that were shared with one's unit."""
    mine = Q(owner=user)
    if user.unit_id is not None:
        mine |= Q(unit=user.unit_id)
    return SavedView.objects.filter(mine, consultation=consultation).select_related("owner", "unit")


@transaction.atomic
def save(
    *, consultation: Consultation, name: str, screen: AnalysisScreen, query: str, shared: bool, by: User
) -> SavedView:
    """Keep a view. Sent twice it counts once. Raises :class:`NameTaken`."""
    view = SavedView(consultation=consultation, owner=by, name=name, screen=screen, query=query)
    view.unit = by.unit if shared else None
    same = SavedView.objects.filter(consultation=consultation, owner=by, name=name).first()
    if same and (same.screen, same.query, same.unit_id) == (view.screen, view.query, view.unit_id):
        return same
    _keep(view)
    audit.record("view.saved", target=view, by=by, shared=view.unit is not None)
    return view


@transaction.atomic
def change(*, view: SavedView, name: str, shared: bool, by: User) -> None:
    """Another name, shared or not. Raises :class:`NameTaken`."""
    view.name, view.unit = name, (view.unit or by.unit) if shared else None
    _keep(view)
    audit.record("view.changed", target=view, by=by, shared=view.unit is not None)


@transaction.atomic
def delete(*, view: SavedView, by: User) -> None:
    audit.record("view.deleted", target=view, by=by)
    view.delete()


def _keep(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise NameTaken(view.name) from error
