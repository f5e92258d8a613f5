"""Open data as anyone sees them: the list, one data set, its files, and what catalogues read."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from ..answering import addresses
from ..answering.words import field_of
from ..enums import Licence
from ..models import PublicFile
from ..models.public_file import private_storage
from . import dcat
from .changes import changes_of

LINKED_DATA = "application/ld+json"
_SLUG = re.compile(r"[^a-z0-9-]")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    files = [(file, _title(file)) for file in _published().order_by("-published_at")]
    return render(request, "consultations/open_data/list.html", {"files": files})


@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest that is published, which is the only one."""
    file = get_object_or_404(_published(), consultation__slug=slug)
    page = get_language() or settings.LANGUAGE_CODE
    context = {
        "file": file,
        "report": file.report,
        "consultation": file.consultation,
        "title": _title(file),
        "summary": field_of(file.consultation, "summary", page=page),
        "unit": field_of(file.consultation.unit, "name", page=page),
        "landing": addresses.landing(slug, index=addresses.index_page()),
        "licence": dcat.LICENCES[Licence(file.licence)],
        "changes": changes_of(file),
    }
    return render(request, "consultations/open_data/dataset.html", context)


@require_safe
def data(request: HttpRequest, slug: str, number: int) -> FileResponse:
    return _file(_found(slug, number), "data")


@require_safe
def dictionary(request: HttpRequest, slug: str, number: int) -> FileResponse:
    return _file(_found(slug, number), "dictionary")


@require_safe
def metadata(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    return _linked(dcat.dataset(_found(slug, number), partial(_address, request)))


@require_safe
def catalogue(request: HttpRequest) -> JsonResponse:
    files = _published().order_by("consultation__slug")
    with override(settings.LANGUAGE_CODE):
        home = request.build_absolute_uri(reverse("open_data:list"))
    return _linked(dcat.catalogue(files, partial(_address, request), home=home))


def _published() -> Any:
    return PublicFile.objects.published().select_related("consultation__unit")


def _found(slug: str, number: int) -> PublicFile:
    file: PublicFile = get_object_or_404(_published(), consultation__slug=slug, number=number)
    return file


def _title(file: PublicFile) -> Any:
    return field_of(file.consultation, "title", page=get_language() or settings.LANGUAGE_CODE)


def _file(file: PublicFile, part: str) -> FileResponse:
    name = getattr(file, part).name
    if not private_storage().exists(name):
        raise Http404
    ending = "" if part == "data" else f"-{part}"
    return FileResponse(
        private_storage().open(name),
        as_attachment=True,
        filename=f"{_SLUG.sub('', file.consultation.slug)}-{file.number}{ending}.csv",
        content_type="text/csv; charset=utf-8",
    )


def _linked(document: dcat.Json) -> JsonResponse:
    """Catalogues of other portals may read it from a browser, too: it holds nothing that is not public."""
    response = JsonResponse(document, content_type=LINKED_DATA, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _address(request: HttpRequest, part: str, file: PublicFile) -> str:
    """The same in every language of the page: an identifier has to be one."""
    keys: dict[str, Any] = {"slug": file.consultation.slug}
    if part != "dataset":
        keys["number"] = file.number
    with override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse(f"open_data:{part}", kwargs=keys))
