"""The demonstration's earlier survey, brought in from a file as staff would."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from portal.models import User

from .. import tasks
from ..models import Consultation, WaveImport
from ..waves import importing
from ..waves.mapping import Plan

_FOLDER = Path(__file__).parent / "waves"
_FILE = "encuesta_2024.csv"


def load_wave(by: User, *, like: str = "necesidades-2026") -> None:
    """Invented answers of 2024, of which every row can be taken. Rerunnable."""
    if WaveImport.objects.filter(file_name=_FILE).exists():
        return
    wave = importing.upload(
        like=Consultation.objects.get(slug=like),
        title="Encuesta de 2024 (demostración)",
        source="Datos inventados para la demostración",
        collected_on=date(2024, 5, 28),
        content=(_FOLDER / _FILE).read_bytes(),
        file_name=_FILE,
        by=by,
    )
    tasks.read_wave(str(wave.pk))
    plan = Plan.from_json(json.loads((_FOLDER / "encuesta_2024.plan.json").read_text(encoding="utf-8")))
    importing.name_columns(wave=wave, plan=plan, by=by)
    tasks.check_wave(str(wave.pk))
    importing.take(wave=wave, leave_out=False, by=by)
    tasks.store_wave(str(wave.pk))
