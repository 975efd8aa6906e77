"""factory_boy for people and organisations. All of it invented."""

import time

import factory
from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from factory.django import DjangoModelFactory

from providers.directory.models import Authority, Provider
from providers.people import roles
from providers.people.adapters import EncryptedSecretsAdapter
from providers.people.models import Membership, Organisation, Person, PersonalDetails, User
from providers.people.services.organisations import council_for
from qa_portal.core.dates import today

PASSWORD = "heron valley lantern"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECONDS_TO_TYPE = 10


def code_now(secret: str = SECRET) -> str:
    """What an authenticator app with this secret shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def fresh_code(secret: str = SECRET) -> str:
    """As somebody reads it who waits for the next where this one is about to change: good for some seconds yet."""
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < SECONDS_TO_TYPE:
        time.sleep(left)
    return code_now(secret)


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider

    name = factory.Sequence(lambda n: f"Invented Care {n} Ltd")


class ProviderOrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = Organisation.Kind.PROVIDER
    name = factory.Sequence(lambda n: f"Invented Care {n} Ltd")
    provider = factory.SubFactory(ProviderFactory, name=factory.SelfAttribute("..name"))


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = Organisation.Kind.AGENCY
    agency_kind = Organisation.AgencyKind.ICB
    name = factory.Sequence(lambda n: f"Invented Care Board {n}")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    details = factory.RelatedFactory("tests.factories.people.DetailsFactory", factory_related_name="person")


class DetailsFactory(DjangoModelFactory):
    class Meta:
        model = PersonalDetails

    person = factory.SubFactory(PersonFactory, details=None)
    full_name = factory.Faker("name", locale="en_GB")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@council.example")
    person = factory.SubFactory(PersonFactory)

    @classmethod
    def _create(cls, model_class, *args, second_factor=True, **values):
        user = model_class.objects.create_user(password=PASSWORD, **values)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if second_factor:
            data = {"secret": EncryptedSecretsAdapter().encrypt(SECRET)}
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
        return user


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.LazyFunction(lambda: UserFactory().person)
    role = roles.ContractOfficer.key
    from_on = factory.LazyFunction(today)


def council(name: str = "Westmorland and Furness") -> Organisation:
    return council_for(Authority.objects.get(name=name))
