"""Keeping and checking translations of a text, beside the coder's desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..lifecycle import NotAllowed
from ..models import Passage
from . import translations
from .coding import Gone
from .coding_forms import language_names, whole
from .coding_views import TextView
from .side_by_side import Typed


class TranslateView(TextView):
    """Keeps a translation, or says that it is right. What cannot be kept stays on the page as typed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not Passage.objects.filter(pk=self.kwargs["passage"]).exists():
            return self._gone()
        try:
            self._check() if "check" in request.POST else self._keep()
        except translations.Changed:
            self.refused = _(
                "Somebody else saved this translation meanwhile. Compare, then keep yours again."
            )
        except NotAllowed as refusal:
            self.refused = str(refusal)
        except Gone:
            return self._gone()
        else:
            return redirect(f"{self._text_url()}?{self.query}#translations")
        self.typed = Typed(request.POST.get("language", ""), request.POST.get("text", ""))
        return self.get(request, *args, **kwargs)

    def _check(self) -> None:
        data = self.request.POST
        translation = get_object_or_404(self.passage.translations.all(), pk=whole(data.get("check")))
        if data.get("text", translation.text).replace("\r\n", "\n").strip() != translation.text:
            raise NotAllowed(_("You changed the translation. Keep it; then somebody else checks it."))
        translations.check(translation=translation, base=whole(data.get("base")) or 0, by=self.person)

    def _keep(self) -> None:
        data = self.request.POST
        language, text = data.get("language", ""), data.get("text", "").replace("\r\n", "\n")
        if language not in language_names() or not text.strip():
            raise NotAllowed(_("Choose a language and write the translation."))
        translations.save(
            passage=self.passage,
            language=language,
            text=text,
            base=whole(data.get("base")) or 0,
            digest=data.get("digest", ""),
            by=self.person,
        )
        messages.success(self.request, _("The translation was kept as a draft."))

    def _text_url(self) -> str:
        return reverse("themes_text", args=[self.consultation.pk, self.kwargs["passage"]])

    def _gone(self) -> HttpResponse:
        messages.warning(
            self.request, _("The text was changed or taken back meanwhile. Its translation was not kept.")
        )
        return redirect("themes_texts", self.consultation.pk)
