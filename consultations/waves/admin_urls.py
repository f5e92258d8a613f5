from django.urls import path

from .admin_views import WaveDetailView, WaveListView

urlpatterns = [
    path("consultations/<int:pk>/waves/", WaveListView.as_view(), name="wave_list"),
    path("consultations/waves/<uuid:wave>/", WaveDetailView.as_view(), name="wave_detail"),
]
