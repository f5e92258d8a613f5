from django.urls import path

from .copy_views import CopyView
from .publish_views import PublishView

urlpatterns = [
    path("questionnaires/<int:pk>/publish/", PublishView.as_view(), name="questionnaire_publish"),
    path("questionnaires/<int:pk>/copy/", CopyView.as_view(), name="questionnaire_copy"),
]
