"""Changes of a grade or a registration for the worse, which a council is notified of."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inspections.ofsted.importer.results import SUSPENDED, FeedResult, Graded, Ranks
from inspections.ofsted.limiting_judgements import GOOD_OR_BETTER
from inspections.ofsted.models import Inspection, RegisterEntry, RegisterFile
from providers.directory.fields import name_key
from providers.directory.models import Setting
from qa_portal.core.present import present

SUSPENSION = "Registration suspended"


@dataclass(frozen=True, slots=True)
class Deterioration:
    """One setting that has got worse. `what` says how in a few words; `is_lowest` marks the gravest.

    `inspection` is None if the registration itself was suspended; `ref` names the event.
    """

    setting: Setting
    inspection: Inspection | None
    what: str
    ref: str
    is_lowest: bool


def has_deteriorated(ranks: Ranks, before: Graded, now: Graded) -> bool:
    """Return whether the grade is newly the lowest, or fell below Good; Outstanding to Good does not count.

    Source: facts 2.4 (Inadequate), requirement 22 ("good or outstanding" is what councils count).
    """
    if ranks.is_worst(now):
        return not ranks.is_worst(before)
    return ranks.steps_down(before, now) > 0 and name_key(now.words) not in GOOD_OR_BETTER


def worse_in_file(file: RegisterFile, result: FeedResult) -> list[Deterioration]:
    """Return deteriorations in the file's order, each setting at most once."""
    graded = {*result.newly_inadequate, *result.declined}
    urns = graded.union(result.suspended)
    entries = RegisterEntry.objects.filter(file=file, urn__in=urns).defer("cells")
    entries = entries.select_related("setting__provision_type", "setting__authority").order_by("line")
    inspections = _latest_of(entries)
    lowest = set(result.newly_inadequate)
    found = []
    for entry in entries:
        fell = entry.urn in graded and name_key(entry.grade) not in GOOD_OR_BETTER
        inspection = next(filter(None, map(inspections.get, _keys(entry))), None)
        if fell and inspection:
            what = judged_words(inspection, entry.grade)
            found.append(
                Deterioration(entry.setting, inspection, what, inspection.event_ref, entry.urn in lowest)
            )
        elif entry.urn in result.suspended:
            ref = suspension_ref(entry.urn, file.as_at)
            found.append(Deterioration(entry.setting, None, SUSPENSION, ref, True))
    return found


def judged_words(inspection: Inspection, words: str) -> str:
    return f"{words} at its {inspection.inspection_type.label.lower()}"


def suspension_ref(urn: str, since: dt.date | None) -> str:
    return f"{urn} suspended {since}"


def _keys(one: RegisterEntry | Inspection) -> Iterator[tuple]:
    """Yield keys by number first; a file without the numbers still gives the day."""
    for key in filter(None, (one.event_number, one.inspected_on)):
        yield one.setting_id, key


def _latest_of(entries: Iterable[RegisterEntry]) -> dict[tuple, Inspection]:
    """Return the inspections that an entry's grade may belong to, by setting and number and by setting and day."""
    inspections = Inspection.objects.filter(
        setting__in={entry.setting_id for entry in entries},
        source=Inspection.Source.IMPORTED,
        withdrawn_on=None,
        inspection_type__code="full",
    ).select_related("setting", "inspection_type", "scale")
    inspections = inspections.prefetch_related("judgements__grade", "scale__judgements")
    return {key: one for one in inspections for key in _keys(one)}


def worse_as_recorded(inspection: Inspection, on: dt.date) -> Deterioration | None:
    """Return the deterioration in a manually recorded inspection, if it is final and current."""
    headline = inspection.headline
    if not (headline and inspection.counts):
        return None
    others = Inspection.objects.published_by(on).filter(
        setting=inspection.setting, scale__sets_rating=present(inspection.scale).sets_rating
    )
    others = others.exclude(pk=inspection.pk).newest_first().prefetch_related("judgements__grade", "scale")
    if others.filter(inspected_on__gt=inspection.inspected_on).exists():
        return None
    ranks, now = Ranks(), graded(inspection)
    if not has_deteriorated(ranks, graded(others.first()), now):
        return None
    what = judged_words(inspection, headline.words)
    return Deterioration(inspection.setting, inspection, what, inspection.event_ref, ranks.is_worst(now))


def graded(inspection: Inspection | None) -> Graded:
    headline = inspection and inspection.headline
    return Graded(present(inspection.scale).code, headline.words) if inspection and headline else Graded()


def suspended_since(setting: Setting) -> dt.date | None:
    """Return the day since which every file calls the setting suspended; None where the newest does not."""
    since = None
    entries = RegisterEntry.objects.filter(setting=setting, file__in=RegisterFile.objects.in_force())
    for as_at, status in entries.order_by("file__as_at").values_list("file__as_at", "registration_status"):
        suspended = name_key(status) == SUSPENDED
        since = (since or as_at) if suspended else None
    return since
