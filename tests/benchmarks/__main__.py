"""``make bench``: how fast the portal is on this machine, as a table.

Production settings, a database and a folder of its own, nothing but the loopback. ``--quick`` measures a
tenth, to see that it works. The hundred thousand responses of the last rows are ten thousand simulated ones,
each stored ten times under a new id; ``--whole`` simulates every one of them, which takes minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from . import visitors
from .desk import screens
from .machine import Machine, StepError, postgres, sqlite
from .server import server
from .table import Row, Table

FORMATS = ("csv", "xlsx", "sav")
# Seconds for a hundred thousand responses to 32 questions, and what memory they may take.
EXPORT_AIMS = {"csv": 5.0, "xlsx": 30.0, "sav": 10.0}
MEMORY_AIM = 700.0
# Seconds of parts of the analysis, and what memory all of it may take.
ANALYSIS_AIMS = {
    "frame, cold": 5.0,
    "overview, warm": 0.3,
    "cross-tab, slowest of five": 0.1,
    "frame, after 100 answers": 0.5,
}
FRAME_MEMORY_AIM = 1000.0
REPEATED = (
    "* simulated responses, each stored ten times under a new id; BENCH_ARGS=--whole simulates all of them"
)
# Seconds for a balanced draw of twelve from five thousand.
DRAW_AIM = 5.0
# Percent of the people in the figures of the demonstration that protection may hide.
HIDDEN_AIM = 45.0


def main() -> int:
    arguments = _arguments()
    scale = 10 if arguments.quick else 1
    table = Table()
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    try:
        _everything(table, folder, scale, whole=arguments.whole)
    except StepError as failure:
        table.print_end(_this_machine())
        sys.stderr.write(f"Stopped: {failure}\n")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    table.print_end(_this_machine(), "" if arguments.whole else REPEATED)
    return 0


def _everything(table: Table, folder: Path, scale: int, *, whole: bool) -> None:
    small = sqlite(folder)
    prepare(small)
    for row in web(small, scale):
        table.add(row)
    with postgres(folder) as large:
        if large is None:
            table.add(Row("pages, saves and submissions", "PostgreSQL", "skipped: not installed"))
        else:
            prepare(large)
            for row in web(large, scale):
                table.add(row)
    for row in hidden(small):
        table.add(row)
    table.add(draw(small, scale))
    for row in files(small, scale, whole=whole):
        table.add(row)


def prepare(machine: Machine) -> None:
    """The demonstration in an empty database."""
    machine.manage("migrate", "--verbosity=0")
    machine.manage("load_demo")
    machine.manage("collectstatic", "--noinput", "--verbosity=0")


def web(machine: Machine, scale: int) -> Iterator[Row]:
    """Pages and answers through a real server."""
    queries = machine.step("queries").said
    addresses = machine.step("addresses").said
    with server(machine) as running:
        loads = [600 // scale // visitors.AT_ONCE] * visitors.AT_ONCE
        for name, title in (("content", "content page"), ("landing", "consultation page")):
            yield Row(f"{title}, first after a start", machine.database, "", queries[f"{name} cold"])
            for kept in (False, True):
                state = "cached" if kept else "uncached"
                visit = visitors.open_page(running.port, addresses[name], kept=kept)
                visit(3)
                speed = visitors.rate(visit, loads)
                aim = f"≤ {2 if kept else 10} queries"
                count = queries[f"{name} {state}"]
                fine = count <= (2 if kept else 10)
                yield Row(f"{title}, {state}", machine.database, f"{speed:,.0f} /s", count, None, aim, fine)
        yield from _answers(machine, running.port, queries, people=max(8, 64 // scale))
        yield from _sign_ups(machine, running.port, people=max(8, 200 // scale))
        title = "web server, two workers together"
        yield Row(title, machine.database, "", None, running.peak_mb())


def _answers(machine: Machine, port: int, queries: dict[str, int], *, people: int) -> Iterator[Row]:
    recorded = visitors.record(port, _start(machine))
    crowd = [visitors.begin(port, recorded) for _person in range(people)]
    saves = visitors.rate(partial(visitors.answer, recorded=recorded), crowd)
    sent = visitors.rate(partial(visitors.send, recorded=recorded), crowd)
    count = queries["save"]
    yield Row("section saved", machine.database, f"{saves:,.0f} /s", count, None, "≤ 8 queries", count <= 8)
    yield Row("response sent", machine.database, f"{sent:,.0f} /s", queries["send"])


def _sign_ups(machine: Machine, port: int, *, people: int) -> Iterator[Row]:
    """Many who want the twelve places of a focus group: the form, and then the link of the mail."""
    pages = machine.step("open-call").said
    session, sign_up, place = str(pages["session"]), pages["sign_up"], pages["place"]
    speed = visitors.rate(partial(visitors.sign_up, port, sign_up, session), range(people))
    yield Row("sign-up for a focus group", machine.database, f"{speed:,.0f} /s")
    links = machine.step("links").said
    speed = visitors.rate(partial(visitors.confirm, port, place), links)
    yield Row("sign-up confirmed by its link", machine.database, f"{speed:,.0f} /s")


def _start(machine: Machine) -> str:
    address: str = machine.step("addresses").said["start"]
    return address


def hidden(machine: Machine) -> Iterator[Row]:
    """How much of the figures is kept back from who reads no single response."""
    for what, share in machine.step("hiding").said.items():
        said = f"{share['cells']:.0f} % cells, {share['people']:.0f} % people"
        fine = share["people"] < HIDDEN_AIM
        aim = f"< {HIDDEN_AIM:.0f} % people"
        yield Row(f"hidden, {what}", machine.database, said, None, None, aim, fine)


def draw(machine: Machine, scale: int) -> Row:
    """Twelve people for a focus group, out of thousands."""
    people = 5_000 // scale
    done = machine.step("draw", people)
    fine = done.said["seconds"] < DRAW_AIM and done.said["drawn"] == 12
    title = f"draw of 12 from {people:,}, five quotas"
    figures = _figures(done.said)
    return Row(title, machine.database, *figures, done.peak_mb, f"< {DRAW_AIM:.0f} s", fine)


def files(machine: Machine, scale: int, *, whole: bool) -> Iterator[Row]:
    """The workbook in, simulated people, and everything out again."""
    done = machine.step("import")
    yield Row("workbook imported, 32 questions", machine.database, *_figures(done.said), done.peak_mb)
    few = 10_000 // scale
    done = machine.step("simulate", few)
    aim = 60.0 / scale
    seconds = done.said["seconds"]
    yield Row(
        f"{few:,} responses simulated",
        machine.database,
        *_figures(done.said),
        done.peak_mb,
        f"< {aim:.0f} s",
        seconds < aim,
    )
    machine.step("trim", few)
    yield from _exports(machine, f"{few:,} responses", scale=None)
    many = few * 10
    if whole:
        machine.step("simulate", many - few, 8)
        machine.step("trim", many)
    else:
        machine.step("multiply", 10)
    what = f"{many:,} responses{'' if whole else '*'}"
    yield _export_of_all_anew(machine, what)
    yield from _exports(machine, what, scale=scale)
    yield from _analysis(machine, what)
    yield from screens(machine, what)


def _analysis(machine: Machine, what: str) -> Iterator[Row]:
    """A tenth of the answers has to take no more than the whole: aims do not shrink with ``--quick``."""
    done = machine.step("analysis")
    for name, seconds in done.said.items():
        aim = ANALYSIS_AIMS.get(name)
        wanted = f"< {1000 * aim:,.0f} ms" if aim else ""
        yield Row(
            f"{what}: {name}",
            machine.database,
            f"{1000 * seconds:,.0f} ms",
            None,
            None,
            wanted,
            aim is None or seconds < aim,
        )
    fine = done.peak_mb < FRAME_MEMORY_AIM
    title = f"{what}: all of the analysis"
    yield Row(title, machine.database, "", None, done.peak_mb, f"< {FRAME_MEMORY_AIM:.0f} MB", fine)


def _export_of_all_anew(machine: Machine, what: str) -> Row:
    """The first of all, for which every answer has to be read; what comes later finds them read."""
    done = machine.step("export-anew", "csv", machine.folder / "first.csv")
    fine = done.peak_mb < MEMORY_AIM
    figures = _figures(done.said)
    return Row(
        f"{what} to CSV, nothing read before",
        machine.database,
        *figures,
        done.peak_mb,
        f"< {MEMORY_AIM:.0f} MB",
        fine,
    )


def _exports(machine: Machine, what: str, *, scale: int | None) -> Iterator[Row]:
    for kind in FORMATS:
        done = machine.step("export", kind, machine.folder / f"export.{kind}")
        title = f"{what} to {kind.upper()}"
        figures = _figures(done.said)
        if scale is None:
            yield Row(title, machine.database, *figures, done.peak_mb)
            continue
        aim = EXPORT_AIMS[kind] / scale
        fine = done.said["seconds"] < aim and done.peak_mb < MEMORY_AIM
        yield Row(
            title, machine.database, *figures, done.peak_mb, f"< {aim:.0f} s, < {MEMORY_AIM:.0f} MB", fine
        )


def _figures(said: dict[str, float]) -> tuple[str, int]:
    return f"{said['seconds']:.1f} s", int(said["queries"])


def _this_machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--whole", action="store_true", help="simulate all hundred thousand responses")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
