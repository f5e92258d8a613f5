"""Background jobs and caches: the database and the process by default, Redis through REDIS_URL."""

from typing import Any

from .env import DEBUG, VAR_DIR, env

__all__ = ["CACHES", "Q_CLUSTER", "RATELIMIT_USE_CACHE"]

_redis_url: str = env.str("REDIS_URL", default="")

Q_CLUSTER: dict[str, Any] = {
    "name": "portal",
    "workers": env.int("WORKERS", default=2),
    "timeout": 1800,
    "retry": 2400,
    "max_attempts": 3,
    "catch_up": False,
    "label": "Jobs",
    "poll": 1,
    # Workers say there that they live, and /readyz reads it: the cache that processes share.
    "cache": "limits",
    "save_limit": 1000,
}
if _redis_url:
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    Q_CLUSTER["redis"] = _redis_url
    # Asking again three times is for jobs; a person waits for the answer.
    _once: dict[str, Any] = {"retry": Retry(NoBackoff(), 0)}
    CACHES: dict[str, dict[str, Any]] = {
        # A page must not wait for a cache that hangs: making it anew takes less than a second.
        "default": {
            "BACKEND": "portal.forgetful_cache.ForgetfulRedisCache",
            "LOCATION": _redis_url,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1, **_once},
        },
        "limits": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": _redis_url,
            "OPTIONS": {"socket_timeout": 3, "socket_connect_timeout": 3, **_once},
        },
    }
else:
    Q_CLUSTER["orm"] = "default"
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        # Rate limits must be counted across processes.
        "limits": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "limits",
            # Above this number it forgets some at random, and with them how often somebody tried.
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
    }
if DEBUG:
    Q_CLUSTER["max_attempts"] = 1
# A process of its own would let everybody try once more for each process that there is.
RATELIMIT_USE_CACHE = "limits"
