"""For load balancers and watchers: is the process up, and can it do its work?"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import structlog
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.brokers import get_broker
from django_q.status import Stat

logger = structlog.get_logger(__name__)


def check_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def check_cache() -> str:
    """What is written comes back, in each cache."""
    for alias in ("default", "limits"):
        token = uuid4().hex
        caches[alias].set("readyz", token, 10)
        if caches[alias].get("readyz") is None:
            raise RuntimeError(f"The cache {alias} forgets.")
    return "ok"


def check_storage() -> str:
    """A file can be written and taken away where exports are kept."""
    store = storages["private"]
    name = store.save(f"readyz/{uuid4().hex}", ContentFile(b"ready"))
    store.delete(name)
    return "ok"


def check_queue() -> str:
    """Jobs can be handed in; whether a worker is at them is said too, and does not stop the pages."""
    broker = get_broker()
    if not broker.ping():
        raise RuntimeError("The queue does not answer.")
    broker.queue_size()
    return "ok" if Stat.get_all(broker) else "no worker"


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "cache": check_cache,
    "storage": check_storage,
    "queue": check_queue,
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Each thing that pages and jobs need, by name; 503 when one is missing. Reasons go to the log only."""
    results = {name: _result(name, check) for name, check in CHECKS.items()}
    ready = "failed" not in results.values()
    return JsonResponse(
        {"status": "ok" if ready else "failed", "checks": results}, status=200 if ready else 503
    )


def _result(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        logger.exception("not_ready", check=name)
        return "failed"


class HealthMiddleware:
    """Answers watchers before anything looks at the name they ask for: they know us by our address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = VIEWS.get(request.path_info)
        return view(request) if view else self.get_response(request)


VIEWS: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}
