"""A scorecard as plain values: the only input of the page, PDF, CSV, XLSX and JSON."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from inspections.scorecards.scoring.arithmetic import WORST_FIRST, Band, Definition, Score


@dataclass(frozen=True, slots=True)
class Subject:
    """A setting, or a provider over its settings. `kind` is "setting" or "provider"; `ref` its public id.

    `provider`, `provider_pk` and `provider_ref` (its public id) are of who owned the setting that day.
    `settings` counts what the score is over. `in_use` is None if the reader may not know.
    """

    kind: str
    pk: int
    ref: str
    name: str
    provision_type: str = ""
    authority: str = ""
    provider: str = ""
    urn: str = ""
    in_use: bool | None = False
    provider_pk: int | None = None
    provider_ref: str = ""
    settings: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A subject and its score.

    `before` is the same subject 12 months earlier by valid time; None if it was not there.

    `kept`: the setting had the same owner then.
    """

    subject: Subject
    score: Score
    before: Score | None = None
    kept: bool = True

    @property
    def change(self) -> int | None:
        """Return basis points of the assured score gained in 12 months; None without both.

        Of the figures as shown, to one decimal of 100, so that a reader's own subtraction gives the same.
        """
        return None if self.before is None else 10 * (self.score.assured // 10 - self.before.assured // 10)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Scores as at a day. `whose` names whose evidence counts, in words; rows are worst first."""

    as_at: dt.date
    whose: str
    definition: Definition
    rows: tuple[Row, ...]

    @property
    def bands(self) -> Counter[Band]:
        return Counter(row.score.band for row in self.rows)


@dataclass(frozen=True, slots=True)
class Month:
    """A subject's score at the end of a month by what was true then, or on the scorecard's own day."""

    on: dt.date
    assured: int
    coverage: int
    band: Band


@dataclass(frozen=True, slots=True)
class Year:
    """A scorecard as at a day, and its subject's scores at the last twelve month ends and on the day."""

    scorecard: Scorecard
    months: tuple[Month, ...]


def worst_first(row: Row) -> tuple:
    return (WORST_FIRST.index(row.score.band), row.score.assured, row.subject.name, row.subject.ref)
