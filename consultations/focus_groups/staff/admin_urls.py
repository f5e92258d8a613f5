from django.urls import path, re_path

from .adding import RegistrationAddView
from .contact_data import ContactDataView
from .door import DoorView
from .draw_views import DrawDocumentView, DrawListView, DrawView
from .note_views import NotesView, NoteView
from .overview import OverviewView
from .registration_forms import STEPS
from .registration_list import RegistrationListView
from .registration_view import RegistrationStepView, RegistrationView
from .session_views import (
    MySessionsView,
    SessionCreateView,
    SessionEditView,
    SessionStepView,
    SessionView,
)
from .stages_view import GroupStagesView
from .transcript_views import TranscriptsView, TranscriptView

GROUP = "consultations/focus-groups/<int:pk>/"
SESSION = "consultations/focus-groups/sessions/<int:session>/"

urlpatterns = [
    path("consultations/focus-groups/sessions/", MySessionsView.as_view(), name="my_sessions"),
    path("consultations/focus-groups/contact-data/", ContactDataView.as_view(), name="contact_data"),
    path(GROUP, OverviewView.as_view(), name="focus_group_overview"),
    path(f"{GROUP}stages/", GroupStagesView.as_view(), name="focus_group_stages"),
    path(f"{GROUP}sessions/add/", SessionCreateView.as_view(), name="session_add"),
    path(f"{GROUP}registrations/", RegistrationListView.as_view(), name="focus_group_registrations"),
    path(
        f"{GROUP}registrations/results/",
        RegistrationListView.as_view(results_only=True),
        name="focus_group_registrations_results",
    ),
    path(f"{GROUP}registrations/add/", RegistrationAddView.as_view(), name="registration_add"),
    path(f"{GROUP}registrations/<uuid:key>/", RegistrationView.as_view(), name="registration_detail"),
    *[
        path(
            f"{GROUP}registrations/<uuid:key>/{step}/",
            RegistrationStepView.as_view(),
            {"step": step},
            name=f"registration_{step}",
        )
        for step in STEPS
    ],
    path(f"{GROUP}draws/", DrawListView.as_view(), name="focus_group_draws"),
    path(f"{GROUP}draws/<int:draw>/", DrawView.as_view(), name="draw_detail"),
    path(f"{GROUP}draws/<int:draw>/document/", DrawDocumentView.as_view(), name="draw_document"),
    path(SESSION, SessionView.as_view(), name="session_detail"),
    path(f"{SESSION}edit/", SessionEditView.as_view(), name="session_edit"),
    path(f"{SESSION}door/", DoorView.as_view(), name="session_door"),
    path(f"{SESSION}notes/", NotesView.as_view(), name="session_notes"),
    path(f"{SESSION}notes/<int:topic>/", NoteView.as_view(), name="session_note"),
    path(f"{SESSION}transcripts/", TranscriptsView.as_view(), name="session_transcripts"),
    path(f"{SESSION}transcripts/<int:transcript>/", TranscriptView.as_view(), name="session_transcript"),
    re_path(
        r"^consultations/focus-groups/sessions/(?P<session>\d+)/(?P<step>cancel|held)/$",
        SessionStepView.as_view(),
        name="session_step",
    ),
]
