"""What each role may do with consultations and what came of them."""

from portal.roles import Role, grant, whole

grant(
    Role.CONSULTATION_MANAGER,
    *whole("consultations.consultation"),
    *whole("consultations.questionnaire"),
    *whole("consultations.choicelist"),
    "consultations.publish_consultation",
    "consultations.publish_questionnaire",
    "consultations.publish_version",
    "consultations.change_status",
    "consultations.view_single_responses",
    "consultations.export_responses",
    "consultations.see_every_unit",
    *whole("consultations.focusgroup"),
    *whole("consultations.focusgroupsession"),
    "consultations.manage_focus_groups",
    "consultations.export_registrations",
    *whole("consultations.codeframe"),
    "consultations.code_answers",
    "consultations.approve_quotations",
    "consultations.publish_open_data",
    "consultations.import_waves",
)
grant(
    Role.TRANSLATOR,
    "consultations.view_consultation",
    "consultations.change_consultation",
    "consultations.view_questionnaire",
    "consultations.change_questionnaire",
)
grant(
    Role.ANALYST,
    "consultations.view_consultation",
    "consultations.view_questionnaire",
    "consultations.view_single_responses",
    "consultations.view_sensitive_answers",
    "consultations.export_responses",
    *whole("consultations.codeframe"),
    "consultations.code_answers",
    "consultations.approve_quotations",
    "consultations.import_waves",
    "consultations.see_every_unit",
    *whole("consultations.weightingscheme"),
    *whole("consultations.referencefigure"),
)
grant(
    Role.FACILITATOR,
    "consultations.view_consultation",
    "consultations.view_questionnaire",
    "consultations.facilitate_focus_groups",
)
grant(Role.UNIT_STAFF, "consultations.view_consultation", "consultations.view_questionnaire")
grant(Role.ADMINISTRATOR, "consultations.view_exportjob", *whole("consultations.officestaff"))
