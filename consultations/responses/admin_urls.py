from django.urls import path

from .views import OverviewView, ResponseListView, ResponseView

urlpatterns = [
    path("consultations/<int:pk>/responses/", OverviewView.as_view(), name="responses_overview"),
    path("consultations/<int:pk>/responses/list/", ResponseListView.as_view(), name="responses_list"),
    path(
        "consultations/<int:pk>/responses/list/results/",
        ResponseListView.as_view(results_only=True),
        name="responses_list_results",
    ),
    path("consultations/<int:pk>/responses/<uuid:key>/", ResponseView.as_view(), name="response_detail"),
]
