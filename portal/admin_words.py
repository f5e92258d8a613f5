"""Words of Wagtail's editing screens that its own catalogues lack in a language of our staff.

They are Wagtail's message ids; what our catalogues say to them goes first (``LOCALE_PATHS``). One that a new
version of Wagtail no longer uses does no harm and can go: ``tests/portal/test_admin_words.py`` names it.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

WORDS = (
    _("The %(model_name)s could not be created due to errors."),
    _("The %(model_name)s could not be saved due to errors."),
    _("The page could not be created due to validation errors."),
    _("The page could not be saved due to validation errors."),
    _("There are validation errors, click save to highlight them."),
    _("Go to the first error"),
    _("Saved"),
    _("Autosave is paused"),
    _("Autosave is <span>paused</span>"),
    _("Save your changes before leaving"),
    _("You saved a new version in another window"),
    _("%(user_name)s saved a new version"),
    _("View latest version"),
    _("You have unsaved changes in another window"),
    _("%(user_name)s has unsaved changes"),
    _("Currently idle"),
    _("Currently viewing"),
    _("Proceeding will overwrite the changes you made in that window."),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Alternatively, you can view the latest version in a new tab."),
    _("Saving will overwrite a newer version."),
    _("A network error occurred"),
    _(
        "Troubleshoot your connection to the site before proceeding. "
        "Open the editor in a separate tab to view the last saved version."
    ),
    _("There are no results."),
    _("Show filters"),
    _("Filter by"),
    _("Refresh"),
    _("Refreshing…"),
    _("Toggle checks"),
    _("Checks"),
    _("Keyboard shortcuts"),
    _("First published"),
    _("More options for '%(title)s'"),
)
