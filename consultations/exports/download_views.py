"""The files of exports, for the person whose link it is."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal import audit
from portal.downloads import resumable
from portal.models import User

from ..enums import ExportContent, ExportFormat
from ..models import ExportJob
from ..models.export_job import private_storage
from . import jobs
from .formats import CONTENT_TYPES, suffix
from .visibility import exports_visible_to, opens


@require_safe
def download(request: HttpRequest, job: UUID) -> HttpResponseBase:
    return _file(request, job, codebook=False)


@require_safe
def download_codebook(request: HttpRequest, job: UUID) -> HttpResponseBase:
    """The second file of a CSV export."""
    return _file(request, job, codebook=True)


def _file(request: HttpRequest, job_id: UUID, *, codebook: bool) -> HttpResponseBase:
    """The file, or what is left of it. Who may not see the export gets 404, a stale link too.

    Every request for content is recorded: going on after a break is marked as such.
    """
    user = cast(User, request.user)
    job = get_object_or_404(exports_visible_to(user), pk=job_id)
    if not opens(request.GET.get("key", ""), job, user):
        raise Http404
    name = jobs.codebook_name(job.file.name) if codebook else job.file.name
    storage = private_storage()
    if not storage.exists(name) or job.finished_at is None:
        raise Http404
    if request.method == "GET":
        resumed = request.headers.get("Range", "")[:50]
        audit.record("export.downloaded", target=job, by=user, codebook=codebook, range=resumed)
    return resumable(
        request,
        cast(BinaryIO, storage.open(name)),
        size=storage.size(name),
        filename=_name(job, codebook=codebook),
        content_type=CONTENT_TYPES[ExportFormat(job.format)],
        # A job that is written anew is another file.
        etag=f"{job.pk}-{job.finished_at:%Y%m%d%H%M%S%f}{'-codebook' * codebook}",
    )


def _name(job: ExportJob, *, codebook: bool) -> str:
    """Never kept by a browser or a proxy: the admin says so for all its pages."""
    day = timezone.localdate(job.created_at).isoformat()
    kind = "" if job.content == ExportContent.RESPONSES else f"-{job.content}"
    ending = f"{'-codebook' * codebook}.{suffix(ExportFormat(job.format))}"
    return f"{job.consultation.slug}{kind}-{day}{ending}"
