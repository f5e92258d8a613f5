from __future__ import annotations

from typing import Any

from django.db import connections
from django_q.management.commands import qcluster

from portal import queue_messages, scratch


class Command(qcluster.Command):
    """The worker; it begins with what one that was killed left behind."""

    def handle(self, *args: Any, **options: Any) -> None:
        scratch.sweep()
        queue_messages.give_back()
        _hang_up()
        super().handle(*args, **options)


def _hang_up() -> None:
    """What is forked next has no use for the line, and SQLite forbids to take one along."""
    for wrapper in connections.all(initialized_only=True):
        if not wrapper.in_atomic_block:
            wrapper.close()
            getattr(wrapper, "close_pool", wrapper.close)()
