"""Imports of Ofsted's register: read, compare, store. Importing the same file again writes nothing."""

import datetime as dt
import hashlib
import sys
from collections.abc import Callable

from django.db import transaction

from inspections.ofsted.importer.comparing import compare_with_active
from inspections.ofsted.importer.entries import entries_of, headings_of, split_by_length
from inspections.ofsted.importer.results import FeedResult, TooManyGone
from inspections.ofsted.importer.storing import save_rows
from inspections.ofsted.models import RegisterFile
from inspections.ofsted.reader.feed import Feed, RowFault
from inspections.ofsted.reader.reading import feed_of
from providers.directory.models import InspectionType, Setting
from providers.people.models import User
from providers.people.rules import check_may
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.audit_context import audit_as

NAMED = 3
ANY_NUMBER = sys.maxsize
"""Confirms in advance however many settings leave the list."""


def import_file(
    *,
    by: User | None,
    content: bytes,
    filename: str,
    as_at: dt.date | None = None,
    dry_run: bool = False,
    confirmed_gone: int = 0,
    apply: Callable[..., FeedResult] | None = None,
) -> FeedResult:
    """Import a file. Raises Refused when it cannot be read; `by` is None for the operator's command line.

    `apply` does what `apply_feed` does, and what the layers above add to it in the same transaction.
    """
    check_can_import(by)
    if known := _imported_before(content, filename, as_at):
        return nothing_new(known)
    feed = feed_of(content, filename=filename, as_at=as_at)
    return (apply or apply_feed)(
        by=by, feed=feed, filename=filename, dry_run=dry_run, confirmed_gone=confirmed_gone
    )


def check_can_import(by: User | None) -> None:
    if by is not None:
        check_may(by, Permission.IMPORT_REGISTER)


def _imported_before(content: bytes, filename: str, as_at: dt.date | None) -> RegisterFile | None:
    """Return the stored file with the same bytes, before parsing; None unless its day surely matches."""
    for file in RegisterFile.objects.active().filter(sha256=hashlib.sha256(content).hexdigest()):
        in_title = file.as_at_source == RegisterFile.DateSource.TITLE
        in_name = file.as_at_source == RegisterFile.DateSource.NAME and file.filename == filename
        if file.as_at == as_at or (as_at is None and (in_title or in_name)):
            return file
    return None


def apply_feed(
    *, by: User | None, feed: Feed, filename: str, dry_run: bool = False, confirmed_gone: int = 0
) -> FeedResult:
    """Store all of a file or nothing, in one transaction; `dry_run` compares and writes nothing.

    Raises TooManyGone when more than a fifth of the list would leave it, unless somebody has confirmed that so
    many may go.
    """
    check_can_import(by)
    rows, refused = split_by_length(feed)
    entries = entries_of(feed, rows)
    if dry_run:
        return compare_with_active(_unsaved(feed, filename), entries, refused)
    with transaction.atomic(), audit_as(reason=f"Import of {filename}"):
        take_turns()
        if known := active_copy(feed):
            return nothing_new(known)
        file = _unsaved(feed, filename)
        result = compare_with_active(file, entries, refused)
        check_gone(result, confirmed_gone)
        file.turn = RegisterFile.objects.filter(sha256=feed.sha256, as_at=feed.as_at).count()
        file.gone_confirmed = len(result.leaving) if result.takes_too_many else None
        file.result, file.imported_by = result.as_json(), by.person if by else None
        file.save()
        save_rows(file, rows, entries)
    return result


def take_turns() -> None:
    """Take the lock that every import and withdrawal takes first, so that two at once take turns."""
    list(InspectionType.objects.select_for_update())


def active_copy(feed: Feed) -> RegisterFile | None:
    """Return the file with the same bytes and day that was imported before and not withdrawn since, if any."""
    return RegisterFile.objects.active().filter(sha256=feed.sha256, as_at=feed.as_at).first()


def check_gone(result: FeedResult, confirmed_gone: int) -> None:
    if result.takes_too_many and len(result.leaving) > confirmed_gone:
        raise TooManyGone(too_many_words(result), result)


def too_many_words(result: FeedResult) -> str:
    """Return which settings would leave the list: "105 of the 108 settings on the list …"."""
    leaving = result.leaving
    named = Setting.objects.filter(urn__in=leaving[:NAMED]).select_related("provision_type")
    names = [str(setting) for setting in named]
    more = f" and {len(leaving) - len(names):,} more" if len(leaving) > len(names) else ""
    whose = f" of {result.scope.name}" if result.scope.name else ""
    return (
        f"{len(leaving):,} of the {result.listed:,} settings{whose} on Ofsted’s list would be removed from it"
        f" ({len(leaving) / result.listed:.0%}): {', '.join(names)}{more}."
    )


def _unsaved(feed: Feed, filename: str) -> RegisterFile:
    return RegisterFile(
        as_at=feed.as_at,
        as_at_source=feed.as_at_source,
        filename=filename[-255:],
        sha256=feed.sha256,
        encoding=feed.encoding,
        headings=headings_of(feed),
        fields={layout.sheet: list(layout.fields) for layout in feed.sheets},
        scope_kind=feed.scope.kind,
        scope_name=feed.scope.name[:500],
        scope={"authorities": list(feed.scope.authorities), "owner": feed.scope.owner},
        left_out=list(feed.left_out),
    )


def nothing_new(file: RegisterFile) -> FeedResult:
    """Return the result of importing the same file again: nothing changes."""
    return FeedResult(
        file.as_at,
        unchanged=list(file.entries.values_list("urn", flat=True)),
        flagged=file.result["flagged"],
        refused=[RowFault(**fault) for fault in file.result["refused"]],
    )
