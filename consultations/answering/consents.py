"""Permissions: which text was agreed to, in which language, on which day. Never by whom.

Purposes: ``use`` (asked before sending), ``quotes`` (optional, asked before sending), ``sensitive`` (the
portal's own question before the first sensitive one) and ``question.<name>`` (an acknowledgement of the
questionnaire that opens sensitive questions). Taking a permission back deletes what it covered, at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .plan import Plan

USE = "use"
QUOTES = "quotes"
SENSITIVE = "sensitive"
AGREED = "OK"

Consent = dict[str, Any]
Answers = Mapping[str, Any]


def of_question(name: str) -> str:
    return f"question.{name}"


def purposes(given: Iterable[Consent]) -> frozenset[str]:
    return frozenset(consent["purpose"] for consent in given)


def consent(purpose: str, text: str, *, version: int, language: str, on: date) -> Consent:
    """One permission, as it is kept. ``text`` is what the person read, in their language."""
    return {
        "purpose": purpose,
        "version": version,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "language": language,
        "given_on": on.isoformat(),
    }


def with_consent(given: Iterable[Consent], new: Consent) -> list[Consent]:
    """The first time somebody agreed to a text stands; another text replaces it."""
    kept = list(given)
    if any(c["purpose"] == new["purpose"] and c["digest"] == new["digest"] for c in kept):
        return kept
    return [*without_consent(kept, new["purpose"]), new]


def without_consent(given: Iterable[Consent], purpose: str) -> list[Consent]:
    return [consent for consent in given if consent["purpose"] != purpose]


def follow_acknowledgements(
    plan: Plan, answers: Answers, given: Iterable[Consent], *, version: int, language: str, on: date
) -> list[Consent]:
    """The permissions that the questionnaire's own acknowledgements give or take back."""
    kept = list(given)
    have = purposes(kept)
    for name in sorted(plan.acknowledgements):
        if answers.get(name) == AGREED and of_question(name) in have:
            continue
        if answers.get(name) == AGREED:
            label = plan.definition.question(name).label
            spoken = language if language in label else plan.definition.default_language
            text = label.get(spoken, "")
            new = consent(of_question(name), text, version=version, language=spoken, on=on)
            kept = with_consent(kept, new)
        else:
            kept = without_consent(kept, of_question(name))
    return kept


def closed(plan: Plan, given: Iterable[Consent]) -> frozenset[str]:
    """Sensitive questions that stay out of sight and out of the records for want of a permission."""
    have = purposes(given)
    return frozenset(
        name
        for name, acknowledgements in plan.gates.items()
        if not (have & {of_question(a) for a in acknowledgements} if acknowledgements else SENSITIVE in have)
    )


def without_closed(plan: Plan, answers: Answers, given: Iterable[Consent]) -> dict[str, Any]:
    """The answers, less those to sensitive questions that no permission covers."""
    shut = closed(plan, given)
    names = {
        n for question in plan.definition.questions() if question.name in shut for n in question.answer_names
    }
    return {name: answer for name, answer in answers.items() if name not in names}


def default_sensitive_text() -> str:
    return _(
        "I agree to be asked questions about sensitive data, and that my answers to them are used for this "
        "consultation. I can leave any of them blank, and take this back here at any time before closing: "
        "those answers are then deleted."
    )


def use_text(unit: str) -> str:
    return _(
        "I agree that %(unit)s uses my answers for the purpose of this consultation and publishes results "
        "that do not identify me."
    ) % {"unit": unit}


def quotes_text() -> str:
    return _("I agree that sentences from my own words are published, without my name and my city.")
