from providers.people.models.invitations import Invitation
from providers.people.models.leads import Absence, SettingLead
from providers.people.models.memberships import Membership
from providers.people.models.organisations import Organisation, Partnership, Share
from providers.people.models.persons import Person, PersonalDetails, User
from providers.people.models.resets import SecondFactorReset

__all__ = [
    "Absence",
    "Invitation",
    "Membership",
    "Organisation",
    "Partnership",
    "Person",
    "PersonalDetails",
    "SecondFactorReset",
    "SettingLead",
    "Share",
    "User",
]
