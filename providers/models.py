"""Imports every slice's tables, so that Django finds them."""

from providers.contracts.models import PlacingCount
from providers.directory.models import AgencyKind, Authority, AuthoritySuccession, Clock, ContactNote, EnforcementType, Forum, Grade, GradeScale, InspectionType, Premises, Provider, ProviderGroup, ProviderMerger, ProvisionType, RegistrationState, ScaleJudgement, Setting, SettingContact, SettingOwnership
from providers.documents.models import Document, DocumentReader
from providers.notifications.models import Notification, NotificationPreference
from providers.people.models import Absence, Invitation, Membership, Organisation, Partnership, Person, PersonalDetails, SecondFactorReset, SettingLead, Share, User

__all__ = ["Absence", "AgencyKind", "Authority", "AuthoritySuccession", "Clock", "ContactNote", "Document", "DocumentReader", "EnforcementType", "Forum", "Grade", "GradeScale", "InspectionType", "Invitation", "Membership", "Notification", "NotificationPreference", "Organisation", "Partnership", "Person", "PersonalDetails", "PlacingCount", "Premises", "Provider", "ProviderGroup", "ProviderMerger", "ProvisionType", "RegistrationState", "ScaleJudgement", "SecondFactorReset", "Setting", "SettingContact", "SettingLead", "SettingOwnership", "Share", "User",]
