"""Ends the restored state: what may have been mailed is sent or held, then the counter passes the storage's."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from inspections.ofsted.importer import import_steps
from providers.documents import scanning, sweeping
from providers.documents.storage import document_storage
from providers.notifications.sending import COLLECT, SEND
from providers.notifications.services import hold_waiting
from providers.people.services.invitations import SEND_AGAIN, hold_unsent
from qa_portal.core import due, stops
from qa_portal.core.installation import OwnershipState, StorageOwnership, end_restored
from qa_portal.core.rules import Refused
from qa_portal.portal.restoring.report import A_PASS_LASTS

MAIL = ("send", "hold")
NOT_CAUGHT_UP = {
    SEND,
    COLLECT,
    SEND_AGAIN,
    sweeping.NAME,
    scanning.NAME,
    import_steps.PREVIEW,
    import_steps.APPLY,
}
"""Leaves the installation, or looks into its files: waits for the first pass afterwards."""


@dataclass(frozen=True)
class EndedRestore:
    """How many messages and invitations are held, of which nobody but a person sends one now."""

    messages: int = 0
    invitations: int = 0


def end_restored_state(*, by: str, reason: str, mail: str, found: StorageOwnership) -> EndedRestore:
    """Let the portal write, send and sweep again.

    With "hold", due work of the time between is first caught up with while no mail can leave, so that the
    reminders and late notices that it writes again are held too. Killed in the middle, the database is still
    restored and the command is run again.
    """
    check(by, reason, mail, found)
    held = EndedRestore()
    begun = timezone.now()
    holding = mail == "hold" and found.state == OwnershipState.RESTORED
    if holding:
        due.catch_up(leave_out=NOT_CAUGHT_UP)
    with transaction.atomic():
        if holding and found.newest:
            before = found.newest.at + A_PASS_LASTS
            held = EndedRestore(
                hold_waiting(before=before, made_since=begun), hold_unsent(at=found.newest.at)
            )
        end_restored(document_storage(), by=by, reason=reason)
    stops.forget()
    return held


def check(by: str, reason: str, mail: str, found: StorageOwnership) -> None:
    if not by.strip() or not reason.strip():
        raise Refused("Say who ends the restored state and why: --by NAME --reason WHY.")
    if mail not in MAIL:
        raise Refused("Say what becomes of the mail that may have left already: --mail send or --mail hold.")
    others = [sentence for sentence in stops.look() if sentence != found.stops]
    if others:
        raise Refused(others[0])
