from django.urls import path

from .screens.filter_views import FilterScreen
from .screens.pages import ReadyView
from .screens.reference_views import ReferenceScreen
from .screens.saved_views import OpenSavedView, SavedViewScreen, SavedViewsScreen
from .screens.table_views import CrossTabScreen, SampleScreen
from .screens.views import FileView, OverviewScreen, QuestionsScreen, TextsScreen
from .screens.weighting_views import WeightingScreen

_BASE = "consultations/<int:pk>/analysis/"

urlpatterns = [
    path(_BASE, OverviewScreen.as_view(), name="analysis_overview"),
    path(f"{_BASE}questions/", QuestionsScreen.as_view(), name="analysis_questions"),
    path(f"{_BASE}questions/<str:question>/texts/", TextsScreen.as_view(), name="analysis_texts"),
    path(f"{_BASE}cross-tab/", CrossTabScreen.as_view(), name="analysis_crosstab"),
    path(f"{_BASE}sample/", SampleScreen.as_view(), name="analysis_sample"),
    path(f"{_BASE}references/", ReferenceScreen.as_view(), name="analysis_references"),
    path(f"{_BASE}weightings/new/", WeightingScreen.as_view(), name="analysis_weighting_new"),
    path(f"{_BASE}weightings/<int:scheme>/", WeightingScreen.as_view(), name="analysis_weighting"),
    path(f"{_BASE}filter/", FilterScreen.as_view(), name="analysis_filter"),
    path(f"{_BASE}views/", SavedViewsScreen.as_view(), name="analysis_views"),
    path(f"{_BASE}views/<int:view>/", OpenSavedView.as_view(), name="analysis_view_open"),
    path(f"{_BASE}views/<int:view>/edit/", SavedViewScreen.as_view(), name="analysis_view_edit"),
    path(f"{_BASE}ready/", ReadyView.as_view(), name="analysis_ready"),
    *(
        path(
            f"{_BASE}files/<slug:screen>/<str:key>.{ending}",
            FileView.as_view(),
            {"format": ending},
            name=f"analysis_{ending}",
        )
        for ending in ("svg", "png", "csv")
    ),
]
