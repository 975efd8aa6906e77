"""Documents that a provider is expected to keep: which are in date in its library."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from inspections.scorecards.inputs.context import ScoringContext
from inspections.scorecards.inputs.domain import GapLink, ScorecardSource
from inspections.scorecards.inputs.row_ids import raw_ref, ref_of
from inspections.scorecards.scoring.arithmetic import WHOLE, DomainResult, Evidence, Status
from inspections.scorecards.scoring.words import day_words
from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.documents.rules import READABLE
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import day_of

CODE = "documents"
NOTHING = DomainResult(CODE, Status.NO_DATA, says="No document in the provider's library")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in date from `start` to `end`, both included; its content was deleted on `removed_on`.

    `replaces` is the key of the document that it replaces from its own first day.
    """

    pk: int
    replaces: int | None
    raw_ref: str
    kind: str
    start: dt.date
    end: dt.date | None
    removed_on: dt.date | None

    def known(self, on: dt.date) -> bool:
        return self.start <= on and (self.removed_on is None or self.removed_on > on)

    def in_date(self, on: dt.date) -> bool:
        return self.known(on) and (self.end is None or on <= self.end)

    @property
    def evidence(self) -> Evidence:
        until = f", last day {day_words(self.end)}" if self.end else ""
        return Evidence(
            "document",
            ref_of(self.raw_ref),
            f"{DocumentKind(self.kind).label}{until}",
            self.start,
            "Provider",
        )


class Documents:
    def __init__(self, context: ScoringContext, by_provider: dict[int, list[DocumentRow]]) -> None:
        self.expected, self.owners = context.rules.documents, context.owners
        self.by_provider, self.with_evidence = by_provider, context.with_evidence
        self.read: dict[tuple[int, dt.date], DomainResult] = {}

    def reading(self, setting: int, on: dt.date) -> DomainResult:
        """Return the provider's result, worked out once for all its settings."""
        owner = self.owners.of(setting, on)
        if owner not in self.by_provider:
            return NOTHING
        if (owner, on) not in self.read:
            self.read[owner, on] = self._of_provider(self.by_provider[owner], on)
        return self.read[owner, on]

    def _of_provider(self, kept: list[DocumentRow], on: dt.date) -> DomainResult:
        known = [one for one in kept if one.known(on)]
        if not known:
            return NOTHING
        replaced = {one.replaces for one in known}
        newest = {one.kind: one for one in known if one.in_date(on) and one.pk not in replaced}
        share, expected = len(newest), len(self.expected)
        lacking = [DocumentKind(kind).label for kind in self.expected if kind not in newest]
        return DomainResult(
            CODE,
            Status.CURRENT,
            WHOLE * share // expected,
            max(one.start for one in known),
            f"{share} of {expected} documents in date{says_lacking(lacking)}",
            tuple(newest[kind].evidence for kind in self.expected if kind in newest and self.with_evidence),
        )


def says_lacking(labels: Sequence[str]) -> str:
    """Return a sentence on the documents that the provider lacks."""
    return f" (missing or expired: {', '.join(labels)})" if labels else ""


def load_documents(context: ScoringContext) -> Documents:
    found = (
        Document.objects.filter(organisation__provider__in=context.providers)
        .filter(kind__in=context.rules.documents, identifies_child=False, scan_state__in=READABLE)
        .order_by("uploaded_at", "pk")
    )
    if context.scope.is_provider_view:
        found = found.filter(organisation__provider__in=context.scope.providers or ())
    by_provider = defaultdict(list)
    for provider, pk, replaces, ref, kind, start, uploaded, end, removed in found.values_list(
        *("organisation__provider", "pk", "replaces", raw_ref(), "kind"),
        *("from_on", "uploaded_at", "expires_on", "removed_at"),
    ):
        since, gone = start or day_of(uploaded), day_of(removed) if removed else None
        kept = DocumentRow(pk, replaces, ref, kind, since, end, gone)
        by_provider[context.owners.now(provider)].append(kept)
    return Documents(context, dict(by_provider))


SOURCE = ScorecardSource(
    code=CODE,
    evidence_kind="document",
    load=lambda context, loaded: load_documents(context),
    table=Document,
    author=F("uploaded_by"),
    page="document",
    gap="This will be scored when the provider's documents are uploaded and in date.",
    gap_link=GapLink("Add a document", "add_document", Permission.ANSWER_FOR_PROVIDER, for_provider=True),
)
