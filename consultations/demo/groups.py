"""The demonstration's nine focus groups, with dates counted from today.

One first-come group is nearly full, one balanced group is ready to be drawn, one was held. The people in them
are invented, and their addresses end in ``demo.example``.
"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from communities.models import Country
from portal.models import Unit, User

from ..enums import Modality, SelectionMode
from ..focus_groups import draws, stages
from ..models import (
    Consultation,
    ExclusionRule,
    FocusGroup,
    FocusGroupSession,
    GuideTopic,
    Questionnaire,
    Quota,
)
from . import group_people, held_group
from .content import FOLDER, LANGUAGES
from .surveys import published

TEXTS = FOLDER / "content" / "focus_groups"
NEARLY_FULL, TO_BE_DRAWN, HELD = "care_workers", "families", "recent_students"
ABOUT = "necesidades-2026"
# What people tick in the screening where the group is theirs.
SEGMENTS = {
    "care_workers": "care",
    "families": "fam",
    "long_settled": "set",
    "recent_students": "new",
    "second_generation_japan": "gen2",
    "professionals_scientists": "sci",
    "returnees": "ret",
    "quechua_speakers": "que",
}
CONSENTS = ("take_part", "recording", "quoting", "contact_later")
# Excluded when, and the key of the reason.
RULES = (
    ("${age_group} = 'u18'", "age"),
    ("selected(${exclusion_cases}, 'staff') or selected(${exclusion_cases}, 'kin')", "ministry"),
    ("selected(${exclusion_cases}, 'council')", "council"),
    ("selected(${exclusion_cases}, 'recent')", "recent"),
)
BALANCE = (
    {"question": "gender", "options": ["f"], "minimum": 3},
    {"question": "gender", "options": ["m"], "minimum": 2},
    {"question": "age_group", "maximum": 2},
    {"question": "city", "maximum": 5},
)


@transaction.atomic
def load_groups(by: User) -> list[FocusGroup]:
    """Make those that are not there yet. Returns the ones that were made."""
    plan = json.loads((TEXTS / "groups.json").read_text(encoding="utf-8"))
    texts = {code: json.loads((TEXTS / f"{code}.json").read_text(encoding="utf-8")) for code in LANGUAGES}
    facilitator = User.objects.get(email="facilitadora@demo.example")
    made = []
    for number, item in enumerate(plan["groups"]):
        if not FocusGroup.objects.filter(slug=_slug(item)).exists():
            made.append(_Maker(item, texts, number, by, facilitator).make())
    return made


def _slug(item: dict[str, Any]) -> str:
    return str(item["code"]).replace("_", "-")


def _screening(by: User) -> Questionnaire:
    found = Questionnaire.objects.filter(slug="grupo-focal-tamizaje").first()
    return found or published("grupo_focal_tamizaje", by)


class _Maker:
    """One group: its texts, rules, guide and sessions, and whoever signed up."""

    def __init__(
        self, item: dict[str, Any], texts: dict[str, Any], number: int, by: User, facilitator: User
    ) -> None:
        self.item, self.texts, self.number, self.by, self.facilitator = item, texts, number, by, facilitator

    def make(self) -> FocusGroup:
        group = self._group()
        self._rules(group)
        self._guide(group)
        sessions = self._sessions(group)
        if self.item["code"] == TO_BE_DRAWN:
            draws.publish_seed(group=group, by=self.by)
        stages.open_call(group=group, by=self.by)
        group.refresh_from_db()
        self._people(group, sessions)
        return group

    def _group(self) -> FocusGroup:
        item = self.item
        group = FocusGroup(
            slug=_slug(item),
            unit=Unit.objects.get(code="PIM"),
            languages=list(LANGUAGES),
            timezone=item["timezone"],
            names_kept=item["names_kept"],
            screening=_screening(self.by) if item["names_kept"] else None,
            selection=SelectionMode.BALANCED_DRAW
            if item["code"] == TO_BE_DRAWN
            else SelectionMode.FIRST_COME,
            reached=item["invite"] * 20,
            # What is said in it is coded with the same themes as the answers.
            consultation=Consultation.objects.filter(slug=ABOUT).first() if item["code"] == HELD else None,
        )
        for code in LANGUAGES:
            said = self.texts[code]
            self._say(group, code, title=item["title"][code], segment=item["description"][code])
            self._say(group, code, purpose=said["purpose"], eligibility=said["eligibility"])
            self._say(group, code, privacy_notice=said["privacy"])
            self._say(group, code, **{f"consent_{name}": said["consents"][name] for name in CONSENTS})
        group.closes_at = self._moment(self._days() - 5, time(23, 59)) if self._days() > 5 else None
        group.save()
        if item["code"] != "professionals_scientists":
            group.countries.set(Country.objects.filter(code=item["country"]))
        return group

    @staticmethod
    def _say(record: Any, language: str, **texts: str) -> None:
        for field, text in texts.items():
            setattr(record, build_localized_fieldname(field, language), text)

    def _rules(self, group: FocusGroup) -> None:
        if group.screening is None:
            return
        segment = SEGMENTS[self.item["code"]]
        rules = (*RULES, (f"not(selected(${{segments}}, '{segment}'))", "segment"))
        for order, (expression, reason) in enumerate(rules):
            rule = ExclusionRule(group=group, sort_order=order, excluded_when=expression)
            for code in LANGUAGES:
                self._say(rule, code, reason=self.texts[code]["reasons"][reason])
            rule.save()
        if group.selection == SelectionMode.BALANCED_DRAW:
            for order, quota in enumerate(BALANCE):
                Quota.objects.create(group=group, sort_order=order, **quota)

    def _guide(self, group: FocusGroup) -> None:
        for order, (_title, minutes, _prompts) in enumerate(self.texts["es"]["topics"]):
            topic = GuideTopic(group=group, sort_order=order, minutes=minutes)
            for code in LANGUAGES:
                title, _minutes, prompts = self.texts[code]["topics"][order]
                self._say(topic, code, title=title, prompts=prompts)
            topic.save()

    def _sessions(self, group: FocusGroup) -> list[FocusGroupSession]:
        places = [self.item["city"]]
        if self.item["code"] == TO_BE_DRAWN:
            places += self.item["other_cities"]
        return [self._session(group, place, later=2 * n) for n, place in enumerate(places)]

    def _session(self, group: FocusGroup, place: str, *, later: int) -> FocusGroupSession:
        item, es = self.item, self.texts["es"]
        online = item["modality"] == Modality.ONLINE
        session = FocusGroupSession(
            group=group,
            starts_at=self._moment(self._days() + later, time(18, 30)),
            timezone=item["timezone"],
            duration=item["duration_minutes"],
            language=item["session_language"],
            other_languages=" ".join(item["other_languages"]),
            modality=item["modality"],
            place=place,
            address="" if online else es["address"],
            link=f"https://reunion.demo.example/{group.slug}" if online else "",
            capacity=item["capacity"],
            invited=item["invite"],
            facilitator=self.facilitator,
            interpreter="quz, quy, es" if item["interpreter"] else "",
            accessibility=es["accessibility_online" if online else "accessibility"],
            childcare="" if online else es["childcare"],
        )
        stages.schedule(session=session, by=self.by)
        return session

    def _days(self) -> int:
        return 11 + 3 * self.number

    def _moment(self, days: int, clock: time) -> datetime:
        zone = ZoneInfo(self.item["timezone"])
        return datetime.combine(timezone.localdate(timezone=zone) + timedelta(days=days), clock, zone)

    def _people(self, group: FocusGroup, sessions: list[FocusGroupSession]) -> None:
        kind = self.item["code"]
        segment = SEGMENTS.get(kind, "")
        if kind == NEARLY_FULL:
            cities = [self.item["city"], *self.item["other_cities"]]
            group_people.confirmed(group, sessions[0], 7, segment=segment, cities=cities)
        elif kind == TO_BE_DRAWN:
            group_people.received(group, sessions, 60, segment=segment, cities=["Milano", "Roma", "Bérgamo"])
            stages.close_call(group=group, by=self.by)
        elif kind == HELD:
            group_people.confirmed(group, sessions[0], 6, segment=segment, cities=["Buenos Aires"])
            held_group.hold(sessions[0], by=self.facilitator)
