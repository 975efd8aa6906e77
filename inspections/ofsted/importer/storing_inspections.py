"""Inspections keyed by URN and event number, merged from all files."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from inspections.ofsted.importer.covered_fields import spoken_by_sheet
from inspections.ofsted.importer.events import Event, Telling, events_of
from inspections.ofsted.limiting_judgements import limiting_flags
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile
from providers.directory.fields import name_key
from providers.directory.models import Grade, GradeScale, InspectionType, Setting
from qa_portal.core.audit.bulk import audited_delete, audited_save, set_values
from qa_portal.core.dates import today

UNTOLD = "No file of Ofsted’s that counts tells of it: the one that did was withdrawn, or gives it a number."


def tellings_by_urn(urns: Collection[str], files: Sequence[RegisterFile]) -> dict[str, list[Telling]]:
    """Return what each file, in order, says about the settings' inspections."""
    speaks = {(file.pk, sheet): told for file in files for sheet, told in spoken_by_sheet(file).items()}
    place = {file.pk: order for order, file in enumerate(files)}
    found: dict[str, list[tuple]] = defaultdict(list)
    rows = RegisterEntry.objects.filter(file__in=files).order_by().exclude(inspections=[])
    for urn, file, sheet, inspections in rows.values_list("urn", "file", "sheet", "inspections").iterator():
        if urn in urns:
            found[urn].append((place[file], inspections, speaks[file, sheet]))
    return {
        urn: [
            Telling(order, said, told)
            for order, inspections, told in sorted(rows, key=lambda row: row[0])
            for said in reversed(inspections)
        ]
        for urn, rows in found.items()
    }


class InspectionIndex:
    """The imported inspections of some settings, and what the files add to them, change and take back."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        self.types = {kind.code: kind for kind in InspectionType.objects.all()}
        self.scales = {scale.code: scale for scale in GradeScale.objects.all()}
        self.grades = dict(_grades())
        ours = Inspection.objects.filter(setting__in=settings.values())
        self.recorded = ours.recorded_by_hand().filter(withdrawn_on=None)
        self.rows: dict[int, list[Inspection]] = defaultdict(list)
        for row in ours.exclude(source=Inspection.Source.RECORDED).prefetch_related("judgements"):
            self.rows[row.setting_id].append(row)
        self.added: list[tuple[Inspection, Mapping[str, str]]] = []
        self.changed: list[tuple[Inspection, Mapping[str, str]]] = []
        self.taken_back: list[Inspection] = []
        self.fields: set[str] = set()

    def enter(self, setting: Setting, tellings: Sequence[Telling], withdrawn: Collection[Event] = ()) -> None:
        """Make the setting's inspections those of `tellings`; take back those that only `withdrawn` events gave."""
        rows = self.rows[setting.pk]
        unclaimed = list(rows)
        events = events_of(tellings)
        numbers = {event.event_number for event in events}
        for event in events:
            row = next((row for row in unclaimed if self.is_of(row, event, numbers)), None)
            if row:
                unclaimed.remove(row)
            self.record(setting, event, row)
        days = {self.day_key(event) for event in events if event.event_number}
        gone = {event.event_number for event in withdrawn} - {""}
        gone_days = {self.day_key(event) for event in withdrawn if not event.event_number}
        for row in unclaimed:
            known_by_day = not row.event_number and day_key(row) in days | gone_days
            if row.withdrawn_on is None and (known_by_day or row.event_number in gone):
                self.taken_back.append(row)

    def is_of(self, row: Inspection, event: Event, numbers: set[str]) -> bool:
        """Return whether both are one event, by number if both have one: a row may lose its number."""
        if row.event_number and event.event_number:
            return row.event_number == event.event_number
        is_free = not row.event_number or row.event_number not in numbers
        return is_free and day_key(row) == self.day_key(event)

    def day_key(self, event: Event) -> tuple:
        return self.types[event.type_code].pk, event.inspected_on

    def record(self, setting: Setting, event: Event, row: Inspection | None) -> None:
        values = self.values(event)
        if row is None:
            self.added.append((Inspection(setting=setting, **values), event.judgements))
            return
        names = set_values(row, values)
        said = {judged.subject: judged.words for judged in row.judgements.all()}
        if names or said != dict(event.judgements):
            self.fields |= names
            self.changed.append((row, event.judgements))

    def values(self, event: Event) -> dict[str, object]:
        return {
            "event_number": event.event_number,
            "inspection_type": self.types[event.type_code],
            "event_type": event.event_type,
            "inspected_on": event.inspected_on,
            "published_on": event.published_on,
            "scale": self.scales.get(event.scale),
            "flags": "\n".join(limiting_flags(event.judgements)),
            "source": Inspection.Source.IMPORTED,
            "outcome_status": Inspection.OutcomeStatus.PUBLISHED,
            "withdrawn_on": None,
            "withdrawn_reason": "",
        }

    def save(self) -> None:
        for row in self.taken_back:
            row.withdrawn_on, row.withdrawn_reason = today(), UNTOLD
        audited_save(self.taken_back, ["withdrawn_on", "withdrawn_reason"])
        audited_save([inspection for inspection, _ in self.changed], sorted(self.fields))
        Inspection.objects.audited_create([inspection for inspection, _ in self.added])
        self.save_judgements()
        self.settle_recorded()

    def settle_recorded(self) -> None:
        """Let the file's record replace what a person recorded about the same inspection.

        If no file has it any more, that record counts again, unless its council has made another since.
        """
        told = {event_of(row): row for rows in self.rows.values() for row in rows if row.withdrawn_on is None}
        told |= {event_of(row): row for row, _ in self.added}
        live = {row.pk: row for row in told.values()}
        records = list(self.recorded.select_for_update().order_by("-pk"))
        active = {(*event_of(one), one.recorded_for_id) for one in records if not one.superseded_by_id}
        settled = []
        for one in records:
            key = (*event_of(one), one.recorded_for_id)
            stands_in = told.get(event_of(one)) or live.get(one.superseded_by_id)
            is_blocked = stands_in is None and one.superseded_by_id and key in active
            if not is_blocked and set_values(one, {"superseded_by": stands_in}):
                settled.append(one)
                active.add(key)
        audited_save(settled, ["superseded_by"])

    def save_judgements(self) -> None:
        added = [
            self.judgement(inspection, subject, words)
            for inspection, judged in self.added
            for subject, words in judged.items()
        ]
        changed, dropped = [], []
        for inspection, judged in self.changed:
            existing = {row.subject: row for row in inspection.judgements.all()}
            dropped += [existing[subject] for subject in sorted(existing.keys() - judged.keys())]
            for subject in sorted(judged.keys() - existing.keys()):
                added.append(self.judgement(inspection, subject, judged[subject]))
            for subject in judged.keys() & existing.keys():
                words = judged[subject]
                values = {"words": words, "grade_id": self.grade_id(inspection, words)}
                if set_values(existing[subject], values):
                    changed.append(existing[subject])
        audited_delete(dropped)
        audited_save(changed, ["grade", "words"])
        Judgement.objects.audited_create(added)

    def judgement(self, inspection: Inspection, subject: str, words: str) -> Judgement:
        return Judgement(
            inspection=inspection, subject=subject, words=words, grade_id=self.grade_id(inspection, words)
        )

    def grade_id(self, inspection: Inspection, words: str) -> int | None:
        return self.grades.get((inspection.scale_id, name_key(words)))


def event_of(inspection: Inspection) -> tuple[int, int, dt.date | None]:
    return inspection.setting_id, inspection.inspection_type_id, inspection.inspected_on


def day_key(row: Inspection) -> tuple:
    return row.inspection_type_id, row.inspected_on


def _grades() -> Iterator[tuple[tuple[int | None, str], int]]:
    for grade in Grade.objects.all():
        for words in filter(None, (grade.label, grade.also_written)):
            yield (grade.scale_id, name_key(words)), grade.pk
