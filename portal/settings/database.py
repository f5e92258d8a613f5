"""SQLite embedded by default, PostgreSQL through DATABASE_URL."""

from typing import Any

from .env import VAR_DIR, env

__all__ = ["DATABASES"]

_database: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")

if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        # A writer takes its lock at once and waits for it: no "database is locked" halfway through.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=0;PRAGMA cache_size=-20000;"
        ),
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        # A database that is gone is found out in seconds; what the address says goes first.
        "connect_timeout": 5,
        "tcp_user_timeout": 20_000,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        **_database.get("OPTIONS", {}),
        # Django's own pool: each process keeps a few connections open and lends them out.
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 10},
    }

DATABASES = {"default": _database}
