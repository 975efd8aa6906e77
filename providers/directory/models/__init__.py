from providers.directory.models.authorities import DEFAULT_COLOUR, Authority, AuthoritySuccession
from providers.directory.models.code_lists import (
    AgencyKind,
    Clock,
    EnforcementType,
    Forum,
    Grade,
    GradeScale,
    InspectionType,
    ProvisionType,
    RegistrationState,
    ScaleJudgement,
)
from providers.directory.models.contacts import ContactNote, SettingContact
from providers.directory.models.organisations import Provider, ProviderGroup, ProviderMerger
from providers.directory.models.settings import Premises, Setting, SettingOwnership, withheld_name

__all__ = [
    "DEFAULT_COLOUR",
    "AgencyKind",
    "Authority",
    "AuthoritySuccession",
    "Clock",
    "ContactNote",
    "EnforcementType",
    "Forum",
    "Grade",
    "GradeScale",
    "InspectionType",
    "Premises",
    "Provider",
    "ProviderGroup",
    "ProviderMerger",
    "ProvisionType",
    "RegistrationState",
    "ScaleJudgement",
    "Setting",
    "SettingContact",
    "SettingOwnership",
    "withheld_name",
]
