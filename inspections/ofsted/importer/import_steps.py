"""Steps of an uploaded file: requested, previewed, confirmed, imported; or refused, or withdrawn.

Reading and importing are due work: if killed midway, they have written nothing and are due again. What an import
sets in motion is for the layers above, so they register the importing (`workflows.reactions`).
"""

import datetime as dt
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.importer.results import FeedResult, TooManyGone
from inspections.ofsted.importer.services import active_copy, apply_feed, check_can_import, import_file
from inspections.ofsted.reader.reading import Offered, feed_of, offered
from providers.people.membership_context import activate_membership
from providers.people.models import Membership, User
from providers.people.rules import own_membership
from qa_portal.core import due
from qa_portal.core.audit.audit_context import Actor, audit_as
from qa_portal.core.dates import today
from qa_portal.core.present import present
from qa_portal.core.rules import Refused

State = ImportRequest.State
PREVIEW, APPLY = "preview imports of the register", "import the register"


def ask_for_import(
    *, by: User, upload: UploadedFile | Offered, as_at: dt.date | None = None
) -> ImportRequest:
    """Check the upload's first look at once and store the request; the preview reads the rest.

    A form passes an upload that it has already checked: inside a transaction, others would wait for the
    check.
    """
    check_can_import(by)
    if as_at and as_at > today():
        raise Refused("The day that the file speaks for cannot be in the future.")
    file = upload if isinstance(upload, Offered) else offered(upload)
    with transaction.atomic():
        request = ImportRequest.objects.create(
            filename=file.filename[-255:], content=file.content, as_at=as_at, asked_by=own_membership(by)
        )
        due.run_soon(PREVIEW)
    return request


@transaction.atomic
def confirm_import(*, by: User, request: ImportRequest, gone_confirmed: bool = False) -> None:
    """Confirm the import. If more than a fifth of the list would leave it, `gone_confirmed` is needed too."""
    check_can_import(by)
    request = locked(request).get()
    check_may_move(request, State.APPLYING)
    if request.takes_too_many:
        if not gone_confirmed:
            raise Refused(
                f"Confirm first that {len(present(request.result)['leaving']):,} settings are to be removed from Ofsted’s"
                " list, or withdraw this import."
            )
        request.gone_confirmed = len(present(request.result)["leaving"])
    request.state, request.progress = State.APPLYING, ""
    request.confirmed_by, request.confirmed_at = by.membership, timezone.now()
    request.save()
    due.run_soon(APPLY)


@transaction.atomic
def withdraw_import(*, by: User, request: ImportRequest) -> None:
    check_can_import(by)
    request = locked(request).get()
    check_may_move(request, State.WITHDRAWN)
    end(request, State.WITHDRAWN)


def check_may_move(request: ImportRequest, to: State) -> None:
    if not request.may_become(to):
        raise Refused(f"The import is {request.get_state_display().lower()} by now. Look at it again.")


def locked(request: ImportRequest, **options):
    return ImportRequest.objects.select_for_update(**options).defer("content").filter(pk=request.pk)


def end(request: ImportRequest, state: State, **facts) -> None:
    for name, value in facts.items():
        setattr(request, name, value)
    request.state, request.ended_at, request.content, request.progress = state, timezone.now(), None, ""
    request.save()


def preview_import(request: ImportRequest) -> None:
    """Read the file without a lock: that takes seconds and writes nothing."""
    if not tell(request, State.WAITING, "Reading the file and comparing it with the register"):
        return
    by, _ = asker(request.asked_by)
    try:
        result = import_file(by=by, dry_run=True, **what_was_sent(request))
    except Refused as refusal:
        refuse(request, State.WAITING, refusal)
        return
    with transaction.atomic():
        if request := locked(request).filter(state=State.WAITING).first():
            request.state, request.progress = State.PREVIEWED, ""
            request.speaks_for, request.previewed_at = result.as_at, timezone.now()
            request.result = result.as_json()
            request.save()


def confirmed_imports():
    return ImportRequest.objects.in_state(State.APPLYING)


def apply_import(request: ImportRequest, apply: Callable[..., FeedResult] = apply_feed) -> None:
    """Import the rows and mark the request as done in one transaction.

    `apply` does what `apply_feed` does, and what the layers above add to it.
    """
    if not tell(request, State.APPLYING, "Reading the file"):
        return
    by, actor = asker(present(request.confirmed_by))
    try:
        feed = feed_of(**what_was_sent(request))
        tell(request, State.APPLYING, f"Importing {len(feed.rows):,} rows")
        # Whoever finds the row locked leaves it: somebody is importing this file now.
        with transaction.atomic(), audit_as(actor):
            if mine := locked(request, skip_locked=True).filter(state=State.APPLYING).first():
                result = apply(
                    by=by, feed=feed, filename=mine.filename, confirmed_gone=mine.gone_confirmed or 0
                )
                end(mine, State.DONE, file=active_copy(feed), result=result.as_json())
    except TooManyGone as refusal:
        changed = "Ofsted’s list has changed since the preview."
        refuse(
            request, State.APPLYING, Refused(f"{changed} {refusal.sentence} Upload the file again to see it.")
        )
    except Refused as refusal:
        refuse(request, State.APPLYING, refusal)


def tell(request: ImportRequest, state: State, words: str) -> bool:
    """Show on the page what is going on. Return False if the request is past this state."""
    rows = ImportRequest.objects.filter(pk=request.pk, state=state)
    return bool(rows.update(progress=words))  # audit-ok: an operational row


def asker(membership: Membership) -> tuple[User, Actor]:
    """Return the person who asked. Raises Refused if they have left since, or lost the role."""
    user = membership.person.user
    return user, activate_membership(user, membership)


def what_was_sent(request: ImportRequest) -> dict:
    content = bytes(request.content or b"")
    return {"content": content, "filename": request.filename, "as_at": request.as_at}


@transaction.atomic
def refuse(request: ImportRequest, state: State, refusal: Refused) -> None:
    if request := locked(request).filter(state=state).first():
        end(request, State.REFUSED, refusal=refusal.sentence)


due.register(due.DueWork(PREVIEW, lambda: ImportRequest.objects.in_state(State.WAITING), preview_import))
