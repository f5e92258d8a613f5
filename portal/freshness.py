"""When did the public site last change? Kept pages and menus carry the answer in their key.

The stamp is a row in the database, because several web processes must see the same one; reading it is the
one query of a page that is served from the cache.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

from .models.site_stamp import SiteStamp

T = TypeVar("T")
_THE_ONE = 1
_AN_HOUR = 3600


def stamp() -> str:
    value = SiteStamp.objects.filter(pk=_THE_ONE).values_list("value", flat=True).first()
    return str(value) if value else "new"


def stamp_for(request: HttpRequest | None) -> str:
    """The stamp, read once a request."""
    if request is None:
        return stamp()
    if not hasattr(request, "_site_stamp"):
        request._site_stamp = stamp()  # type: ignore[attr-defined]  # our own note on the request
    return str(request._site_stamp)  # type: ignore[attr-defined]  # set just above


def touch(**_kwargs: Any) -> None:
    """Something public changed. Others see it when the transaction that changed it is through."""
    SiteStamp.objects.update_or_create(pk=_THE_ONE, defaults={"value": uuid.uuid4()})


def watch(*models: type[Model]) -> None:
    """Let each saved or deleted record of these models refresh the public site."""
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(touch, sender=model, dispatch_uid=f"freshness-{model._meta.label}")


def kept(name: str, build: Callable[[], T], *, request: HttpRequest | None) -> T:
    """The value of ``build``, kept until something public changes, for an hour at most."""
    return cast("T", cache.get_or_set(f"kept:{stamp_for(request)}:{name}", build, timeout=_AN_HOUR))
