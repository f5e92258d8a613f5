from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...enums import RegistrationStatus as S
from ...models import Draw, Registration
from ..draws import Proposal
from .pages import title_of


class OverrideForm(forms.Form):
    """Take somebody out of a session, put somebody in, or both; why stays with the draw."""

    session = forms.TypedChoiceField(label=_("Session"), coerce=int)
    taken_out = forms.ChoiceField(label=_("Take out"), required=False)
    put_in = forms.ChoiceField(label=_("Put in"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept with the draw, and published with it. Write no name."),
    )

    def __init__(self, *args: Any, draw: Draw, proposed: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = {person.pk for people in proposed.values() for person in people}
        drawn = draw.group.registrations.filter(pk__in=draw.key.values())
        self.people = {str(person.pk): person for person in drawn}
        names = {key: name for name, key in draw.key.items()}
        self._choose("session", [(item.pk, title_of(item)) for item in proposed], blank=len(proposed) > 1)
        inside = [person for person in self.people.values() if person.pk in seated]
        outside = [p for p in self.people.values() if p.pk not in seated and p.status in S.hopeful]
        for field, people in (("taken_out", inside), ("put_in", outside)):
            self._choose(field, [(str(person.pk), names[str(person.pk)]) for person in people])

    def _choose(self, name: str, choices: list[tuple[Any, str]], *, blank: bool = True) -> None:
        ordered = sorted(choices, key=lambda choice: choice[1])
        self.fields[name].choices = [("", "—"), *ordered] if blank else ordered  # type: ignore[attr-defined]  # a choice field

    def person(self, name: str) -> Registration | None:
        return self.people.get(self.cleaned_data[name])
