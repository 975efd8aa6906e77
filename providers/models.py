"""Imports every slice's tables, so that Django finds them."""

from providers.contracts.models import PlacingCount, ReferralHold
from providers.directory.models import AgencyKind, Authority, AuthoritySuccession, Clock, ContactNote, EnforcementType, Forum, Grade, GradeScale, InspectionType, Premises, Provider, ProviderGroup, ProviderMerger, ProvisionType, RegistrationState, ScaleJudgement, Setting, SettingContact, SettingOwnership
from providers.documents.models import Document, DocumentReader
from providers.notifications.models import Notification, NotificationPreference
from providers.people.models import Absence, Invitation, Membership, Organisation, Partnership, Person, PersonalDetails, SecondFactorReset, SettingLead, Share, User
from providers.purchasing.models import Application, ApplicationDocument, ApplicationLot, ApplicationLotSetting, Clarification, ConditionsVersion, DecisionCondition, Declaration, Exemption, Lot, LotCheck, LotDecision, LotMembership, PurchasingSystem, Reconsideration, RequiredDocument, SentCopy, SystemParticipant

__all__ = ["Absence", "AgencyKind", "Application", "ApplicationDocument", "ApplicationLot", "ApplicationLotSetting", "Authority", "AuthoritySuccession", "Clarification", "Clock", "ConditionsVersion", "ContactNote", "DecisionCondition", "Declaration", "Document", "DocumentReader", "EnforcementType", "Exemption", "Forum", "Grade", "GradeScale", "InspectionType", "Invitation", "Lot", "LotCheck", "LotDecision", "LotMembership", "Membership", "Notification", "NotificationPreference", "Organisation", "Partnership", "Person", "PersonalDetails", "PlacingCount", "Premises", "Provider", "ProviderGroup", "ProviderMerger", "ProvisionType", "PurchasingSystem", "Reconsideration", "ReferralHold", "RegistrationState", "RequiredDocument", "ScaleJudgement", "SecondFactorReset", "SentCopy", "Setting", "SettingContact", "SettingLead", "SettingOwnership", "Share", "SystemParticipant", "User",]
