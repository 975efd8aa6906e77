"""Imports every slice's tables, so that Django finds them."""

from providers.directory.models import Authority, AuthoritySuccession, Provider, ProviderGroup
from providers.people.models import (
    Invitation,
    Membership,
    Organisation,
    Partnership,
    Person,
    PersonalDetails,
    SecondFactorReset,
    Share,
    User,
)

__all__ = [
    "Authority",
    "AuthoritySuccession",
    "Invitation",
    "Membership",
    "Organisation",
    "Partnership",
    "Person",
    "PersonalDetails",
    "Provider",
    "ProviderGroup",
    "SecondFactorReset",
    "Share",
    "User",
]
