"""What is measured inside the portal, one step a process: ``python -m tests.benchmarks.steps NAME …``.

Each prints one line of JSON: the seconds of the work itself (without starting Python and Django) and the
number of its queries.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from allauth.account.internal.flows.login import record_authentication  # noqa: E402  (Django comes first)
from django.contrib.auth.signals import user_logged_in  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.translation import override  # noqa: E402

from consultations.analysis import snapshot  # noqa: E402
from consultations.analysis.protection import Protection  # noqa: E402
from consultations.focus_groups import links  # noqa: E402
from consultations.models import (  # noqa: E402
    AnswerSnapshot,
    Consultation,
    Registration,
    Response,
    SnapshotMark,
)
from consultations.questionnaires.importing import import_workbook  # noqa: E402
from portal.models import ContentPage, User  # noqa: E402

from .figures import PAIRS, measure  # noqa: E402
from .forms import fields_of  # noqa: E402
from .hiding import shares  # noqa: E402
from .people import call, crowd, propose  # noqa: E402

SLUG = "necesidades-2026"
WORKBOOK = Path("consultations/demo/questionnaires/necesidades_comunidad.xlsx")


class Queries:
    count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


@contextmanager
def counted() -> Iterator[Queries]:
    queries = Queries()
    with connection.execute_wrapper(queries):
        yield queries


def timed(work: Callable[[], Any]) -> dict[str, float]:
    with counted() as queries:
        begun = time.perf_counter()
        work()
        return {"seconds": time.perf_counter() - begun, "queries": queries.count}


def addresses() -> dict[str, str]:
    """Where the pages are that a visitor opens."""
    with override("es"):
        page = ContentPage.objects.live().filter(locale__language_code="es").order_by("pk").first()
        assert page
        return {
            "content": page.get_url(),
            "landing": _visitor().get(reverse("answering:landing", args=[SLUG]))["Location"],
            "start": reverse("answering:start", args=[SLUG]),
        }


def import_questionnaire() -> dict[str, float]:
    source = WORKBOOK.read_bytes()
    return timed(lambda: import_workbook(source=source, slug="benchmark", by=None))


def simulate(count: str, seed: str = "7") -> dict[str, float]:
    options = {"count": int(count), "seed": int(seed), "stdout": StringIO()}
    return timed(lambda: call_command("simulate_responses", SLUG, **options))


def draw(people: str) -> dict[str, float]:
    """A balanced draw of twelve with five quota dimensions, from the database and back into it."""
    group = crowd(int(people))
    found: list[int] = []
    figures = timed(lambda: found.append(propose(group)))
    return figures | {"drawn": found[0]}


def open_call() -> dict[str, Any]:
    """Where people sign up and where they find their place, and for which session."""
    session = call()
    with override("es"):
        pages = {
            name: reverse(f"focus_groups:{name}", args=[session.group.slug]) for name in ("sign_up", "place")
        }
    return pages | {"session": session.pk}


def mailed_links() -> list[str]:
    """What stands in the mails to those who signed up."""
    signed_up = Registration.objects.filter(group__slug="benchmark-call")
    with override("es"):
        return [reverse("focus_groups:open", args=[links.token(one)]) for one in signed_up]


MARKS = """
    INSERT INTO consultations_snapshotmark (response_id, consultation_id, ticket)
    SELECT id, consultation_id, %s FROM consultations_response
    WHERE id NOT IN (SELECT response_id FROM consultations_snapshotmark)
"""


def multiply(times: str) -> dict[str, Any]:
    """Each response so many times over, under new ids: answers as they were, in seconds and not minutes."""
    columns = [field.column for field in Response._meta.concrete_fields]
    fresh = ", ".join("lower(hex(randomblob(16)))" if name == "id" else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    source = f"SELECT {fresh} FROM (SELECT * FROM consultations_response LIMIT %s)"  # noqa: S608  (our own names)
    count = Response.objects.count()
    with connection.cursor() as cursor:
        for _time in range(int(times) - 1):
            cursor.execute(f"INSERT INTO consultations_response ({names}) {source}", [count])
        cursor.execute(MARKS, [SnapshotMark.CHANGED])
    return {"count": Response.objects.count()}


def analysis() -> dict[str, float]:
    """The figures of the analysis, from a snapshot that does not exist yet. Seconds by what was measured."""
    return measure(_without_snapshot())


def hiding() -> dict[str, dict[str, float]]:
    """What the figures of the demonstration hide from who reads no single response."""
    consultation = Consultation.objects.get(slug=SLUG)
    snapshot.refresh(consultation)
    frame = snapshot.available(consultation)
    assert frame
    return shares(frame, Protection(consultation.minimum_cell))


def export_anew(kind: str, path: str) -> dict[str, float]:
    """An export that has to read every answer first."""
    _without_snapshot()
    return export(kind, path)


def _without_snapshot() -> Consultation:
    consultation = Consultation.objects.get(slug=SLUG)
    AnswerSnapshot.objects.filter(consultation=consultation).delete()
    SnapshotMark.objects.filter(consultation=consultation).update(ticket=SnapshotMark.CHANGED)
    return consultation


def trim(count: str) -> dict[str, Any]:
    """Leave exactly so many responses to the consultation, and none to others."""
    consultation = Consultation.objects.get(slug=SLUG)
    Response.objects.exclude(consultation=consultation).delete()
    kept = Response.objects.order_by("pk").values("pk")[: int(count)]
    Response.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return {"count": Response.objects.count()}


def export(kind: str, path: str) -> dict[str, float]:
    return timed(
        lambda: call_command("export_responses", SLUG, format=kind, out=Path(path), stdout=StringIO())
    )


def queries_of_pages() -> dict[str, int]:
    """How many queries a page takes just after a start, when it is made anew, and when it was kept."""
    found: dict[str, int] = {}
    for name, url in addresses().items():
        if name == "start":
            continue
        _visitor().get(url)
        cache.clear()
        # Pages with an unknown parameter are never kept, but their menus and footers are.
        for state, address in (("cold", url), ("uncached", f"{url}?n=1"), ("cached", url)):
            with counted() as queries:
                answer = _visitor().get(address)
            assert answer.status_code == 200, (url, answer.status_code)
            found[f"{name} {state}"] = queries.count
    return found | _queries_of_a_journey()


def _queries_of_a_journey() -> dict[str, int]:
    """The most that a page of the questionnaire takes when it is saved, and what sending takes."""
    client = _visitor()
    answer = client.post(addresses()["start"])
    saves: list[int] = []
    for _page in range(60):
        url = answer["Location"] if answer.status_code == 302 else answer.request["PATH_INFO"]
        html = client.get(url).content.decode() if answer.status_code == 302 else answer.content.decode()
        fields = fields_of(html)
        if "page-agree-use" in fields:
            with counted() as sending:
                client.post(url, fields)
            return {"save": max(saves), "send": sending.count}
        with counted() as saving:
            answer = client.post(url, fields)
        saves.append(saving.count)
    raise RuntimeError("The questionnaire does not end.")


def staff() -> dict[str, Any]:
    """The cookies of an analyst who signed in with both factors, and the screens that are looked at."""
    consultation = Consultation.objects.get(slug=SLUG)
    client = _visitor()
    user_logged_in.connect(_with_second_factor)
    client.force_login(User.objects.get(email="analista@demo.example"))
    screens = {name: reverse(f"analysis_{name}", args=[consultation.pk]) for name in ("overview", "crosstab")}
    pair = urlencode({"rows": PAIRS[1][0], "columns": PAIRS[1][1]})
    return {
        "cookies": {name: morsel.value for name, morsel in client.cookies.items()},
        "overview": screens["overview"],
        "crosstab": f"{screens['crosstab']}?{pair}",
    }


def _with_second_factor(request: Any, user: Any, **kwargs: Any) -> None:
    record_authentication(request, user, method="mfa")


def _visitor() -> Client:
    return Client(SERVER_NAME="127.0.0.1", headers={"X-Forwarded-For": "192.0.2.1"})


STEPS: dict[str, Callable[..., Any]] = {
    "addresses": addresses,
    "draw": draw,
    "analysis": analysis,
    "export": export,
    "export-anew": export_anew,
    "hiding": hiding,
    "import": import_questionnaire,
    "links": mailed_links,
    "multiply": multiply,
    "open-call": open_call,
    "queries": queries_of_pages,
    "simulate": simulate,
    "staff": staff,
    "trim": trim,
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))  # noqa: T201  (what the runner reads)
