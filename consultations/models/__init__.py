from .choice import Choice, ChoiceList
from .consultation import Consultation
from .export_job import ExportJob
from .pages import ConsultationIndexPage
from .question import MatrixRow, Question
from .questionnaire import Questionnaire, Section
from .questionnaire_version import QuestionnaireVersion
from .response import ParticipationCode, Response

__all__ = [
    "Choice",
    "ChoiceList",
    "Consultation",
    "ConsultationIndexPage",
    "ExportJob",
    "MatrixRow",
    "ParticipationCode",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "Section",
]
