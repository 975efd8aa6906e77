from django.core.management.base import BaseCommand, CommandError

from providers.directory.models import Authority
from providers.people.services.invitations import address_of, invite_first_administrator
from providers.people.services.organisations import council_for
from qa_portal.core.stops import WritesStopped, check_afresh


class Command(BaseCommand):
    help = (
        "Invites the first installation administrator and prints the link. Run once, on a new installation."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("authority", help='for example "Westmorland and Furness"')

    def handle(self, *, email: str, authority: str, **options):
        try:
            check_afresh()
        except WritesStopped as stopped:
            raise CommandError(stopped.sentence) from None
        found = Authority.objects.filter(name__iexact=authority).first()
        if found is None:
            known = ", ".join(Authority.objects.values_list("name", flat=True))
            raise CommandError(f"There is no authority '{authority}'. Known: {known}.")
        invitation = invite_first_administrator(organisation=council_for(found), email=email)
        self.stdout.write(f"Send this link to {invitation.email}. It works once, for a week:")
        self.stdout.write(address_of(invitation))
