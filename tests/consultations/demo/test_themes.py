"""The demonstration's themes: what was said in its focus group is found by the words of its frame."""

from __future__ import annotations

import json

from consultations.demo.content import FOLDER
from consultations.demo.themes import SOURCE


def test_words_of_the_focus_group_and_of_answers_share_themes() -> None:
    said = json.loads((FOLDER / "content" / "focus_groups" / "held.json").read_text(encoding="utf-8"))
    codes = json.loads(SOURCE.read_text(encoding="utf-8"))["codes"]
    spoken = [line.lower() for line in said["transcript"] if "Moderadora" not in line]

    found = {c["name"] for c in codes for line in spoken if any(word in line for word in c["words"])}

    assert found == {"b_family", "d_appointments", "d_hours", "d_information", "d_waiting"}
