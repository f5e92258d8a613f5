"""Addresses of the site that are no pages, the same in every language."""

from django.urls import path

from .views.languages import untranslated
from .views.place import place
from .views.search import search

urlpatterns = [
    path("search/", search, name="search"),
    path("place/", place, name="place"),
    path("untranslated/<int:page_id>/", untranslated, name="untranslated"),
]
