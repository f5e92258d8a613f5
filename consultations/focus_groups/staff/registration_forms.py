"""What staff may do with one registration, each as a small form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.models import User

from ...enums import NotSelectedReason
from ...enums import RegistrationStatus as S
from ...models import FocusGroupSession, Registration
from .. import decisions, offers, signup
from ..states import may_become
from ..visibility import groups_visible_to
from .pages import title_of


class SessionChoice(forms.ModelChoiceField[FocusGroupSession]):
    def label_from_instance(self, obj: Any) -> str:
        free = f" · {obj.free}" if hasattr(obj, "free") else ""
        return f"{title_of(obj)} {obj.timezone} · {obj.group}{free}"


class Step(forms.Form):
    """One thing to do. ``run`` raises ``NotAllowed``."""

    name = ""
    title: Any = ""
    explanation: Any = ""
    serious = False

    def __init__(self, data: Any = None, *, registration: Registration, by: User) -> None:
        super().__init__(data, prefix=self.name)
        self.registration, self.by = registration, by

    @classmethod
    def applies(cls, registration: Registration) -> bool:
        raise NotImplementedError

    def run(self) -> None:
        raise NotImplementedError


class OfferStep(Step):
    name = "offer"
    title = _("Offer a place")
    explanation = _(
        "Whoever stands before this person in the order is passed over. The offer goes out at once."
    )
    session = SessionChoice(queryset=FocusGroupSession.objects.none(), label=_("Session, with free places"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["session"].queryset = with_free_places(  # type: ignore[attr-defined]  # a choice field
            FocusGroupSession.objects.filter(group=self.registration.group_id)
        )

    @classmethod
    def applies(cls, registration: Registration) -> bool:
        return may_become(registration, S.OFFERED)

    def run(self) -> None:
        offers.offer(registration=self.registration, session=self.cleaned_data["session"], by=self.by)


class AcceptStep(Step):
    name = "accept"
    title = _("Accept for the person")
    explanation = _("They told you that they come. The same as pressing the button in the mail.")

    @classmethod
    def applies(cls, registration: Registration) -> bool:
        return registration.status == S.OFFERED

    def run(self) -> None:
        offers.accept(registration=self.registration, by=self.by)


class PutBackStep(Step):
    name = "put_back"
    title = _("Put on the waiting list")
    explanation = _("A place that the person holds becomes free. They keep their place in the order.")

    @classmethod
    def applies(cls, registration: Registration) -> bool:
        return registration.status in (S.OFFERED, S.CONFIRMED, S.NOT_SELECTED)

    def run(self) -> None:
        decisions.put_back(registration=self.registration, by=self.by)


class TurnDownStep(Step):
    name = "turn_down"
    title = _("Not selected")
    explanation = _("The person is told the reason in their language, and the other session if you name one.")
    reason = forms.ChoiceField(label=_("Reason that the person is told"), choices=NotSelectedReason.choices)
    alternative = SessionChoice(
        queryset=FocusGroupSession.objects.none(), required=False, label=_("Another session instead")
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["alternative"].queryset = with_free_places(  # type: ignore[attr-defined]  # a choice field
            FocusGroupSession.objects.filter(group__in=groups_visible_to(self.by).taking_sign_ups())
        )

    @classmethod
    def applies(cls, registration: Registration) -> bool:
        return may_become(registration, S.NOT_SELECTED)

    def run(self) -> None:
        decisions.turn_down(
            registration=self.registration,
            reason=NotSelectedReason(self.cleaned_data["reason"]),
            alternative=self.cleaned_data["alternative"],
            by=self.by,
        )


class CancelStep(Step):
    name = "cancel"
    title = _("Cancel the registration")
    explanation = _("For somebody who asks for it. Their place is offered to the next person.")
    serious = True

    @classmethod
    def applies(cls, registration: Registration) -> bool:
        return registration.status not in S.over

    def run(self) -> None:
        signup.withdraw(registration=self.registration, by=self.by, reason="by_staff")


STEPS: dict[str, type[Step]] = {
    step.name: step for step in (OfferStep, AcceptStep, PutBackStep, TurnDownStep, CancelStep)
}


def with_free_places(sessions: QuerySet[FocusGroupSession]) -> QuerySet[FocusGroupSession]:
    """Planned, ahead, and with somewhere to sit; ``free`` says how many places."""
    free = Count("seats", filter=Q(seats__registration__isnull=True))
    ahead = sessions.upcoming()  # type: ignore[attr-defined]  # the model's own queryset
    found: QuerySet[FocusGroupSession] = ahead.select_related("group").annotate(free=free).filter(free__gt=0)
    return found
