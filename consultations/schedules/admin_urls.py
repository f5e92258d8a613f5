from django.urls import path

from .admin_views import ScheduleDetailView, ScheduleListView

urlpatterns = [
    path("consultations/<int:pk>/export-schedules/", ScheduleListView.as_view(), name="export_schedules"),
    path("consultations/export-schedules/<int:pk>/", ScheduleDetailView.as_view(), name="export_schedule"),
]
