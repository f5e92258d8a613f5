from django.urls import path

from . import coding_views as coding
from . import double_views as double
from . import frame_views as frame
from . import quotation_views as quotation
from . import theme_views as theme
from . import views
from .suggestion_views import SuggestionsView
from .theme_files import FoundFileView
from .translation_views import TranslateView

OWN = "consultations/<int:pk>/themes/"

urlpatterns = [
    path(OWN, views.ThemesView.as_view(), name="themes"),
    path(f"{OWN}found/", theme.FoundView.as_view(), name="themes_found"),
    *(
        path(f"{OWN}found/themes.{kind}", FoundFileView.as_view(), {"format": kind}, name=f"themes_{kind}")
        for kind in ("svg", "png", "csv")
    ),
    path(f"{OWN}found/<int:code>/", theme.ThemeView.as_view(), name="themes_theme"),
    path(f"{OWN}frame/", frame.UseFrameView.as_view(), name="themes_frame"),
    path(f"{OWN}next/", coding.NextView.as_view(), name="themes_next"),
    path(f"{OWN}undo/", coding.UndoView.as_view(), name="themes_undo"),
    path(f"{OWN}texts/", views.TextsView.as_view(), name="themes_texts"),
    path(f"{OWN}texts/<int:passage>/", coding.TextView.as_view(), name="themes_text"),
    path(f"{OWN}texts/<int:passage>/translate/", TranslateView.as_view(), name="themes_translate"),
    path(f"{OWN}texts/<int:passage>/quote/", quotation.ProposeView.as_view(), name="themes_propose"),
    path(f"{OWN}double/", double.DoubleListView.as_view(), name="themes_doubles"),
    path(f"{OWN}double/<int:double>/", double.DoubleView.as_view(), name="themes_double"),
    path(f"{OWN}double/<int:double>/texts/<int:passage>/", double.DecideView.as_view(), name="themes_decide"),
    path(f"{OWN}quotations/", quotation.QuotationListView.as_view(), name="themes_quotations"),
    path(f"{OWN}quotations/<int:quotation>/", quotation.QuotationView.as_view(), name="themes_quotation"),
    path(f"{OWN}suggestions/", SuggestionsView.as_view(), name="themes_suggestions"),
    path("code-frames/", frame.FrameListView.as_view(), name="code_frames"),
    path("code-frames/<int:frame>/", frame.FrameView.as_view(), name="code_frame"),
    path("code-frames/<int:frame>/import/", frame.FrameImportView.as_view(), name="code_frame_import"),
    path("code-frames/<int:frame>/codes.<str:format>", frame.export, name="code_frame_export"),
    path("code-frames/<int:frame>/codes/new/", frame.CodeView.as_view(), name="code_add"),
    path("code-frames/<int:frame>/codes/<int:code>/", frame.CodeView.as_view(), name="code_edit"),
]
