"""What a document's scan and its last day set in motion: whoever answers for it is told."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from providers.documents.models import MANAGES, Document
from providers.notifications.kinds import DOCUMENT_EXPIRES, MessageKind, register
from providers.notifications.models import Notification
from providers.notifications.reminders import THRESHOLDS
from providers.notifications.services import About, notify_all, remind
from providers.people.models import Membership
from providers.people.selectors import holders
from qa_portal.core.dates import today
from qa_portal.core.present import present

DOCUMENT_INFECTED = register(
    MessageKind(
        key="document_infected",
        label="A virus was found in a document",
        text="A virus was found in a document. Nobody can open it: remove it, and upload a clean copy.",
        urgent=True,
        compulsory=True,
        restricted=True,
    )
)


def readers_of(document: Document):
    """Return whoever uploaded it, while they are there, and those who manage documents there."""
    here = Membership.objects.in_force().filter(organisation=document.organisation)
    readers = set(here.filter(pk=document.uploaded_by_id).values_list("pk", flat=True))
    for permission in MANAGES:
        readers |= set(holders(permission, document.organisation).values_list("pk", flat=True))
    return here.filter(pk__in=readers)


def about(document: Document) -> About:
    return About(
        path=reverse("document", args=[document.public_id]),
        subject_kind="document",
        subject_id=document.public_id,
    )


def infected_not_notified():
    told = Notification.objects.filter(kind=DOCUMENT_INFECTED.key, subject_id=OuterRef("public_id"))
    found = Document.objects.filter(scan_state=Document.Scan.INFECTED, removed_at=None)
    return found.filter(~Exists(told)).select_related("organisation")


def notify_infected(document: Document) -> None:
    notify_all(
        to=readers_of(document),
        key=f"infected:{document.public_id}",
        kind=DOCUMENT_INFECTED,
        about=about(document),
        facts={"document": document.get_kind_display(), "on": today()},
    )


def running_out():
    return Document.objects.current().expiring(today(), max(THRESHOLDS)).select_related("organisation")


def remind_of_last_day(document: Document) -> None:
    remind(
        to=readers_of(document),
        subject=f"document:{document.public_id}",
        kind=DOCUMENT_EXPIRES,
        ends_on=present(document.expires_on),
        facts={"document": document.get_kind_display()},
        about=about(document),
    )
