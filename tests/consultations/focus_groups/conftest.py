from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django_q.signals import pre_execute


@pytest.fixture
def queued(db: None, django_capture_on_commit_callbacks: Any) -> Any:
    """What the queue is told: ``with queued() as tasks: …`` leaves the arguments of each task, in order."""

    @contextmanager
    def watching() -> Iterator[list[tuple[Any, ...]]]:
        told: list[tuple[Any, ...]] = []

        def note(task: dict[str, Any], **_rest: Any) -> None:
            told.append(task["args"])

        pre_execute.connect(note)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                yield told
        finally:
            pre_execute.disconnect(note)

    return watching
