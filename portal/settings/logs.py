"""Structured logs without personal data: JSON in production, readable in development.

What may be said and what is taken out is decided in ``portal/logs.py``.
"""

import logging
from typing import Any

from portal import logs

from .env import DEBUG, env

__all__ = [
    "DJANGO_STRUCTLOG_IP_LOGGING_ENABLED",
    "DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL",
    "DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL",
    "DJANGO_STRUCTLOG_USER_ID_FIELD",
    "LOGGING",
]

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
# One line a request, when it is done.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO

logs.configure()

LOGGING: dict[str, Any] = logs.dictionary(
    json=env.str("LOG_FORMAT", default="text" if DEBUG else "json") == "json",
    level=env.str("LOG_LEVEL", default="INFO").upper(),
)
