"""The files of exports, for the person whose link it is."""

from __future__ import annotations

from http import HTTPStatus
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
from .views import ExportDetailView
from .visibility import can_be_fetched, exports_visible_to, is_own


@require_safe
def download(request: HttpRequest, job: UUID) -> HttpResponseBase:
    return _file(request, job, codebook=False)


@require_safe
def download_codebook(request: HttpRequest, job: UUID) -> HttpResponseBase:
    """The second file of a CSV export."""
    return _file(request, job, codebook=True)


def _file(request: HttpRequest, job_id: UUID, *, codebook: bool) -> HttpResponseBase:
    """The file, or what is left of it. Who may not see the export gets 404, and so does a key of another's.

    Every request for content is recorded: going on after a break is marked as such.
    """
    user = cast(User, request.user)
    job = get_object_or_404(exports_visible_to(user), pk=job_id)
    if not is_own(request.GET.get("key", ""), job, user) or (codebook and not jobs.has_codebook(job)):
        raise Http404
    if job.finished_at is None or not can_be_fetched(job):
        return _gone(request, job)
    name = jobs.codebook_name(job.file.name) if codebook else job.file.name
    if not _is_there(job, name):
        return _gone(request, job)
    if request.method == "GET":
        resumed = request.headers.get("Range", "")[:50]
        audit.record("export.downloaded", target=job, by=user, codebook=codebook, range=resumed)
    return resumable(
        request,
        cast(BinaryIO, private_storage().open(name)),
        size=private_storage().size(name),
        filename=_name(job, codebook=codebook),
        content_type=CONTENT_TYPES[ExportFormat(job.format)],
        # A job that is written anew is another file.
        etag=f"{job.pk}-{job.finished_at:%Y%m%d%H%M%S%f}{'-codebook' * codebook}",
    )


def _is_there(job: ExportJob, name: str) -> bool:
    """Copies of a portal come without its exports: one that lost its file is over, and can be made again."""
    if private_storage().exists(name):
        return True
    jobs.forget(job)
    return False


def _gone(request: HttpRequest, job: ExportJob) -> HttpResponseBase:
    """The page of the export says what became of it, and makes it again in one press."""
    page = ExportDetailView.as_view()(request, job=job.pk)
    page.status_code = HTTPStatus.GONE
    return page


def _name(job: ExportJob, *, codebook: bool) -> str:
    """Never kept by a browser or a proxy: the admin says so for all its pages."""
    day = timezone.localdate(job.created_at).isoformat()
    kind = "" if job.content == ExportContent.RESPONSES else f"-{job.content}"
    ending = f"{'-codebook' * codebook}.{suffix(ExportFormat(job.format))}"
    return f"{job.consultation.slug}{kind}-{day}{ending}"
