"""What a command writes is whole, or is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from consultations.exports.placing import placed


def test_file_comes_with_what_was_written_beside_it(tmp_path: Path) -> None:
    with placed(tmp_path / "a.csv") as there:
        there.write_text("answers")
        there.with_name("a-codebook.csv").write_text("codes")

    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "a.csv": "answers",
        "a-codebook.csv": "codes",
    }


def test_file_of_before_stays_where_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("yesterday")

    with pytest.raises(OSError, match="disk full"):
        half_written(path)

    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.csv", "yesterday")]


def half_written(path: Path) -> None:
    with placed(path) as there:
        there.write_text("half")
        raise OSError("disk full")
