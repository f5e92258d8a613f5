from django.urls import path

from .publish_views import PublishView

urlpatterns = [
    path("questionnaires/<int:pk>/publish/", PublishView.as_view(), name="questionnaire_publish"),
]
