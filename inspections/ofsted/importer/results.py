"""Results: changes in a file, compared with the file before it, else with its own "previous" columns."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from inspections.ofsted.models import RegisterEntry
from inspections.ofsted.reader.shapes import FileScope, RowFault
from providers.directory.fields import name_key
from providers.directory.models import Grade
from qa_portal.core.rules import Refused

SUSPENDED = "suspended"
MOST_LEAVING = 0.2
"""Share of the listed settings. If more would leave at once, the file is more likely partial than right."""
NO_LISTS = {"as_at", "scope", "listed", "leaving"}


@dataclass
class FeedResult:
    """Lists of URNs in the file's order, and the rows refused. `as_at` is the day the file speaks for.

    `leaving` are the settings that would leave the list as it stands on that day, of the `listed` ones that the
    file speaks of. `gone` compares with the files of earlier days alone.
    """

    as_at: dt.date
    scope: FileScope = field(default_factory=FileScope)
    listed: int = 0
    leaving: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    newly_inadequate: list[str] = field(default_factory=list)
    improved: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    suspended: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    refused: list[RowFault] = field(default_factory=list)

    @property
    def lists(self) -> dict[str, list]:
        return {name: value for name, value in vars(self).items() if name not in NO_LISTS}

    def as_json(self) -> dict[str, object]:
        return self.lists | {
            "refused": [{"line": one.line, "urn": one.urn, "sentence": one.sentence} for one in self.refused],
            "scope": {"kind": self.scope.kind, "name": self.scope.name},
            "listed": self.listed,
            "leaving": self.leaving,
        }

    @property
    def takes_too_many(self) -> bool:
        """Return whether a person must confirm that the list really is so much shorter."""
        return too_many(len(self.leaving), self.listed)


def too_many(leaving: int, listed: int) -> bool:
    return leaving > MOST_LEAVING * listed


class TooManyGone(Refused):
    """Raised if more than a fifth of the list would leave it, and nobody has confirmed that."""

    def __init__(self, sentence: str, result: FeedResult) -> None:
        super().__init__(sentence)
        self.result = result


@dataclass(frozen=True)
class Graded:
    """A grade on its scale; blank words if there was no grade yet."""

    scale: str = ""
    words: str = ""


class Ranks:
    """Ranks of grades on their scales. Grades of two scales are never compared."""

    def __init__(self) -> None:
        self.grades: dict[Graded, Grade] = {}
        for grade in Grade.objects.select_related("scale"):
            for words in filter(None, (grade.label, grade.also_written)):
                self.grades[Graded(grade.scale.code, name_key(words))] = grade

    def find(self, graded: Graded) -> Grade | None:
        return self.grades.get(Graded(graded.scale, name_key(graded.words)))

    def is_worst(self, graded: Graded) -> bool:
        grade = self.find(graded)
        return bool(grade and grade.is_worst)

    def steps_down(self, before: Graded, now: Graded) -> int:
        """Return above 0 if `now` is worse; 0 if equal or not comparable."""
        old, new = self.find(before), self.find(now)
        if old is None or new is None or old.rank is None or new.rank is None or before.scale != now.scale:
            return 0
        return new.rank - old.rank


def compare(
    *,
    as_at: dt.date,
    entries: Sequence[RegisterEntry],
    refused: Sequence[RowFault],
    earlier: Mapping[str, RegisterEntry] | None,
    has_previous: bool,
    is_covered: Callable[[RegisterEntry], bool] = lambda entry: True,
) -> FeedResult:
    """Return what changed. `earlier` maps URN to its earlier row, None without earlier files.

    `entries` are completed. `is_covered` says which of the earlier rows the file would have, were
    they still on Ofsted's list.
    """
    result, ranks = FeedResult(as_at, refused=list(refused)), Ranks()
    measured = earlier is not None or has_previous
    before = earlier or {}
    for entry in entries:
        old = before.get(entry.urn)
        _compare_facts(result, entry, old)
        if measured:
            _compare_grades(result, ranks, entry, old)
    present = urns_of(entries, refused)
    result.gone = [urn for urn, old in before.items() if urn not in present and is_covered(old)]
    return result


def urns_of(entries: Sequence[RegisterEntry], refused: Sequence[RowFault]) -> set[str]:
    """Return the URNs of a file, rows that were not accepted included: they are on Ofsted's list all the same."""
    return {entry.urn for entry in entries} | {fault.urn.strip().upper() for fault in refused}


def _compare_facts(result: FeedResult, entry: RegisterEntry, old: RegisterEntry | None) -> None:
    if old is None:
        result.new.append(entry.urn)
    elif facts(entry) == facts(old):
        result.unchanged.append(entry.urn)
    else:
        result.changed.append(entry.urn)
    if old and name_key(old.local_authority) != name_key(entry.local_authority):
        result.moved.append(entry.urn)
    if _is_suspended(entry) and not (old and _is_suspended(old)):
        result.suspended.append(entry.urn)
    if entry.breaks_limiting_rules:
        result.flagged.append(entry.urn)


def _compare_grades(
    result: FeedResult, ranks: Ranks, entry: RegisterEntry, old: RegisterEntry | None
) -> None:
    now = Graded(entry.scale, entry.grade)
    before = Graded(old.scale, old.grade) if old else _previous_grade(entry)
    if ranks.is_worst(now) and not ranks.is_worst(before):
        result.newly_inadequate.append(entry.urn)
    steps = ranks.steps_down(before, now)
    if steps > 0:
        result.declined.append(entry.urn)
    elif steps < 0:
        result.improved.append(entry.urn)


def facts(entry: RegisterEntry) -> tuple:
    """Return what every layout says about a registration: a column that only newer files have is no change."""
    texts = (
        entry.provision_type,
        entry.registration_status,
        entry.local_authority,
        entry.owner,
        entry.grade,
        entry.event_number,
    )
    days = (entry.registered_on, entry.closed_on, entry.inspected_on, entry.published_on)
    return (*map(name_key, texts), *days, entry.places, entry.said("latest"))


def _is_suspended(entry: RegisterEntry) -> bool:
    return name_key(entry.registration_status) == SUSPENDED


def _previous_grade(entry: RegisterEntry) -> Graded:
    said = entry.said("previous")
    return Graded(said["scale"], said["grade"]) if said else Graded()
