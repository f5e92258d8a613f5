"""The cache of pages in Redis. It holds nothing that matters: while Redis is away, pages are made anew."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

logger = structlog.get_logger(__name__)
T = TypeVar("T")
PATIENCE = 5.0


class ForgetfulRedisCache(RedisCache):
    """As Redis without a memory when it does not answer, and not asked again for some seconds.

    Not for what has to be counted.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or(default, lambda: super(ForgetfulRedisCache, self).get(key, default, version))

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        _or(None, lambda: super(ForgetfulRedisCache, self).set(key, value, *args, **options))

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> bool:
        return _or(False, lambda: super(ForgetfulRedisCache, self).add(key, value, *args, **options))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return _or(False, lambda: super(ForgetfulRedisCache, self).delete(key, version))


class _Away:
    """Since when this process leaves Redis alone: a page asks often, and must wait for it once at most."""

    until = 0.0


def _or(instead: T, ask: Callable[[], T]) -> T:
    if monotonic() < _Away.until:
        return instead
    try:
        return ask()
    except (ConnectionError, TimeoutError) as reason:
        _Away.until = monotonic() + PATIENCE
        logger.warning("cache_away", reason=type(reason).__name__)
        return instead
