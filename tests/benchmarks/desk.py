"""What an analyst waits for at the desk, and whether heavy work makes anybody else wait.

Real connections to a server with two workers; an export is written beside it, as by a worker of the queue.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from .machine import Machine, Outcome
from .server import server
from .table import Row
from .visitors import Visitor, expect

# Seconds. A page of the public site that takes longer than this while a file is written was blocked.
AIMS = {"overview": 0.3, "crosstab": 0.3}
MEANWHILE_AIM = 1.0
LOOKS = 12
NAMES = {"overview": "overview page", "crosstab": "cross-tab page"}


def screens(machine: Machine, what: str) -> Iterator[Row]:
    """Pages of the analysis, and pages of both sides while a first frame and a workbook are made."""
    said = machine.step("staff").said
    content = machine.step("addresses").said["content"]
    with server(machine) as running:
        analyst, member = Visitor(running.port, dict(said["cookies"])), Visitor(running.port)
        for name, title in NAMES.items():
            times = [_seconds(analyst, said[name]) for _look in range(LOOKS)]
            warm = sorted(times)[LOOKS // 2]
            yield Row(f"{what}: {title}, first", machine.database, f"{1000 * times[0]:,.0f} ms")
            yield Row(f"{what}: {title}, warm", machine.database, *_verdict(warm, AIMS[name]))
        with ThreadPoolExecutor(1) as queue:
            writing = queue.submit(machine.step, "export-anew", "xlsx", machine.folder / "meanwhile.xlsx")
            looks = list(_meanwhile(writing, {content: member, said["overview"]: analyst}))
            writing.result()
        for path, title in ((content, "content page"), (said["overview"], "overview page")):
            times = [seconds for seen, seconds in looks if seen == path]
            name = f"{what}: {title} while a workbook is written, slowest of {len(times)}"
            yield Row(name, machine.database, *_verdict(max(times), MEANWHILE_AIM))


def _meanwhile(writing: Future[Outcome], pages: dict[str, Visitor]) -> Iterator[tuple[str, float]]:
    number = 0
    while not writing.done():
        for path, visitor in pages.items():
            # With an unknown parameter a page is made anew.
            yield path, _seconds(visitor, f"{path}?n={number}")
            number += 1
        time.sleep(0.1)


def _seconds(visitor: Visitor, path: str) -> float:
    begun = time.perf_counter()
    expect(visitor.get(path), 200)
    seconds = time.perf_counter() - begun
    visitor.rest()
    return seconds


def _verdict(seconds: float, aim: float) -> tuple[str, None, None, str, bool]:
    return f"{1000 * seconds:,.0f} ms", None, None, f"< {1000 * aim:,.0f} ms", seconds < aim
