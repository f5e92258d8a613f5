"""Which exports somebody sees, and the links with which they fetch them."""

from __future__ import annotations

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from portal.models import User

from .. import rules
from ..enums import ExportContent, JobStatus
from ..models import ExportJob

_SALT = "consultations.exports"


def exports_visible_to(user: User) -> QuerySet[ExportJob]:
    """One's own; administrators see everybody's. Responses only with the permission to export them."""
    jobs = ExportJob.objects.select_related("consultation", "requested_by", "weighting")
    if not rules.may_export_responses(user):
        jobs = jobs.filter(content__in=ExportContent.protected)
    if not rules.may_export_figures(user):
        jobs = jobs.exclude(content__in=ExportContent.protected)
    return jobs if user.has_perm("consultations.view_exportjob") else jobs.filter(requested_by=user)


def key_for(job: ExportJob, user: User) -> str:
    """What a link carries: good for one person and one export."""
    return signing.dumps([str(job.pk), user.pk], salt=_SALT)


def is_own(key: str, job: ExportJob, user: User) -> bool:
    """Whether a key is this person's for this export. ``can_be_fetched`` says whether there is a file."""
    try:
        content = signing.loads(key, salt=_SALT)
    except signing.BadSignature:
        return False
    return bool(content == [str(job.pk), user.pk])


def can_be_fetched(job: ExportJob) -> bool:
    return job.status == JobStatus.DONE and job.expires_at is not None and timezone.now() < job.expires_at
