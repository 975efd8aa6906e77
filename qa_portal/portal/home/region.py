"""Scores of the settings that a reader watches on three days: today, a month ago and 90 days ago."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from inspections.scorecards.inputs.loader import load_inputs
from inspections.scorecards.inputs.settings_on import RegisteredSetting, read, registered
from inspections.scorecards.inputs.visibility import EvidenceScope, councils_readable
from inspections.scorecards.scoring.arithmetic import Limit, Score
from inspections.scorecards.scoring.results import Row, Scorecard, worst_first
from inspections.scorecards.selectors import settings_shown, subject_of
from providers.directory.models import Setting
from qa_portal.core.access.scope import scope_of

MONTH, NEW = dt.timedelta(days=30), dt.timedelta(days=90)


@dataclass(frozen=True)
class Region:
    """The scorecard of a day, with each setting's scores of a month and of 90 days before, if it had one."""

    card: Scorecard
    month_ago: dict[int, Score]
    earlier: dict[int, Score]

    @property
    def moved(self) -> list[Row]:
        """Return the rows whose band differs from a month ago, the worst first."""
        known = [row for row in self.card.rows if row.subject.pk in self.month_ago]
        return [row for row in known if row.score.band is not self.month_ago[row.subject.pk].band]

    @property
    def alerts(self) -> list[tuple[Row, Limit]]:
        """Return limits that did not apply 90 days ago, the newest first."""
        found = [
            (row, limit) for row in self.card.rows for limit in row.score.limits if self.is_new(row, limit)
        ]
        return sorted(found, key=lambda one: one[1].evidence.on or dt.date.min, reverse=True)

    def is_new(self, row: Row, limit: Limit) -> bool:
        before = self.earlier.get(row.subject.pk)
        held = {(one.rule, one.evidence.ref) for one in before.limits} if before else set()
        return (limit.rule, limit.evidence.ref) not in held


def region_of(user, on: dt.date) -> Region | None:
    """Return the region of the first council whose scorecard the reader may open; None if there is none."""
    councils = councils_readable(user)
    if not councils:
        return None
    scope = EvidenceScope.of_council(councils[0], reader=scope_of(user).organisation_id)
    shown = settings_shown(councils[0], on, scope).values("pk")
    settings = read(Setting.objects.visible_to(user).filter(registered(on), pk__in=shown))
    return region_over(settings, scope, on)


def region_over(settings: Sequence[RegisteredSetting], scope: EvidenceScope, on: dt.date) -> Region:
    """Return the region, loaded once for all three days."""
    month_ago, earlier = on - MONTH, on - NEW
    gathered = load_inputs(settings, scope, [earlier, month_ago, on], with_evidence=False)

    def scores(day: dt.date) -> dict[int, Score]:
        found = ((one.pk, gathered.score(one.pk, day)) for one in settings)
        return {pk: score for pk, score in found if score}

    now = scores(on)
    rows = [Row(subject_of(one, None, in_use=False), now[one.pk]) for one in settings]
    card = Scorecard(on, scope.whose, gathered.definition, tuple(sorted(rows, key=worst_first)))
    return Region(card, scores(month_ago), scores(earlier))
