from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from providers.documents.storage import document_storage
from providers.documents.storage_guard import ownership
from qa_portal.core import stops
from qa_portal.core.installation import OwnershipState, begin_restored


class Command(BaseCommand):
    help = (
        "Tells the portal that it was restored where it cannot know: database and documents from one moment, as "
        "in a copy of the whole machine. Run it before the portal is started."
    )

    def handle(self, **options):
        found = ownership()
        if found.state != OwnershipState.OURS:
            raise CommandError(
                found.stops or "The storage of documents carries no mark of this installation yet."
            )
        begin_restored(document_storage(), kind=settings.INSTALLATION_KIND)
        stops.forget()
        self.stdout.write(
            "This database now counts as restored: nothing is saved and no mail leaves. "
            "See what may have left, and end it, with manage.py end_restored_state."
        )
