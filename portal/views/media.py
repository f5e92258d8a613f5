"""The pictures of pages, from wherever files are kept: a folder, or a bucket that nobody else can read."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from ..accounts.second_factor import has_second_factor

KINDS = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Documents are not among them: they have a view that checks who asks.
FOR_EVERYONE = "images"
FOR_STAFF = ("original_images", "avatar_images")
DAY = 24 * 60 * 60


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """A picture as pages show it; the file that was uploaded (with its place and camera) for staff alone."""
    path = PurePosixPath(name)
    kind = KINDS.get(path.suffix.lower())
    folder = path.parts[0] if len(path.parts) == 2 else ""
    if kind is None or not (folder == FOR_EVERYONE or (folder in FOR_STAFF and _is_staff(request))):
        raise Http404
    try:
        content = default_storage.open(str(path))
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(content, content_type=kind)
    keeper = "public" if folder == FOR_EVERYONE else "private"
    response["Cache-Control"] = f"{keeper}, max-age={DAY}"
    return response


def _is_staff(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin") and has_second_factor(request)
