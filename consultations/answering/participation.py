"""One person's part in a consultation: what their code opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from ..enums import Channel, ResponseStatus
from ..instrument.definition import Definition
from ..models import Consultation, ParticipationCode, QuestionnaireVersion, Response
from . import codes
from .plan import Plan, plan_of
from .sheet import Sheet


@dataclass
class Participation:
    """What a code opens. ``response`` exists once something was saved, and says then how it came in."""

    consultation: Consultation
    version: QuestionnaireVersion
    code: str
    response: Response | None
    language: str
    today: date
    channel: Channel = Channel.WEB

    @property
    def plan(self) -> Plan:
        return plan_of(self.version)

    @property
    def sheet(self) -> Sheet:
        if self.response is None:
            return Sheet(language=self.language)
        return replace(Sheet.of(self.response), language=self.language)

    @property
    def is_sent(self) -> bool:
        return self.response is not None and self.response.status == ResponseStatus.SUBMITTED

    @property
    def is_withdrawn(self) -> bool:
        return self.response is not None and self.response.status == ResponseStatus.WITHDRAWN

    @property
    def has_changes(self) -> bool:
        """Sent before, edited since, and the edits not sent yet."""
        return self.response is not None and self.response.changes is not None


def participation(
    *, consultation: Consultation, code: str, language: str, lock: bool = False
) -> Participation | None:
    """The part that belongs to a code; ``None`` when there is no questionnaire to answer."""
    # The version's document is large and rarely needed: the plan made from it is kept in the process.
    codes_found = ParticipationCode.objects.select_related("response__version").defer(
        "response__version__document"
    )
    if lock:
        codes_found = codes_found.select_for_update(of=("self", "response"))
    found = codes_found.filter(digest=codes.digest(code), response__consultation=consultation).first()
    response = found.response if found else None
    version = response.version if response else newest_version(consultation)
    if version is None:
        return None
    return Participation(
        consultation=consultation,
        version=version,
        code=code,
        response=response,
        language=spoken_in(plan_of(version).definition, language),
        today=today_of(consultation),
    )


def spoken_in(definition: Definition, language: str) -> str:
    """The language in which questions are shown to somebody who reads the site in ``language``."""
    return language if language in definition.languages else definition.default_language


def today_of(consultation: Consultation, at: datetime | None = None) -> date:
    """The day on the consultation's own calendar: days, not moments, are what is kept."""
    return (at or timezone.now()).astimezone(ZoneInfo(consultation.timezone)).date()


def newest_version(consultation: Consultation) -> QuestionnaireVersion | None:
    """The version that new participants answer, without its document."""
    if consultation.questionnaire_id is None:
        return None
    versions = QuestionnaireVersion.objects.filter(questionnaire=consultation.questionnaire_id)
    return versions.defer("document").order_by("-number").first()
