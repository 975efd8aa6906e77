"""Which papers that a lot must have no provider's library holds now, and since when: worked out, never stored."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db.models import Max, Q

from providers.directory.models import ProviderMerger
from providers.documents.models import Document
from providers.documents.rules import READABLE
from providers.purchasing.models import BlockerKind, LotMembership, RequiredDocument
from qa_portal.core.dates import day_of

NOT_REFUSED = READABLE | {Document.Scan.WAITING}
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DocumentPeriod:
    """In force from `start` to `end`, both included; `end` is None where nothing ends it yet."""

    kind: str
    start: dt.date
    end: dt.date | None
    cover: int

    def serves(self, required: RequiredDocument) -> bool:
        return self.kind == required.kind and self.cover >= (required.minimum_cover or 0)

    def has_run(self, on: dt.date) -> bool:
        """Return whether the document has started by that day and did not end before it started."""
        return self.start <= min(on, self.end or on)

    def is_in_force(self, on: dt.date) -> bool:
        return self.has_run(on) and (self.end is None or self.end >= on)


def current_memberships(on: dt.date):
    """Those in force that day, on systems that have not ended."""
    running = Q(lot__system__ends_on=None) | Q(lot__system__ends_on__gte=on)
    return LotMembership.objects.in_force(on).filter(running).select_related("decision__exemption")


def document_gaps(
    places: Collection[LotMembership], on: dt.date, *, scans: Iterable[str] = NOT_REFUSED
) -> dict[int, dict[str, dt.date | None]]:
    """Return, by place and by kind that its lot must have, the first day on which nothing in force serves.

    None for that day where nothing *ran out*: there never was one, or it ended before the provider was
    on the lot or before the lot asked for it as it does now. That is for the check of an application,
    or between the council and all who are on the lot. A paper that the approval's exemption covers is
    missed from the day after the exemption's last. `scans`: in which states of its virus scan a paper
    counts. Four queries.
    """
    asked = RequiredDocument.objects.filter(lot__in={place.lot_id for place in places}, is_compulsory=True)
    of_lot = defaultdict(list)
    for required in asked:
        of_lot[required.lot_id].append(required)
    changed = last_changes(asked)
    present = dict(ProviderMerger.objects.values_list("merged", "into"))
    owners = {place.pk: present.get(place.provider_id, place.provider_id) for place in places}
    papers = document_periods(set(owners.values()), present, {required.kind for required in asked}, scans)
    found: dict[int, dict[str, dt.date | None]] = {place.pk: {} for place in places}
    for place in places:
        joined = min(place.decision.decided_on, place.from_on)
        for required in of_lot[place.lot_id]:
            served = [one for one in papers[owners[place.pk]] if one.serves(required) and one.has_run(on)]
            exempt_until = last_day_exempted(place, required.kind)
            if any(paper.is_in_force(on) for paper in served) or (exempt_until and on <= exempt_until):
                continue
            first = first_day_without(served, max(joined, changed[required.pk]))
            after = exempt_until + ONE_DAY if exempt_until else None
            found[place.pk][required.kind] = max(filter(None, (first, after)), default=None)
    return found


def last_day_exempted(place: LotMembership, kind: str) -> dt.date | None:
    """Return until when the lot was approved without a document of this kind; None where it was not."""
    exemption = place.decision.exemption
    if exemption is None:
        return None
    named = {(one["kind"], one["about"]) for one in exemption.covers}
    return exemption.expires_on if (BlockerKind.PAPER.value, kind) in named else None


def missing_document_kinds(provider_id: int, lot_id: int, on: dt.date) -> list[str]:
    """Kinds that the lot must have and that nothing in force serves, whether it ran out or never was."""
    asked = list(RequiredDocument.objects.filter(lot=lot_id, is_compulsory=True).order_by("kind"))
    present = dict(ProviderMerger.objects.values_list("merged", "into"))
    owner = present.get(provider_id, provider_id)
    papers = document_periods({owner}, present, {required.kind for required in asked}, NOT_REFUSED)[owner]
    return [
        required.kind
        for required in asked
        if not any(paper.serves(required) and paper.is_in_force(on) for paper in papers)
    ]


def last_changes(asked: Iterable[RequiredDocument]) -> dict[int, dt.date]:
    """Return the day of the last change of each requirement, by its id."""
    rows = RequiredDocument.history.filter(id__in=[required.pk for required in asked])
    newest = rows.order_by().values_list("id").annotate(Max("history_date"))
    return {pk: day_of(moment) for pk, moment in newest}


def document_periods(
    providers: Collection[int], present: Mapping[int, int], kinds: Collection[str], scans: Iterable[str]
) -> Mapping[int, list[DocumentPeriod]]:
    """Return the periods of documents by provider, under whichever of its names they were uploaded; none that names a child."""
    names = [*providers, *(merged for merged, into in present.items() if into in providers)]
    kept = Document.objects.filter(
        organisation__provider__in=names, kind__in=kinds, identifies_child=False, scan_state__in=scans
    )
    rows = list(kept.select_related("organisation"))
    followed = {
        row.replaces_id: begins(row) - ONE_DAY for row in rows if row.replaces_id and not row.is_removed
    }
    papers = defaultdict(list)
    for row in rows:
        removed = day_of(row.removed_at) - ONE_DAY if row.removed_at else None
        ends = [end for end in (row.expires_on, removed, followed.get(row.pk)) if end]
        paper = DocumentPeriod(row.kind, begins(row), min(ends, default=None), row.cover_amount or 0)
        owner = cast(int, row.organisation.provider_id)  # asked for by their provider
        papers[present.get(owner, owner)].append(paper)
    return papers


def begins(document: Document) -> dt.date:
    return document.from_on or day_of(document.uploaded_at)


def first_day_without(served: Iterable[DocumentPeriod], since: dt.date) -> dt.date | None:
    """Return the day after the last of them ended, if that was on `since` or later."""
    last = max((paper.end for paper in served if paper.end), default=None)
    return last + ONE_DAY if last and last >= since else None
