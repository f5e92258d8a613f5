from .answer_snapshot import AnswerSnapshot, ReleasedFilter
from .choice import Choice, ChoiceList
from .consultation import Consultation
from .export_job import ExportJob
from .focus_group import ExclusionRule, FocusGroup, GuideTopic, Quota
from .focus_group_session import FocusGroupSession, Seat
from .pages import ConsultationIndexPage
from .question import MatrixRow, Question
from .questionnaire import Questionnaire, Section
from .questionnaire_version import QuestionnaireVersion
from .registration import Consent, ConsentVersion, Contact, PastParticipant, Registration
from .response import ParticipationCode, Response
from .saved_view import SavedView
from .seat_offer import Draw, DrawOverride, SeatOffer, SentNotice
from .session_notes import Excerpt, TopicNote, Transcript
from .weighting import ReferenceFigure, WeightingScheme

__all__ = [
    "AnswerSnapshot",
    "Choice",
    "ChoiceList",
    "Consent",
    "ConsentVersion",
    "Consultation",
    "ConsultationIndexPage",
    "Contact",
    "Draw",
    "DrawOverride",
    "Excerpt",
    "ExclusionRule",
    "ExportJob",
    "FocusGroup",
    "FocusGroupSession",
    "GuideTopic",
    "MatrixRow",
    "ParticipationCode",
    "PastParticipant",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Quota",
    "ReferenceFigure",
    "Registration",
    "ReleasedFilter",
    "Response",
    "SavedView",
    "Seat",
    "SeatOffer",
    "Section",
    "SentNotice",
    "TopicNote",
    "Transcript",
    "WeightingScheme",
]
