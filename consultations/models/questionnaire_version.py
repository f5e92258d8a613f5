from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..instrument.definition import Definition
from .questionnaire import Questionnaire


class QuestionnaireVersion(models.Model):
    """A questionnaire frozen at publication: every answer stays tied to the exact words that were shown."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("definition"))
    digest = models.CharField(_("content hash"), max_length=64)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["questionnaire", "-number"]
        verbose_name = _("questionnaire version")
        verbose_name_plural = _("questionnaire versions")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire.slug} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A published version never changes.")
        super().save(*args, **kwargs)

    @cached_property
    def definition(self) -> Definition:
        """The frozen questionnaire; parsed once a process for each content."""
        return _definition(self.digest, _Document(self.document))


@lru_cache(maxsize=64)
def _definition(digest: str, document: _Document) -> Definition:
    return Definition.from_json(document.content)


class _Document:
    """Equal to every other document: the digest alone is the cache's key."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document)

    def __hash__(self) -> int:
        return 0
