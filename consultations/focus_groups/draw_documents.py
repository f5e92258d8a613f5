"""What a draw was made from and what came of it, as a document that anyone can repeat it with."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..models import Draw, Quota
from . import selection
from .composition import Rule
from .selection import ALGORITHM, Entry, Seats, Selection

# Chances are estimated over so many draws with other seeds; fewer where there are thousands of people.
MOST_TRIALS = 200
_ENTRIES_A_TRIAL = 12_000


def published(draw: Draw) -> dict[str, Any]:
    """Everything that it takes to repeat the draw, and nothing that tells who somebody is."""
    return {
        "algorithm": draw.algorithm,
        "seed": draw.seed,
        "drawn_at": draw.drawn_at.isoformat(timespec="seconds"),
        "digest": draw.digest,
        "entries": draw.entries,
        **draw.quotas,
        "result": draw.result,
        "changes": [
            {"session": change.session_id, "reason": change.reason} for change in draw.overrides.all()
        ],
    }


def repeat(document: Mapping[str, Any]) -> Selection:
    """Make a published draw again. Raises ``ValueError`` where the entries are not those of the hash."""
    if digest_of(document["entries"]) != document["digest"]:
        raise ValueError(_("The entries are not the ones that were drawn from."))
    if document["algorithm"] != ALGORITHM:
        raise ValueError(
            _("This program does not know the algorithm %(name)s.") % {"name": document["algorithm"]}
        )
    entries = [entry_of(item) for item in document["entries"]]
    return selection.draw(
        entries, _rooms(document["sessions"]), _rules(document["quotas"]), seed=document["seed"]
    )


def entry_of(item: Mapping[str, Any]) -> Entry:
    return Entry(item["id"], item["profile"], frozenset(item["sessions"]))


def _stored(draw: Draw) -> tuple[list[Entry], dict[int, Seats], list[Rule]]:
    entries = [entry_of(item) for item in draw.entries]
    return entries, _rooms(draw.quotas["sessions"]), _rules(draw.quotas["quotas"])


def _rooms(items: Sequence[Mapping[str, Any]]) -> dict[int, Seats]:
    return {item["id"]: Seats(item["places"], item["seated"]) for item in items}


def _rules(items: Sequence[Mapping[str, Any]]) -> list[Rule]:
    return [
        Rule(item["question"], frozenset(item["options"]), item["minimum"], item["maximum"]) for item in items
    ]


def estimate_chances(draw: Draw) -> None:
    """The chance of each stratum, as a share of many draws among the same people with other seeds."""
    entries, rooms, rules = _stored(draw)
    trials = max(20, min(MOST_TRIALS, _ENTRIES_A_TRIAL // max(len(entries), 1)))
    members: dict[Any, list[Entry]] = defaultdict(list)
    for entry in entries:
        members[entry.stratum].append(entry)
    stratum = {entry.id: entry.stratum for entry in entries}
    times: Counter[Any] = Counter()
    for trial in range(trials):
        chosen = selection.draw(entries, rooms, rules, seed=f"{draw.seed}:chance:{trial}").chosen
        times.update(stratum[name] for names in chosen.values() for name in names)
    chances: list[dict[str, Any]] = [
        {
            "profile": {name: list(answers) for name, answers in key[0]},
            "sessions": list(key[1]),
            "people": len(people),
            "chance": times[key] / trials / len(people),
            "trials": trials,
        }
        for key, people in members.items()
    ]
    chances.sort(key=lambda item: (-item["people"], json.dumps(item["profile"], sort_keys=True)))
    Draw.objects.filter(pk=draw.pk).update(chances=chances)


def written(quotas: Sequence[Quota], rooms: Mapping[int, Seats]) -> dict[str, Any]:
    return {
        "quotas": [
            {
                "question": quota.question,
                "options": sorted(quota.options),
                "minimum": quota.minimum,
                "maximum": quota.maximum,
            }
            for quota in quotas
        ],
        "sessions": [
            {"id": session, "places": room.capacity, "seated": [dict(profile) for profile in room.seated]}
            for session, room in rooms.items()
        ],
    }


def digest_of(entries: Sequence[Mapping[str, Any]]) -> str:
    canonical = json.dumps(entries, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
