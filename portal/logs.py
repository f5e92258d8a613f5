"""Logs that can be read by anyone who runs the portal: no addresses, no names, no codes, no query strings.

Settings import this module, so it imports nothing of Django's that needs settings.
"""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[…]"
# Whoever wrote the line, these never belong in a log.
DROPPED_KEYS = frozenset({"ip", "user_id", "user_agent", "email", "correlation_id"})
_PERSONAL = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)*                        # e-mail address
    | \b[0-9A-Z]{4}(?:[-\s][0-9A-Z]{4}){3}\b            # participation code
    | \b(?:\d{1,3}\.){3}\d{1,3}\b                       # IPv4
    | (?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{1,4})*(?![\w:])  # IPv6, not a clock
    | (?<=\)=)\([^)]*\)                                 # PostgreSQL's "Key (email)=(...)"
    | (?<=Failing\ row\ contains\ )\(.*\)               # PostgreSQL's "Failing row contains (...)"
    | (?<=\?)[^\s"']+=[^\s"']*                          # query string
    | (?<=/)[0-9a-f]{32}(?::|%3A)(?:[\w-]{6}(?::|%3A))?[\w-]{43}  # the signed link of a mail
    """,
    re.VERBOSE,
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}:\d{2}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}")


def without_personal_data(value: Any) -> Any:
    """The same value with addresses, codes and query strings taken out, however deep they are."""
    if isinstance(value, str):
        return _PERSONAL.sub(lambda found: found[0] if _CLOCK.fullmatch(found[0]) else HIDDEN, value)
    if isinstance(value, dict):
        return {key: without_personal_data(item) for key, item in value.items() if key not in DROPPED_KEYS}
    if isinstance(value, (list, tuple)):
        return type(value)(without_personal_data(item) for item in value)
    return value


def scrub(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {
        key: value if _is_machinery(key) else without_personal_data(value)
        for key, value in event.items()
        if key not in DROPPED_KEYS
    }


def _is_machinery(key: str) -> bool:
    return key in ("timestamp", "exc_info") or key.startswith("_")


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.StackInfoRenderer(),
]


def configure() -> None:
    """Send structlog's own loggers through the same formatter as everyone else's."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def formatter(*, json: bool) -> logging.Formatter:
    render: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not json:
        render = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,  # to text first, so that it is scrubbed as well
            scrub,
            render,
        ],
    )


def dictionary(*, json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: one handler, standard output, nothing that mails or writes elsewhere."""
    quiet: MutableMapping[str, Any] = {"handlers": [], "level": "WARNING", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "portal.logs.formatter", "json": json}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # The request line of our middleware says it once, and without the query string.
            "django.server": quiet,
            "django.request": {**quiet, "level": "CRITICAL"},
            # Scanners ask for other people's hosts all day; the line of the request says 400.
            "django.security.DisallowedHost": {**quiet, "level": "CRITICAL"},
            # It warns of each answer to HEAD, whose text the server leaves out as it should.
            "gunicorn.http": {**quiet, "level": "ERROR"},
            "django-q": {"handlers": [], "level": level, "propagate": True},
            # Wagtail's index keeps itself up to date with two lines a saved record.
            "django_tasks": quiet,
            "fontTools": quiet,
            "PIL": quiet,
        },
    }


class RequestLogMiddleware(RequestMiddleware):
    """A request id in each line, in the answer and on the error page; a path without its query string."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"

    def prepare(self, request: HttpRequest) -> None:
        super().prepare(request)
        request.request_id = request_id_of(request)  # type: ignore[attr-defined]  # read by error pages
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]  # as above

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        super().handle_response(request, response)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]  # set in prepare


def request_id_of(request: HttpRequest) -> str:
    """The proxy's id when it is a plain one, else a new one: a header must not write into our logs."""
    given = request.headers.get("X-Request-ID", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid4().hex
