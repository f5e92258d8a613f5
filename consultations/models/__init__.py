from .answer_snapshot import AnswerSnapshot, ReleasedFilter
from .choice import Choice, ChoiceList
from .code_frame import Code, CodeFrame, CodeFrameUse
from .coding import (
    Adjudication,
    Coding,
    CodingSession,
    DoubleCoding,
    Judgement,
    Suggestion,
    Training,
)
from .consultation import Consultation
from .digest import DigestRefusal, DigestSent
from .export_job import ExportJob
from .export_schedule import ExportSchedule, ScheduledJob
from .focus_group import ExclusionRule, FocusGroup, GuideTopic, Quota
from .focus_group_session import FocusGroupSession, Seat
from .follower import Follower
from .office_staff import OfficeStaff
from .pages import ConsultationIndexPage
from .passage import Passage, PassageTranslation
from .public_file import PublicFile
from .question import MatrixRow, Question
from .questionnaire import Questionnaire, Section
from .questionnaire_version import QuestionnaireVersion
from .quotation import Quotation
from .registration import Consent, ConsentVersion, Contact, PastParticipant, Registration
from .response import ParticipationCode, Response, SnapshotMark
from .saved_view import SavedView
from .seat_offer import Draw, DrawOverride, SeatOffer, SentNotice
from .session_notes import Excerpt, TopicNote, Transcript
from .wave_import import WaveImport
from .weighting import ReferenceFigure, WeightingScheme

__all__ = [
    "Adjudication",
    "AnswerSnapshot",
    "Choice",
    "ChoiceList",
    "Code",
    "CodeFrame",
    "CodeFrameUse",
    "Coding",
    "CodingSession",
    "Consent",
    "ConsentVersion",
    "Consultation",
    "ConsultationIndexPage",
    "Contact",
    "DigestRefusal",
    "DigestSent",
    "DoubleCoding",
    "Draw",
    "DrawOverride",
    "Excerpt",
    "ExclusionRule",
    "ExportJob",
    "ExportSchedule",
    "FocusGroup",
    "FocusGroupSession",
    "Follower",
    "GuideTopic",
    "Judgement",
    "MatrixRow",
    "OfficeStaff",
    "ParticipationCode",
    "Passage",
    "PassageTranslation",
    "PastParticipant",
    "PublicFile",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Quota",
    "Quotation",
    "ReferenceFigure",
    "Registration",
    "ReleasedFilter",
    "Response",
    "SavedView",
    "ScheduledJob",
    "Seat",
    "SeatOffer",
    "Section",
    "SentNotice",
    "SnapshotMark",
    "Suggestion",
    "TopicNote",
    "Training",
    "Transcript",
    "WaveImport",
    "WeightingScheme",
]
