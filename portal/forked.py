"""A process that was forked lets go of the connections to PostgreSQL that its parent has open.

The queue forks its workers. django-q2 closes the connections before; with a pool, closing only gives them
back, and parent and children would then talk over the same line, each reading what was meant for another.
"""

from __future__ import annotations

import os
from typing import Any

from django.db import connections

# Never taken apart here: to close them would end the parent's sessions.
_of_the_parent: list[Any] = []


def let_go_after_fork() -> None:
    """From now on every forked process opens connections of its own. Told twice, it does no harm."""
    os.register_at_fork(after_in_child=let_go)


def let_go() -> None:
    for wrapper in connections.all(initialized_only=True):
        pools = getattr(wrapper, "_connection_pools", None)
        if pools is not None:
            _of_the_parent.extend((wrapper, dict(pools)))
            pools.clear()
            del connections[wrapper.alias]
