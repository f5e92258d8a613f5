"""Transcripts: four formats, turns by seat, no names, nothing half stored."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from consultations.enums import SessionStatus
from consultations.focus_groups import transcript_files, transcripts
from consultations.focus_groups.names import Found
from consultations.focus_groups.transcript_files import Unreadable
from consultations.focus_groups.turns import Line, Turn, milliseconds, turns
from consultations.lifecycle import NotAllowed
from consultations.models import Excerpt, Transcript
from consultations.models.session_notes import private_storage
from portal.models import AuditEntry
from tests.consultations.staff import staff
from tests.factories.focus_groups import RegistrationFactory, SessionFactory

TEXT = """Moderadora: ¿Cómo fue su primer año?

Participante 1: Difícil. No sabía a quién preguntar.
Después encontré la asociación.

[00:01:30] Participante 2: A mí me ayudó mi tía.
"""
VTT = """WEBVTT

NOTE hecha a mano

00:00:01.000 --> 00:00:04.000
<v Moderadora>¿Cómo fue su primer año?</v>

00:00:05.000 --> 00:00:08.500
<v Participante 1>Difícil. No sabía</v>

00:00:09.000 --> 00:00:10.000
a quién preguntar &amp; no había nadie.
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
Moderador: ¿Cómo fue
su <i>primer</i> año?

2
00:00:05,000 --> 00:00:08,500
P1: Difícil.
"""


def docx(*paragraphs: str, rows: Any = ()) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def read(name: str, content: str | bytes) -> list[tuple[Any, ...]]:
    raw = content.encode() if isinstance(content, str) else content
    return [
        (turn.speaker, turn.is_moderator, turn.text, turn.begins, turn.ends)
        for turn in turns(transcript_files.read(name, raw))
    ]


def test_text_becomes_turns() -> None:
    assert read("a.txt", TEXT) == [
        (None, True, "¿Cómo fue su primer año?", None, None),
        (1, False, "Difícil. No sabía a quién preguntar. Después encontré la asociación.", None, None),
        (2, False, "A mí me ayudó mi tía.", 90_000, None),
    ]


def test_web_captions_become_turns_with_times() -> None:
    assert read("a.vtt", VTT) == [
        (None, True, "¿Cómo fue su primer año?", 1_000, 4_000),
        (1, False, "Difícil. No sabía a quién preguntar & no había nadie.", 5_000, 10_000),
    ]


def test_subtitles_become_turns_with_times() -> None:
    assert read("a.SRT", SRT) == [
        (None, True, "¿Cómo fue su primer año?", 1_000, 4_000),
        (1, False, "Difícil.", 5_000, 8_500),
    ]


def test_word_document_becomes_turns_with_its_tables() -> None:
    content = docx(
        "Moderador: ¿Y el consulado?", "Participante 1: Cierra.", rows=[("Participante 2", "Abre.")]
    )

    assert [turn[:3] for turn in read("a.docx", content)] == [
        (None, True, "¿Y el consulado?"),
        (1, False, "Cierra."),
        (2, False, "Abre."),
    ]


@pytest.mark.parametrize(
    ("label", "speaker", "moderator"),
    [
        ("Participante 3", 3, False),
        ("PARTICIPANTE N.º 3", 3, False),
        ("Participant 12", 12, False),
        ("Partecipante 4", 4, False),
        ("P7", 7, False),
        ("Moderadora", None, True),
        ("Moderador(a)", None, True),
        ("Moderación", None, True),
        ("Facilitador 2", None, True),
        ("Interviewer", None, True),
    ],
)
def test_labels_in_several_languages(label: str, speaker: int | None, moderator: bool) -> None:
    assert turns([Line(1, f"{label}: sí")]) == [Turn("sí", 1, speaker=speaker, is_moderator=moderator)]


def test_colon_in_a_sentence_is_no_label() -> None:
    line = "me dijeron lo siguiente: vuelva mañana"

    assert turns([Line(1, "P1: Fui."), Line(2, line)]) == [Turn(f"Fui. {line}", 1, speaker=1)]


def test_captions_without_speakers_are_cut_at_pauses() -> None:
    lines = [Line(1, "uno", 0, 1000), Line(2, "dos", 1500, 2000), Line(3, "tres", 9000, 9500)]

    assert [turn.text for turn in turns(lines)] == ["uno dos", "tres"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a", b"hola"),
        ("a.txt", b""),
        ("a.txt", b" \n\t\n"),
        ("a.txt", b"P1: \x00\x01\x02"),
        ("a.vtt", b"hola, esto no es nada"),
        ("a.vtt", b"WEBVTT\n\n"),
        ("a.srt", b"1\n00:00:0x --> 9\nhola"),
        ("a.docx", b"no zip at all"),
        ("a.docx", docx("hola")[:-40]),
        ("a.txt", b"x" * (transcript_files.LARGEST + 1)),
        ("a.txt", b"hola\n" * (transcript_files.MOST_LINES + 1)),
    ],
)
def test_broken_file_is_told_in_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\w+ .*\."):
        transcript_files.read(name, content)


def test_document_that_swells_is_refused_unread() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"0" * (transcript_files.LARGEST_UNPACKED + 1))

    with pytest.raises(Unreadable):
        transcript_files.read("a.docx", packed.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_of_any_editor_is_read(encoding: str) -> None:
    assert [turn[2] for turn in read("a.txt", "P1: Año difícil".encode(encoding))] == ["Año difícil"]


@given(st.binary(max_size=300), st.sampled_from([".txt", ".docx", ".vtt", ".srt"]))
def test_no_file_whatever_breaks_the_reader(content: bytes, ending: str) -> None:
    with suppress(Unreadable):
        turns(transcript_files.read(f"a{ending}", content))


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.text(st.characters(categories=["L", "P"]), min_size=1, max_size=40)),
        min_size=1,
    )
)
def test_no_word_is_lost_between_file_and_turns(said: list[tuple[int, str]]) -> None:
    lines = [Line(number, f"P{seat}: x{text}") for number, (seat, text) in enumerate(said, start=1)]

    assert [(turn.speaker, turn.text) for turn in turns(lines)] == [(seat, f"x{text}") for seat, text in said]


@pytest.mark.parametrize(
    ("text", "expected"), [("01:02:03,450", 3_723_450), ("02:03", 123_000), ("0:01.5", 1_500)]
)
def test_times_are_milliseconds(text: str, expected: int) -> None:
    assert milliseconds(text) == expected


def held(**changes: Any) -> Any:
    return SessionFactory(past=True, status=SessionStatus.HELD, capacity=3, **changes)


def store(session: Any, content: str = TEXT, **changes: Any) -> Transcript:
    given = {
        "session": session,
        "name": "a.txt",
        "content": content.encode(),
        "language": "es",
        "by": staff(),
    }
    return transcripts.store(**given | changes)


@pytest.mark.django_db
def test_transcript_is_kept_with_its_excerpts() -> None:
    session = held()

    transcript = store(session)

    assert list(Excerpt.objects.values_list("number", "speaker", "is_moderator", "begins")) == [
        (1, None, True, None),
        (2, 1, False, None),
        (3, 2, False, 90_000),
    ]
    with private_storage().open(transcript.file.name) as kept:
        assert kept.read() == TEXT.encode()
    assert AuditEntry.objects.filter(verb="transcript.stored").count() == 1


@pytest.mark.django_db
def test_same_file_twice_is_once(tmp_path: Path) -> None:
    session = held()

    assert store(session) == store(session)
    assert (Transcript.objects.count(), Excerpt.objects.count()) == (1, 3)
    assert len([path for path in (tmp_path / "private").rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_names_of_people_who_signed_up_are_refused(tmp_path: Path) -> None:
    session = held()
    RegistrationFactory(group=session.group, contact__name="Luz Quispe")
    text = "P1: Como decía Quíspe, la luz se fue.\nP2: Escríbanle a quien@example.org.\nMarta: Yo también."

    with pytest.raises(transcripts.NamesFound) as refusal:
        store(session, text)

    assert refusal.value.found == [Found(1, "Quíspe"), Found(2, "quien@example.org."), Found(3, "Marta")]
    assert (Transcript.objects.count(), Excerpt.objects.count()) == (0, 0)
    assert not (tmp_path / "private").exists()


@pytest.mark.django_db
def test_words_that_are_no_names_after_all_can_be_kept() -> None:
    session = held()
    RegistrationFactory(group=session.group, contact__name="Luz")

    transcript = store(session, "P1: Luz y agua suben.", names_checked=True)

    assert transcript.excerpts.get().text == "Luz y agua suben."
    assert AuditEntry.objects.get(verb="transcript.stored").details["names_checked"] is True


@pytest.mark.django_db
def test_seat_that_the_session_does_not_have_is_told() -> None:
    with pytest.raises(Unreadable, match="9"):
        store(held(), "P1: Hola.\nP9: Hola.")


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{}, {"past": True, "status": SessionStatus.CANCELLED}])
def test_session_that_did_not_take_place_has_no_transcript(changes: Any) -> None:
    with pytest.raises(NotAllowed):
        store(SessionFactory(**changes))


@pytest.mark.django_db
def test_failure_halfway_leaves_nothing(tmp_path: Path, settings: Any) -> None:
    session = held()
    # A folder that is a file: nothing can be written into it.
    (tmp_path / "private").write_text("")

    with pytest.raises(OSError, match="private"):
        store(session)

    assert (Transcript.objects.count(), Excerpt.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_removed_transcript_takes_its_excerpts_and_its_file(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    transcript = store(held())

    with django_capture_on_commit_callbacks(execute=True):
        transcripts.remove(transcript=transcript, by=staff())
        transcripts.remove(transcript=transcript, by=staff())

    assert (Transcript.objects.count(), Excerpt.objects.count()) == (0, 0)
    assert [path for path in (tmp_path / "private").rglob("*") if path.is_file()] == []
    assert AuditEntry.objects.filter(verb="transcript.removed").count() == 1
