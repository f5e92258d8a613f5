"""Search through everything public in the reader's language."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..search import find

PAGE_SIZE = 10
LONGEST_QUERY = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    results = Paginator(find(query), PAGE_SIZE).get_page(request.GET.get("page")) if query else None
    return render(request, "portal/search.html", {"query": query, "results": results})
