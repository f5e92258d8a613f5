"""How often one connection may do what robots like to do. Counted under a keyed hash, never by address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import structlog
from django.http import HttpRequest, HttpResponse
from django_ratelimit.core import is_ratelimited
from redis.exceptions import RedisError

from portal.security import client_key
from portal.views.errors import too_many

from .origin import is_ours
from .unsaved import carried

logger = structlog.get_logger(__name__)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# Whole families and offices share one connection abroad: generous for people, tight for machines.
RATES = {
    "start": "60/10m",
    "resume": "30/10m",
    "save": "600/10m",
    "send": "60/10m",
    "mail": "10/h",
    "sign-up": "60/10m",
    "new-link": "20/h",
}


def limited(group: str) -> Callable[[View[P]], View[P]]:
    """Answer 429 once a connection posts too often. The page says when to come back, and sends again what
    somebody wrote: a whole building may share the connection."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST" and over(request, group, key=client_key(request)):
                return too_many(request, carried=carried(request) if is_ours(request) else ())
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def over(request: HttpRequest, group: str, *, key: str, rate: str = "") -> bool:
    """Count one more, and say whether that is too many.

    Nothing is too many while Redis is away: nobody's answers are refused because they cannot be counted.
    """
    try:
        return bool(
            is_ratelimited(
                request,
                group=f"answering.{group}",
                key=lambda _group, _request: key,
                rate=rate or RATES[group],
                increment=True,
            )
        )
    except RedisError as reason:
        logger.warning("not_counted", group=group, reason=type(reason).__name__)
        return False
