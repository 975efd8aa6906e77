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
