from django.urls import path

from .views import ImportView, export

urlpatterns = [
    path("questionnaires/import/", ImportView.as_view(), name="questionnaire_import"),
    path("questionnaires/<int:pk>/workbook/", export, name="questionnaire_export"),
]
