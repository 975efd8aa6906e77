"""What may be done. Roles (`providers.people.roles`) list these; the database never does."""

from enum import StrEnum


class Permission(StrEnum):
    """Dotted like Django's own, because the workflow queue asks for them by that name.

    Each is answered for one organisation: "may this person do it at that organisation?", never at large.
    """

    VIEW_ORGANISATION = "access.view_organisation"
    VIEW_COLLEAGUES = "access.view_colleagues"
    VIEW_EXTERNAL_PEOPLE = "access.view_external_people"
    MANAGE_COLLEAGUES = "access.manage_colleagues"
    INVITE_PROVIDER_PEOPLE = "access.invite_provider_people"
    INVITE_AGENCY_PEOPLE = "access.invite_agency_people"
    REASSIGN_WORK = "access.reassign_work"
    RESET_SECOND_FACTOR = "access.reset_second_factor"
    MANAGE_SHARES = "access.manage_shares"
    MANAGE_ORGANISATIONS = "access.manage_organisations"
    READ_ACCESS_LOG = "access.read_access_log"
    MANAGE_INSTALLATION = "access.manage_installation"
    VIEW_REGISTER = "access.view_register"
    IMPORT_REGISTER = "access.import_register"
    EDIT_SETTINGS = "access.edit_settings"
    MERGE_PROVIDERS = "access.merge_providers"
    RECORD_PLACING_COUNTS = "access.record_placing_counts"

    VIEW_CASES = "access.view_cases"
    VIEW_SCORECARDS = "access.view_scorecards"
    VIEW_DOCUMENTS = "access.view_documents"
    MANAGE_LEADS = "access.manage_leads"
    SEE_ALL_WORK = "access.see_all_work"
    ALLOW_STAND_IN = "access.allow_stand_in"

    MANAGE_PURCHASING = "access.manage_purchasing"
    CHECK_APPLICATIONS = "access.check_applications"
    DECIDE_APPLICATIONS = "access.decide_applications"
    APPLY = "access.apply"

    MANAGE_CAMPAIGNS = "access.manage_campaigns"
    VALIDATE_SELF_ASSESSMENTS = "access.validate_self_assessments"
    ANSWER_FOR_PROVIDER = "access.answer_for_provider"

    PLAN_VISITS = "access.plan_visits"
    RECORD_VISITS = "access.record_visits"
    SIGN_OFF_VISITS = "access.sign_off_visits"
    MANAGE_ACTIONS = "access.manage_actions"
    VERIFY_ACTIONS = "access.verify_actions"

    RECORD_INSPECTIONS = "access.record_inspections"
    VERIFY_INSPECTIONS = "access.verify_inspections"
    VIEW_PROVISIONAL = "access.view_provisional"

    RAISE_ISSUES = "access.raise_issues"
    HANDLE_ISSUES = "access.handle_issues"
    DECIDE_NOTICES = "access.decide_notices"
    DECIDE_SUSPENSIONS = "access.decide_suspensions"
    CHAIR_CONCERNS = "access.chair_concerns"
    DECIDE_TERMINATIONS = "access.decide_terminations"
