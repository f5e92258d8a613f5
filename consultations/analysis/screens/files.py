"""Charts as files: the picture as SVG or PNG, the table as CSV. The same exhibits as on the screens."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import textwrap
from collections.abc import Callable, Iterator, Mapping

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.clocks import long_date

from ...enums import AnalysisScreen
from ..charts import drawing
from ..charts.labels import broken, on_lines
from ..charts.shapes import WIDTH, Spec
from . import crossing, overview, phrases, sampling, waves
from .answers import exhibits_of
from .exhibits import Exhibit, Shape, Unit, Value
from .look import Look
from .writing import KEPT_BACK, NOTHING, written

DAY = 24 * 3600


def find(look: Look, screen: AnalysisScreen, key: str, own: Mapping[str, str]) -> Exhibit:
    """The exhibit of that name. Raises ``Http404``."""
    found = next((made for made in _SOURCES[screen](look, key, own) if made.key == key), None)
    if found is None:
        raise Http404
    return found


def _of_questions(look: Look, key: str, own: Mapping[str, str]) -> list[Exhibit]:
    name = key.removesuffix(".map")
    known = {v.column.question for v in look.frame.variables}
    return exhibits_of(look.tally(name), look.saying) if name in known else []


def _of_overview(look: Look, key: str, own: Mapping[str, str]) -> list[Exhibit]:
    return waves.comparison(look) if key.startswith("wave.") else overview.exhibits(look)


_SOURCES: dict[AnalysisScreen, Callable[[Look, str, Mapping[str, str]], list[Exhibit]]] = {
    AnalysisScreen.OVERVIEW: _of_overview,
    AnalysisScreen.QUESTIONS: _of_questions,
    AnalysisScreen.CROSS_TAB: lambda look, _key, own: crossing.exhibits(look, crossing.from_query(own)),
    AnalysisScreen.SAMPLE: lambda look, _key, _own: sampling.exhibits(look),
}


def as_svg(exhibit: Exhibit, look: Look) -> HttpResponse:
    picture = _picture(exhibit, look, drawing.svg_file)
    content = drawing.with_words(str(picture), title=exhibit.title, description=_in_words(exhibit))
    return _attachment(content, "image/svg+xml", look, exhibit, "svg")


def _in_words(exhibit: Exhibit) -> str:
    """What there is to say of it; of a few bars, their figures."""
    said = " ".join(filter(None, (exhibit.says, exhibit.base, *exhibit.notes)))
    unit = exhibit.headings[exhibit.bar + 1].unit
    return said or "; ".join(f"{row.label}: {written(row.values[exhibit.bar], unit)}" for row in exhibit.rows)


def as_png(exhibit: Exhibit, look: Look) -> HttpResponse:
    return _attachment(_picture(exhibit, look, drawing.png_file), "image/png", look, exhibit, "png")


def _picture(exhibit: Exhibit, look: Look, draw: Callable[[Spec], str | bytes]) -> str | bytes:
    if exhibit.draw is None:
        raise Http404
    spec = on_lines(broken(exhibit.draw()), width=WIDTH)
    return drawn(titled(spec, exhibit, look), draw)


def titled(spec: Spec, exhibit: Exhibit, look: Look) -> Spec:
    """A picture goes out alone: it says what it is of, on which base, with which filter, and as of when."""
    day = long_date(localdate(look.state.made_at)) if look.state.made_at else ""
    lines = [exhibit.base, *_looked_at(exhibit, look), *exhibit.notes, f"{look.consultation} · {day}"]
    title = {
        "text": _wrapped(exhibit.title),
        "subtitle": [line for text in lines for line in _wrapped(text)],
        "anchor": "start",
        "frame": "group",
        "offset": 12,
    }
    return {**spec, "title": title}


def _looked_at(exhibit: Exhibit, look: Look) -> Iterator[str]:
    """The filter, the weights and the sign for what is hidden, as far as the picture follows them."""
    if look.tree.parts and not exhibit.is_of_everybody:
        yield _("Filter: %(words)s.") % {"words": phrases.in_words(look.tree, look.labels)}
    if look.scope:
        yield _("Of the district of one office.")
    if look.scheme:
        is_weighted = exhibit.shape is Shape.BARS and exhibit.second is not None
        words = _("The brown mark is weighted by “%(name)s”.") if is_weighted else _("Unweighted.")
        yield words % {"name": look.scheme.name}
    if exhibit.keeps_back:
        yield _("* kept back, to protect people in small groups.")


def _wrapped(text: str, width: int = 90) -> list[str]:
    return textwrap.wrap(text, width)


def drawn(spec: Spec, draw: Callable[[Spec], str | bytes]) -> str | bytes:
    """Drawing takes some tens of milliseconds: the same figures are drawn once a language."""
    content = json.dumps([draw.__name__, get_language(), spec], sort_keys=True, default=str)
    key = f"chart-{hashlib.sha256(content.encode()).hexdigest()}"
    found: str | bytes | None = cache.get(key)
    if found is None:
        found = draw(spec)
        cache.set(key, found, DAY)
    return found


def as_csv(exhibit: Exhibit, look: Look) -> HttpResponse:
    """With a mark at the start by which spreadsheets know the encoding."""
    page = io.StringIO()
    page.write("\ufeff")
    writer = csv.writer(page)
    writer.writerow([heading.text for heading in exhibit.headings])
    for row in exhibit.rows:
        units = [heading.unit for heading in exhibit.headings[1:]]
        cells = (_cell(v, unit) for v, unit in zip(row.values, units, strict=True))
        writer.writerow([_harmless(row.label), *cells])
    return _attachment(page.getvalue(), "text/csv; charset=utf-8", look, exhibit, "csv")


def _cell(value: Value, unit: Unit) -> str:
    if value is None:
        return KEPT_BACK
    if isinstance(value, str):
        return _harmless(value)
    if value != value:
        return NOTHING
    return f"{value:.2f}" if unit in (Unit.PERCENT, Unit.NUMBER) else str(value)


def _harmless(text: str) -> str:
    """Never a formula in a spreadsheet: what starts like one is marked as text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _attachment(content: str | bytes, kind: str, look: Look, exhibit: Exhibit, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"{look.consultation.slug}-{slugify(exhibit.key)}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # A picture is opened by itself at times: it is never more than a picture.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


FORMATS: Mapping[str, Callable[[Exhibit, Look], HttpResponse]] = {
    "svg": as_svg,
    "png": as_png,
    "csv": as_csv,
}
