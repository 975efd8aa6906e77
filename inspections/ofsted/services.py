"""Imports of Ofsted's register: read, compare, keep. The same file again writes nothing."""

import datetime as dt
import hashlib
from collections.abc import Callable

from django.db import transaction

from inspections.ofsted.entries import entries_of, headings_of, split_by_length
from inspections.ofsted.feed import Feed, RowFault
from inspections.ofsted.models import RegisterEntry, RegisterFile
from inspections.ofsted.reading import feed_of
from inspections.ofsted.results import FeedResult, compare
from inspections.ofsted.storing import save_rows
from providers.directory.models import InspectionType
from providers.people.models import User
from providers.people.rules import check_may
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.acting import acting


def import_file(
    *,
    by: User | None,
    content: bytes,
    filename: str,
    as_at: dt.date | None = None,
    dry_run: bool = False,
    apply: Callable[..., FeedResult] | None = None,
) -> FeedResult:
    """Raises Refused when the whole file cannot be read. `by` is None for the operator's command line.

    `apply` does what `apply_feed` does, and what the layers above add to it in the same transaction.
    """
    check_can_import(by)
    if known := _imported_before(content, filename, as_at):
        return nothing_new(known)
    feed = feed_of(content, filename=filename, as_at=as_at)
    return (apply or apply_feed)(by=by, feed=feed, filename=filename, dry_run=dry_run)


def check_can_import(by: User | None) -> None:
    if by is not None:
        check_may(by, Permission.IMPORT_REGISTER)


def _imported_before(content: bytes, filename: str, as_at: dt.date | None) -> RegisterFile | None:
    """Found by its bytes, before anything is parsed; only where the day is sure to be the same."""
    for file in RegisterFile.objects.filter(sha256=hashlib.sha256(content).hexdigest()):
        in_title = file.as_at_source == RegisterFile.DateSource.TITLE
        in_name = file.as_at_source == RegisterFile.DateSource.NAME and file.filename == filename
        if file.as_at == as_at or (as_at is None and (in_title or in_name)):
            return file
    return None


def apply_feed(*, by: User | None, feed: Feed, filename: str, dry_run: bool = False) -> FeedResult:
    """All of it or nothing, in one transaction; `dry_run` compares and writes nothing."""
    check_can_import(by)
    rows, refused = split_by_length(feed)
    entries = entries_of(feed, rows)
    if dry_run:
        return _compared(feed, entries, refused)
    with transaction.atomic(), acting(reason=f"Import of {filename}"):
        # A lock that every import takes first, so that two at once take turns.
        list(InspectionType.objects.select_for_update())
        if known := RegisterFile.objects.filter(sha256=feed.sha256, as_at=feed.as_at).first():
            return nothing_new(known)
        result = _compared(feed, entries, refused)
        file = RegisterFile.objects.create(
            as_at=feed.as_at,
            as_at_source=feed.as_at_source,
            filename=filename[-255:],
            sha256=feed.sha256,
            encoding=feed.encoding,
            headings=headings_of(feed),
            left_out=list(feed.left_out),
            result=result.as_json(),
            imported_by=by.person if by else None,
        )
        save_rows(file, rows, entries)
    return result


def _compared(feed: Feed, entries: list[RegisterEntry], refused: list[RowFault]) -> FeedResult:
    fields = {field for sheet in feed.sheets for field in sheet.recognised.values()}
    return compare(
        as_at=feed.as_at,
        entries=entries,
        refused=refused,
        earlier=_nearest_earlier(feed.as_at),
        has_previous=any(field.startswith("previous:") for field in fields),
    )


def _nearest_earlier(day: dt.date) -> dict[str, RegisterEntry] | None:
    file = RegisterFile.objects.filter(as_at__lt=day).in_order().last()
    return {entry.urn: entry for entry in file.entries.defer("cells")} if file else None


def nothing_new(file: RegisterFile) -> FeedResult:
    """What importing the same file again comes to."""
    return FeedResult(
        file.as_at,
        unchanged=list(file.entries.values_list("urn", flat=True)),
        flagged=file.result["flagged"],
        refused=[RowFault(**fault) for fault in file.result["refused"]],
    )
