"""An import of the register and the cases that it opens are one transaction: both stand, or neither."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction

from inspections.issues.models import ContractIssue
from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.importer.import_steps import apply_import
from inspections.ofsted.importer.results import FeedResult
from inspections.ofsted.importer.services import active_copy, apply_feed, import_file
from inspections.ofsted.reader.feed import Feed
from providers.people.models import User
from workflows.reactions.open_issues import open_from_file


@dataclass
class Imported:
    """What the file changed, and the issues that it opened; none when it was imported before."""

    result: FeedResult
    issues: list[ContractIssue] = field(default_factory=list)


@transaction.atomic
def apply_feed_and_open_cases(
    *, by: User | None, feed: Feed, filename: str, dry_run: bool = False, confirmed_gone: int = 0
) -> Imported:
    known = active_copy(feed)
    result = apply_feed(by=by, feed=feed, filename=filename, dry_run=dry_run, confirmed_gone=confirmed_gone)
    file = active_copy(feed)
    if dry_run or known or file is None:
        return Imported(result)
    return Imported(result, open_from_file(file, result))


def import_register(
    *,
    by: User | None,
    content: bytes,
    filename: str,
    as_at: dt.date | None = None,
    dry_run: bool = False,
    confirmed_gone: int = 0,
) -> Imported:
    """Import as `inspections.ofsted.importer.services.import_file` does, with what follows: the operator's and the demo's door."""
    imported: list[Imported] = []

    def apply(**options) -> FeedResult:
        imported.append(apply_feed_and_open_cases(**options))
        return imported[0].result

    result = import_file(
        by=by,
        content=content,
        filename=filename,
        as_at=as_at,
        dry_run=dry_run,
        confirmed_gone=confirmed_gone,
        apply=apply,
    )
    return imported[0] if imported else Imported(result)


def import_confirmed(request: ImportRequest) -> None:
    """Apply one import that was confirmed on a page, in the background."""
    apply_import(request, apply=lambda **options: apply_feed_and_open_cases(**options).result)
