"""The screens of analysis."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal import audit

from ... import rules
from ...enums import AnalysisScreen
from ...instrument.definition import QuestionKind, Section
from ..filters import FilterError, conditions
from ..frame import DAY, ID, LANGUAGE, QUOTABLE
from . import files, overview, progress, waves
from .answers import exhibits_of
from .labels import language_name
from .look import Look
from .pages import AnalysisPage

TEXTS_A_PAGE = 25


class OverviewScreen(AnalysisPage):
    """How the collection goes."""

    screen = AnalysisScreen.OVERVIEW
    template_name = "consultations/admin/analysis/overview.html"

    def content(self, look: Look) -> dict[str, Any]:
        counts = look.counts()
        return {
            "exhibits": overview.exhibits(look),
            "counts": counts,
            "facts": list(progress.facts(look, counts)),
            "waves": waves.comparison(look),
            "earlier": waves.earlier_consultation(look),
        }


class QuestionsScreen(AnalysisPage):
    """One section of the questionnaire at a time, question by question."""

    screen = AnalysisScreen.QUESTIONS
    template_name = "consultations/admin/analysis/questions.html"
    own_choices = ("section",)
    offers_base = True

    def content(self, look: Look) -> dict[str, Any]:
        sections = [s for s in look.frame.definition.sections if any(q.answer_names for q in s.questions)]
        if not sections:
            return {"sections": [], "questions": []}
        current = next((s for s in sections if s.name == self.own_query.get("section")), sections[0])
        after = {first.name: second for first, second in pairwise(sections)}
        return {
            "sections": [(s.name, look.labels.section(s), s is current) for s in sections],
            "section": current,
            "section_label": look.labels.section(current),
            "next_section": _named(after.get(current.name), look),
            "questions": [self._question(q.name, look) for q in current.questions if q.answer_names],
        }

    def _question(self, name: str, look: Look) -> dict[str, Any]:
        tally = look.tally(name)
        is_text = tally.question.kind in (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
        return {
            "name": name,
            "title": look.labels.title(tally.question),
            "sensitive": tally.question.sensitive,
            "exhibits": exhibits_of(tally, look.saying),
            "may_read": is_text and may_read_texts(look, name),
        }


def _named(section: Section | None, look: Look) -> tuple[str, str] | None:
    return (section.name, look.labels.section(section)) if section else None


def may_read_texts(look: Look, question: str) -> bool:
    """Texts are single answers; those to sensitive questions need their own right."""
    sensitive = any(v.is_sensitive for v in look.frame.variables if v.column.question == question)
    reads = rules.may_read_single_responses(look.user) and not look.scope
    return reads and (not sensitive or rules.may_read_sensitive_answers(look.user))


class TextsScreen(AnalysisPage):
    """A reading list: what people wrote, with the filter of the screen. Opening it stays on record."""

    screen = AnalysisScreen.QUESTIONS
    template_name = "consultations/admin/analysis/texts.html"
    own_choices = ("section",)

    def may_enter(self) -> bool:
        return rules.may_read_single_responses(self.request.user)

    @transaction.atomic
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = super().get(request, *args, **kwargs)
        if page.status_code == 200 and self.look:
            # Which fields were filtered by, never the words: these may be somebody's name.
            fields = sorted({condition.field for condition in conditions(self.look.tree)})
            told = {"question": kwargs["question"], "filtered_by": fields}
            audit.record("texts.opened", target=self.consultation, by=self.person, **told)
        return page

    def content(self, look: Look) -> dict[str, Any]:
        name = self.kwargs["question"]
        found = [v for v in look.frame.variables if v.column.name == name]
        kinds = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
        if not found or found[0].question.kind not in kinds or not may_read_texts(look, name):
            raise Http404
        table = look.frame.table if look.rows is None else look.frame.table.filter(look.rows)
        given = table.select(ID, DAY, LANGUAGE, QUOTABLE, text=name).drop_nulls("text").reverse()
        page = Paginator(range(given.height), TEXTS_A_PAGE).get_page(self.request.GET.get("p"))
        rows = given.slice(page.start_index() - 1, TEXTS_A_PAGE) if given.height else given
        return {
            "title": look.labels.title(found[0].question),
            "page": page,
            "texts": [
                {
                    "id": key,
                    "day": day,
                    "language": language,
                    "language_name": language_name(language),
                    "quotable": quotable == 1,
                    "text": text,
                }
                for key, day, language, quotable, text in rows.iter_rows()
            ],
        }

    def get_page_subtitle(self) -> str:
        return _("What people wrote")


class FileView(AnalysisPage):
    """One chart or its table as a file, with the filter, weights and protection of the screen."""

    screen = AnalysisScreen.OVERVIEW
    trouble: FilterError | None = None

    def content(self, look: Look) -> dict[str, Any]:
        """Only where there is no file: why."""
        raise self.trouble or FilterError()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where there is nothing to draw yet, or the filter is wrong, the page of the screen says so."""
        if kwargs["screen"] not in AnalysisScreen.values:
            raise Http404
        screen = AnalysisScreen(kwargs["screen"])
        try:
            look = self.look
            exhibit = files.find(look, screen, kwargs["key"], request.GET.dict()) if look else None
        except FilterError as error:
            self.trouble, look, exhibit = error, None, None
        if look is None or exhibit is None:
            return super().get(request, *args, **kwargs)
        audit.record("chart.downloaded", target=self.consultation, by=self.person, chart=kwargs["key"])
        return files.FORMATS[kwargs["format"]](exhibit, look)
