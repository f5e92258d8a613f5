"""Balanced draws: the seed said before, what was drawn against what is wanted, changes, offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal import audit

from ...enums import RegistrationStatus as S
from ...lifecycle import NotAllowed
from ...models import Draw, FocusGroupSession
from .. import draw_documents, draws, offers, selection
from ..draws import Proposal
from ..screening import Screening
from ..selection import Infeasible
from ..words import Words, bounds
from .draw_forms import OverrideForm
from .overview import lines
from .pages import GroupPage, title_of


class DrawListView(GroupPage):
    """The seed, the draws that were made, and what keeps one from being made."""

    template_name = "consultations/admin/focus_groups/draws.html"
    page_title = gettext_lazy("Draws")
    header_icon = "pick"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "draws": self.group.draws.select_related("drawn_by"),
                "hopeful": self.group.registrations.hopeful().count(),
                "sessions": self.group.sessions.upcoming(),
                "shortfalls": [],
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.POST.get("do") == "seed":
            draws.publish_seed(group=self.group, by=self.person)
            return redirect("focus_group_draws", self.group.pk)
        try:
            draw = draws.propose(group=self.group, by=self.person)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        except Infeasible as short:
            return self.render_to_response(self.get_context_data(shortfalls=self._in_words(short)))
        else:
            return redirect("draw_detail", self.group.pk, draw.pk)
        return redirect("focus_group_draws", self.group.pk)

    def _in_words(self, short: Infeasible) -> list[dict[str, Any]]:
        words = Words(Screening(self.group))
        sessions = {session.pk: title_of(session) for session in self.group.sessions.all()}
        return [
            {
                "session": sessions[item.session],
                "question": words.question(item.rule.question),
                "answers": words.answers(item.rule.question, item.options),
                "wanted": bounds(item.rule.minimum, item.rule.maximum),
                "people": item.people,
            }
            for item in short.shortfalls
        ]


class DrawView(GroupPage):
    template_name = "consultations/admin/focus_groups/draw.html"
    header_icon = "pick"

    def get_page_title(self) -> str:
        return _("Draw of %s") % date_format(localtime(self.draw.drawn_at), "DATETIME_FORMAT")

    @cached_property
    def draw(self) -> Draw:
        found = Draw.objects.filter(group=self.group).select_related("drawn_by", "group")
        return get_object_or_404(found, pk=self.kwargs["draw"])

    @cached_property
    def proposed(self) -> Proposal:
        return draws.proposal(self.draw)

    @cached_property
    def form(self) -> OverrideForm:
        data = self.request.POST if self.request.POST.get("do") == "override" else None
        return OverrideForm(data, draw=self.draw, proposed=self.proposed)

    def crumbs(self) -> list[tuple[str, str]]:
        return [*super().crumbs(), (reverse("focus_group_draws", args=[self.group.pk]), _("Draws"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        screened = Screening(self.group)
        words = Words(screened)
        names = {key: name for name, key in self.draw.key.items()}
        lots = {name: selection.lot(self.draw.seed, name) for name in names.values()}
        return super().get_context_data(
            **kwargs,
            draw=self.draw,
            sessions=[_of_session(s, p, screened, words, names, lots) for s, p in self.proposed.items()],
            overrides=_changes(self.draw, names),
            chances=[_chance(item, words) for item in self.draw.chances],
            form=self.form,
            may_change=self.draw.sent_at is None,
            offers=sum(p.status in S.hopeful for people in self.proposed.values() for p in people),
        )

    def post(self, request: HttpRequest, pk: int, draw: int) -> HttpResponse:
        step = {"verify": self._verify, "override": self._override, "send": self._send}.get(
            request.POST.get("do", "")
        )
        return step() if step else self._back()

    def _verify(self) -> HttpResponse:
        document = draw_documents.published(self.draw)
        try:
            again = draw_documents.repeat(document)
        except (ValueError, Infeasible) as difference:
            messages.error(self.request, _("The draw cannot be repeated: %s") % difference)
            return self._back()
        same = {str(key): list(names) for key, names in again.chosen.items()} == self.draw.result
        audit.record("draw.verified", target=self.draw, by=self.person, same=same)
        if same:
            messages.success(self.request, _("Drawn again from the kept entries and seed: the same people."))
        else:
            messages.error(self.request, _("Drawn again, the result is another one. Tell an administrator."))
        return self._back()

    def _override(self) -> HttpResponse:
        form = self.form
        if not form.is_valid():
            messages.error(self.request, _("Nothing was changed: see what is marked below."))
            return self.render_to_response(self.get_context_data())
        session = get_object_or_404(FocusGroupSession, pk=form.cleaned_data["session"], group=self.group)
        try:
            draws.override(
                draw=self.draw,
                session=session,
                taken_out=form.person("taken_out"),
                put_in=form.person("put_in"),
                reason=form.cleaned_data["reason"],
                by=self.person,
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data())
        messages.success(self.request, _("The change was kept with its reason."))
        return self._back()

    def _send(self) -> HttpResponse:
        made = draws.send(draw=self.draw, by=self.person)
        if made:
            messages.success(
                self.request, _("Offers sent: %s. Everyone else was told that they wait.") % made
            )
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect("draw_detail", self.group.pk, self.draw.pk)


class DrawDocumentView(DrawView):
    """What anyone needs to repeat the draw, without the key that says who is who."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        found = JsonResponse(draw_documents.published(self.draw), json_dumps_params={"indent": 1})
        found["Content-Disposition"] = f'attachment; filename="draw-{self.draw.pk}.json"'
        return found


def _of_session(
    session: FocusGroupSession,
    people: list[Any],
    screened: Screening,
    words: Words,
    names: Mapping[str, str],
    lots: Mapping[str, float],
) -> dict[str, Any]:
    profiles = [screened.profile(person.screening) for person in people]
    questions = list(dict.fromkeys(quota.question for quota in screened.quotas))
    already = offers.seated_profiles(screened, session) if people and people[0].status in S.hopeful else []
    return {
        "session": session,
        "questions": [words.question(name) for name in questions],
        "people": [
            {
                "registration": person,
                "name": (name := names[str(person.pk)]),
                "lot": lots[name],
                "answers": [_given(own, question, words) for question in questions],
            }
            for person, own in zip(people, profiles, strict=True)
        ],
        "lines": lines(screened.rules, [*already, *profiles], words),
    }


def _given(profile: Mapping[str, Any], question: str, words: Words) -> str:
    answer = profile.get(question, ())
    return words.answers(question, [answer] if isinstance(answer, str) else answer)


def _changes(draw: Draw, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "change": change,
            "out": names.get(str(change.taken_out_id), ""),
            "put_in": names.get(str(change.put_in_id), ""),
        }
        for change in draw.overrides.select_related("made_by", "session")
    ]


def _chance(item: Mapping[str, Any], words: Words) -> dict[str, Any]:
    profile = " · ".join(words.answers(name, given) for name, given in item["profile"].items())
    return {**item, "profile": profile, "percent": 100 * item["chance"]}
