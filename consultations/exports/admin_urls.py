from django.urls import path

from .document_views import DocumentCreateView
from .download_views import download, download_codebook
from .focus_group_views import PackView, RegistrationExportView
from .views import ExportCreateView, ExportDetailView, ask_again, progress

urlpatterns = [
    path(
        "consultations/focus-groups/<int:pk>/export/",
        RegistrationExportView.as_view(),
        name="focus_group_export",
    ),
    path(
        "consultations/focus-groups/sessions/<int:session>/pack.pdf",
        PackView.as_view(),
        name="focus_group_pack",
    ),
    path("consultations/<int:pk>/exports/", ExportCreateView.as_view(), name="export_create"),
    path("consultations/<int:pk>/documents/", DocumentCreateView.as_view(), name="document_create"),
    path("consultations/exports/<uuid:job>/", ExportDetailView.as_view(), name="export_detail"),
    path("consultations/exports/<uuid:job>/again/", ask_again, name="export_again"),
    path("consultations/exports/<uuid:job>/progress/", progress, name="export_progress"),
    path("consultations/exports/<uuid:job>/file/", download, name="export_download"),
    path("consultations/exports/<uuid:job>/codebook/", download_codebook, name="export_codebook"),
]
