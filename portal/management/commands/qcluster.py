from __future__ import annotations

from typing import Any

from django_q.management.commands import qcluster

from portal import queue_messages, scratch


class Command(qcluster.Command):
    """The worker; it begins with what one that was killed left behind."""

    def handle(self, *args: Any, **options: Any) -> None:
        scratch.sweep()
        queue_messages.give_back()
        super().handle(*args, **options)
