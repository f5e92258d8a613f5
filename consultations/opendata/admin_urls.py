from django.urls import path

from .admin_views import OpenDataDetailView, OpenDataListView, preview

urlpatterns = [
    path("consultations/<int:pk>/open-data/", OpenDataListView.as_view(), name="open_data_list"),
    path("consultations/open-data/<int:pk>/", OpenDataDetailView.as_view(), name="open_data_detail"),
    path("consultations/open-data/<int:pk>/<str:part>.csv", preview, name="open_data_preview"),
]
