from django.db import IntegrityError, transaction

from providers.directory.fields import name_key
from providers.directory.models import Authority, Provider
from providers.directory.selectors import is_a_mere_name, looks_after
from providers.people.models import Organisation, Partnership, User
from providers.people.rules import check_can_rename, check_may, own_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import OrganisationKind
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused


def council_for(authority: Authority) -> Organisation:
    """Return the organisation of an authority, created when it is first needed."""
    council, _ = Organisation.objects.get_or_create(
        authority=authority,
        defaults={"kind": OrganisationKind.COUNCIL, "name": authority.council_name},
    )
    return council


@transaction.atomic
def add_provider(*, by: User, name: str, company_number: str = "") -> Organisation:
    """Add the organisation that a provider's people act for. The register may have the provider's name already."""
    check_may(by, Permission.MANAGE_ORGANISATIONS)
    refuse_a_second(OrganisationKind.PROVIDER, name)
    key = name_key(name)
    if (
        company_number
        and Provider.objects.filter(company_number=company_number).exclude(name_key=key).exists()
    ):
        raise Refused(f"A provider with company number {company_number} is already in the portal.")
    provider, is_new = Provider.objects.get_or_create(
        name_key=key, defaults={"name": name, "company_number": company_number}
    )
    provider = provider.present
    if company_number and provider.company_number not in ("", company_number):
        raise Refused(f"{provider} has the company number {provider.company_number} already.")
    if Organisation.objects.filter(provider=provider).exists():
        raise Refused(f"{provider} is already in the portal.")
    if company_number and not provider.company_number:
        if not (is_a_mere_name(provider) or looks_after(by, provider)):
            raise Refused(
                f"Only the council that hosts a setting of {provider} can add its company number."
                " Leave the number out."
            )
        provider.company_number = company_number
        provider.save()
    # the register's spelling is everybody's: only a name that it does not know is taken as it was typed
    name = name if is_new else provider.name
    return Organisation.objects.create(kind=OrganisationKind.PROVIDER, name=name, provider=provider)


@transaction.atomic
def add_agency(*, by: User, name: str, agency_kind: str) -> Organisation:
    """Add a partner agency that works with the user's council from today."""
    check_may(by, Permission.MANAGE_ORGANISATIONS)
    refuse_a_second(OrganisationKind.AGENCY, name)
    agency = Organisation.objects.create(kind=OrganisationKind.AGENCY, name=name, agency_kind=agency_kind)
    Partnership.objects.create(agency=agency, council=own_organisation(by), from_on=today())
    return agency


def refuse_a_second(kind: OrganisationKind, name: str) -> None:
    if Organisation.objects.filter(kind=kind, name__iexact=name).exists():
        raise Refused(f"{name} is already in the portal.")


@transaction.atomic
def rename_organisation(*, by: User, organisation: Organisation, name: str, reason: str) -> None:
    check_can_rename(by, organisation)
    organisation.name, organisation._change_reason = name, reason
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise Refused(f"{name} is already in the portal.") from error


@transaction.atomic
def change_authority(*, by: User, authority: Authority, council_name: str, colour: str, reason: str) -> None:
    """Change the council name and colour that every page of the council shows at the top."""
    check_may(by, Permission.MANAGE_INSTALLATION)
    authority.council_name, authority.colour, authority._change_reason = council_name, colour, reason
    authority.save()
    council = council_for(authority)
    if council.name != council_name:
        council.name, council._change_reason = council_name, reason
        council.save()


def provider_organisation(provider: Provider) -> Organisation:
    """Return the organisation of a provider, created when it is first needed; it may have no people yet."""
    provider = provider.present
    organisation, _ = Organisation.objects.get_or_create(
        provider=provider, defaults={"kind": OrganisationKind.PROVIDER, "name": provider.name}
    )
    return organisation
