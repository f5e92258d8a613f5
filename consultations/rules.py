"""Who may do what with consultations and their responses. Whether the state allows it: ``lifecycle``."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from portal.models import User

Anyone = User | AnonymousUser


def may_change_status(user: Anyone) -> bool:
    """Open, close, open again, report."""
    return user.has_perm("consultations.change_status")


def may_publish_questionnaires(user: Anyone) -> bool:
    return user.has_perm("consultations.publish_version")


def may_see_consultations(user: Anyone) -> bool:
    """What staff who work with consultations in any way may see: the records and the counts of responses."""
    codenames = ("view_consultation", "change_consultation", "add_consultation", "delete_consultation")
    return any(user.has_perm(f"consultations.{codename}") for codename in codenames)


def may_read_single_responses(user: Anyone) -> bool:
    """One person's answers, one after another. Counts need less."""
    return user.has_perm("consultations.view_single_responses")


def may_read_sensitive_answers(user: Anyone) -> bool:
    """Answers to questions marked as sensitive, inside a single response."""
    return user.has_perm("consultations.view_sensitive_answers")


def may_change_weightings(user: Anyone) -> bool:
    """Say how a sample is made to look like its population."""
    return user.has_perm("consultations.change_weightingscheme")


def may_export_responses(user: Anyone) -> bool:
    return user.has_perm("consultations.export_responses")


def may_manage_focus_groups(user: Anyone) -> bool:
    """Groups, their registrations and draws, and every session of the groups in one's care."""
    return user.has_perm("consultations.manage_focus_groups")


def may_run_sessions(user: Anyone) -> bool:
    """Attendance, notes and transcripts; a facilitator only those of the sessions assigned to them."""
    return may_manage_focus_groups(user) or user.has_perm("consultations.facilitate_focus_groups")


def may_export_figures(user: Anyone) -> bool:
    """Reports, codebooks and tables of figures: they protect small numbers and hold no single response."""
    return may_see_consultations(user)


def may_code_answers(user: Anyone) -> bool:
    """Read open answers and notes one by one, and say what they are about."""
    return user.has_perm("consultations.code_answers")


def may_change_code_frames(user: Anyone) -> bool:
    return user.has_perm("consultations.change_codeframe")


def may_approve_quotations(user: Anyone) -> bool:
    """Say that a sentence may be published as it stands."""
    return user.has_perm("consultations.approve_quotations")


def may_see_every_unit(user: Anyone) -> bool:
    """The results of every consultation; others see those of their unit, and of their office's district."""
    return user.has_perm("consultations.see_every_unit")


def may_publish_open_data(user: Anyone) -> bool:
    """Make a data set for everyone, look at it before, publish it, take it back."""
    return user.has_perm("consultations.publish_open_data")


def may_import_waves(user: Anyone) -> bool:
    """Bring in the answers of earlier consultations, single responses among them."""
    return user.has_perm("consultations.import_waves")


def may_export_registrations(user: Anyone) -> bool:
    """Who signed up and who came, as a file."""
    return user.has_perm("consultations.export_registrations")
