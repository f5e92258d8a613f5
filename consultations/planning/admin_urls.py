from django.urls import path

from .views import StagesView

urlpatterns = [
    path("consultations/<int:pk>/stages/", StagesView.as_view(), name="consultation_stages"),
]
