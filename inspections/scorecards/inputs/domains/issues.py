"""Open contract issues: points by the highest stage. No open issue also counts, if somebody has looked.

Somebody has looked if they visited, or closed, raised, triaged or moved an issue within the window. An
issue opened from a file of Ofsted's that nobody has touched shows nothing about the council's own view: bad
news fills no gap.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import cast

from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from inspections.issues.models import ContractIssue, StageMove
from inspections.issues.rules import SUSPENDS, SUSPENSION
from inspections.scorecards.inputs.context import ScoringContext
from inspections.scorecards.inputs.domain import ScorecardSource
from inspections.scorecards.inputs.domains.visits import Visits
from inspections.scorecards.inputs.row_ids import raw_ref, ref_of
from inspections.scorecards.scoring.arithmetic import WHOLE, DomainResult, Evidence, Status
from inspections.scorecards.scoring.words import counted, day_words
from qa_portal.core.dates import day_of

CODE = "issues"
NOTHING = DomainResult(CODE, Status.NO_DATA, says="No information recorded in these 12 months")


BY_FILE = {ContractIssue.Source.JUDGEMENT, ContractIssue.Source.SUSPENSION}


@dataclass(frozen=True, slots=True)
class Stage:
    number: int
    name: str
    since: dt.date
    by_file: bool = False
    """One stage of an issue, and since when."""


@dataclass(slots=True)
class IssueRow:
    """One issue. `stages` are in order; a provider may not have been told the first."""

    raw_ref: str
    on: dt.date
    closed_on: dt.date | None
    triaged_on: dt.date | None
    council: str
    by_file: bool
    stages: list[Stage] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return ref_of(self.raw_ref)

    def is_open(self, on: dt.date) -> bool:
        return bool(self.stage(on)) and (self.closed_on is None or self.closed_on > on)

    def stage(self, on: dt.date) -> Stage | None:
        """Return the stage on the day; None if it is unknown to the viewer."""
        newest = next((one for one in reversed(self.stages) if one.since <= on), None)
        return newest if newest and newest.name else None

    def looked_on(self, on: dt.date) -> dt.date | None:
        """Return the last day on which somebody worked on the issue, if the viewer knew of it by `on`."""
        if self.stage(on) is None:
            return None
        touched = [one.since for one in self.stages if one.since <= on and not one.by_file]
        touched += [day for day in (self.triaged_on, self.closed_on) if day and day <= on]
        return max(touched, default=None)

    def suspended_since(self, on: dt.date) -> dt.date | None:
        """Return since when it has been suspended.

        A suspension lasts until a step down, even if the issue is closed.
        """
        since = None
        for stage in self.stages:
            if stage.since <= on and stage.number in SUSPENDS:
                since = since or stage.since
            elif stage.since <= on and stage.number < SUSPENSION:
                since = None
        return since

    def evidence(self, stage: Stage) -> Evidence:
        """Return the issue as evidence, without its title, which a reader of scorecards may not see."""
        says = f"{stage.name}, stage {stage.number}, since {day_words(stage.since)}"
        return Evidence("issue", self.ref, says, stage.since, self.council)


class Issues:
    def __init__(
        self, context: ScoringContext, visits: Visits, of_settings: dict, of_providers: dict
    ) -> None:
        self.points, self.window = context.rules.stage_points, context.rules.windows[CODE]
        self.owners, self.visits, self.councils = context.owners, visits, context.scope.issues
        self.of_settings, self.of_providers = of_settings, of_providers
        self.with_evidence = context.with_evidence

    def about(self, setting: int, on: dt.date) -> list[IssueRow]:
        """Return issues about the setting itself and those about its whole provider of the day."""
        own = self.of_settings.get(setting, [])
        if not self.of_providers:
            return own
        return own + self.of_providers.get(self.owners.of(setting, on), [])

    def reading(self, setting: int, on: dt.date) -> DomainResult:
        known = self.about(setting, on)
        standing = [(stage, one) for one in known if one.is_open(on) and (stage := one.stage(on))]
        looked = self._looked_on(setting, on, known)
        counts = looked is not None and (on - looked).days <= self.window
        if not standing:
            return self._nothing_open(looked) if looked and counts else NOTHING
        standing.sort(key=lambda pair: (-pair[0].number, pair[0].since, pair[1].raw_ref))
        worst = min(self.points.get(stage.number, 0) for stage, _ in standing)
        highest, first = standing[0]
        more = f", and {counted(len(standing) - 1, 'more open issue')}" if len(standing) > 1 else ""
        evidence = tuple(one.evidence(stage) for stage, one in standing) if self.with_evidence else ()
        says = f"{first.evidence(highest).says}{more}"
        if counts:
            return DomainResult(CODE, Status.CURRENT, worst, highest.since, says, evidence)
        status = Status.STALE if looked else Status.NO_DATA
        since = f" since {day_words(looked)}" if looked else ""
        return DomainResult(
            CODE, status, None, looked, f"{says}; no visit, triage or change of stage{since}", evidence
        )

    def _looked_on(self, setting: int, on: dt.date, known: list[IssueRow]) -> dt.date | None:
        """Return when a council last looked.

        Only councils whose issues the viewer may read count as having looked.
        """
        looks = [self.visits.looked_on(setting, on, self.councils), *(one.looked_on(on) for one in known)]
        return max((look for look in looks if look), default=None)

    def _nothing_open(self, looked: dt.date) -> DomainResult:
        return DomainResult(
            CODE, Status.NIL, WHOLE, looked, f"No open issue; last looked at {day_words(looked)}"
        )


def load_issues(context: ScoringContext, visits: Visits) -> Issues:
    told = context.scope.is_provider_view
    whole = Q(setting=None, provider__in=context.providers)
    found = ContractIssue.objects.filter(
        context.scope.by("issues"), Q(setting__in=context.settings) | whole, opened_on__lte=context.last
    )
    if told:
        found = found.filter(provider__in=context.scope.providers or (), told_provider_on__lte=context.last)
    issues, at, settings, providers = {}, {}, defaultdict(list), defaultdict(list)
    rows = found.order_by("opened_on", "pk").values_list(
        *("pk", "setting", "provider", raw_ref(), "opened_on", "closed_at", "triaged_at"),
        *("council__name", "source"),
        *("stage__number", "stage__name"),
    )
    for pk, setting, provider, ref, on, *moments, council, source, number, name in rows:
        closed_on, triaged_on = (day_of(moment) if moment else None for moment in moments)
        issues[pk] = IssueRow(ref, on, closed_on, triaged_on, council, by_file=source in BY_FILE)
        at[pk] = number, name
        if setting:
            settings[setting].append(issues[pk])
        else:
            providers[context.owners.now(provider)].append(issues[pk])
    add_stages(issues, at, moves_of(found, told), told=told)
    return Issues(context, visits, dict(settings), dict(providers))


def moves_of(found, told: bool):
    moves = StageMove.objects.filter(issue__in=found.order_by())
    known = ~Q(told="") | Q(to_stage__name_for_provider="")
    return (moves.filter(known) if told else moves).order_by("pk")


def add_stages(issues: dict, at: dict, moves, *, told: bool) -> None:
    """Add the stages of each issue.

    An issue that never moved is where it began; a provider sees only the moves that it was notified of.
    """
    name = "name_for_provider" if told else "name"
    rows = moves.values_list(
        *("issue", "on", "from_stage__number", "from_stage__name", "to_stage__number", f"to_stage__{name}")
    )
    for pk, on, from_number, from_name, number, to_name in rows:
        issue = issues[pk]
        if not issue.stages and not told:
            issue.stages.append(Stage(from_number, from_name, issue.on, issue.by_file))
        issue.stages.append(Stage(number, to_name, on))
    for pk, issue in issues.items():
        if not issue.stages and not told:
            number, name = at[pk]
            issue.stages.append(Stage(number, name, issue.on, issue.by_file))


def latest_decision_maker() -> Case:
    """Return whose decision an issue rests on, as an expression on ContractIssue.

    That is who moved it to the stage it is at, nobody where a deadline moved it; without a move, who triaged it.
    """
    moves = StageMove.objects.filter(issue=OuterRef("pk")).order_by("-pk")
    by_deadline, decided = (Subquery(moves.values(column)[:1]) for column in ("by_deadline", "decided_by"))
    somebody = Coalesce(decided, "triaged_by", "opened_by", output_field=BigIntegerField())
    return Case(When(Exact(by_deadline, True), then=None), default=somebody, output_field=BigIntegerField())


SOURCE = ScorecardSource(
    code=CODE,
    evidence_kind="issue",
    load=lambda context, loaded: load_issues(context, cast(Visits, loaded["visits"])),
    table=ContractIssue,
    author=latest_decision_maker(),
    page="issue",
    gap="This will be scored when a visit report is published, or when a contract issue has been looked into and closed.",
)
