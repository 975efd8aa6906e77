"""Inspections keyed by URN and event number: the version of the newest file that tells of one stands."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet

from inspections.ofsted.feed_shapes import FeedInspection, FeedRow
from inspections.ofsted.limiting import limiting_flags
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile
from providers.directory.fields import name_key
from providers.directory.models import Grade, GradeScale, InspectionType, Setting
from qa_portal.core.audit.bulk import audited_save, set_values

# By the columns an inspection stands in, never by its words: "Monitoring inspection" stands among full ones.
TYPES = {
    "latest": "full",
    "previous": "full",
    "interim": "interim_legacy",
    "assurance": "assurance",
    "monitoring": "monitoring",
}
Key = tuple[str, str]


def event_key(urn: str, event_number: str, type_code: str, inspected_on: dt.date | str | None) -> Key:
    """The lists sent to councils give no event number: there an inspection is known by its type and day."""
    return urn, event_number or f"{type_code} of {inspected_on}"


def save_inspections(
    rows: Sequence[FeedRow], settings: Mapping[str, Setting], newer: Sequence[RegisterFile]
) -> None:
    book = Book(settings)
    told_later = _keys_told_in(newer)
    seen: set[Key] = set()
    for row in rows:
        for one in row.inspections:
            key = event_key(row.urn, one.event_number, TYPES[one.kind], one.inspected_on)
            if key not in seen and key not in told_later:
                book.enter(key, settings[row.urn], one)
            seen.add(key)
    book.save()


def _keys_told_in(files: Sequence[RegisterFile]) -> set[Key]:
    told = RegisterEntry.objects.filter(file__in=files).values_list("urn", "inspections")
    return {
        event_key(urn, one["event_number"], TYPES[one["kind"]], one["inspected_on"])
        for urn, inspections in told
        for one in inspections
    }


class Book:
    """The inspections of the settings in hand, and what a file adds to them and changes."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        self.types = {kind.code: kind for kind in InspectionType.objects.all()}
        self.scales = {scale.code: scale for scale in GradeScale.objects.all()}
        self.grades = dict(_grades())
        ours = Inspection.objects.filter(setting__in=settings.values())
        self.standing = _standing(ours.exclude(source=Inspection.Source.TYPED))
        self.typed = ours.typed().filter(withdrawn_on=None, superseded_by=None)
        self.added: list[tuple[Inspection, Mapping[str, str]]] = []
        self.changed: list[tuple[Inspection, Mapping[str, str]]] = []
        self.fields: set[str] = set()

    def enter(self, key: Key, setting: Setting, one: FeedInspection) -> None:
        inspection = self.standing.get(key)
        values = self.values(one)
        if inspection is None:
            self.added.append(
                (Inspection(setting=setting, event_number=one.event_number, **values), one.judgements)
            )
        else:
            names = set_values(inspection, values)
            said = {row.subject: row.words for row in inspection.judgements.all()}
            if names or said != dict(one.judgements):
                self.fields |= names
                self.changed.append((inspection, one.judgements))

    def values(self, one: FeedInspection) -> dict[str, object]:
        return {
            "inspection_type": self.types[TYPES[one.kind]],
            "event_type": one.event_type,
            "inspected_on": one.inspected_on,
            "published_on": one.published_on,
            "scale": self.scales.get(one.scale),
            "flags": "\n".join(limiting_flags(one.judgements)),
            "source": Inspection.Source.IMPORTED,
            "outcome_status": Inspection.OutcomeStatus.PUBLISHED,
        }

    def save(self) -> None:
        Inspection.objects.audited_create([inspection for inspection, _ in self.added])
        audited_save([inspection for inspection, _ in self.changed], sorted(self.fields))
        self.save_judgements()
        self.supersede_typed()

    def supersede_typed(self) -> None:
        """What Ofsted's file tells of stands in place of what a person recorded of the same event."""
        told = {event_of(one): one for one, _ in (*self.added, *self.changed)}
        told |= {event_of(one): one for one in self.standing.values()}
        overtaken = [one for one in self.typed.select_for_update() if event_of(one) in told]
        for one in overtaken:
            one.superseded_by = told[event_of(one)]
        audited_save(overtaken, ["superseded_by"])

    def save_judgements(self) -> None:
        added = [
            self.judgement(inspection, subject, words)
            for inspection, judged in self.added
            for subject, words in judged.items()
        ]
        changed = []
        for inspection, judged in self.changed:
            standing = {row.subject: row for row in inspection.judgements.all()}
            for subject in standing.keys() - judged.keys():
                standing[subject].delete()
            for subject in judged.keys() - standing.keys():
                added.append(self.judgement(inspection, subject, judged[subject]))
            for subject in judged.keys() & standing.keys():
                words = judged[subject]
                values = {"words": words, "grade_id": self.grade_id(inspection, words)}
                if set_values(standing[subject], values):
                    changed.append(standing[subject])
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


def _grades() -> Iterator[tuple[tuple[int, str], int]]:
    for grade in Grade.objects.all():
        for words in filter(None, (grade.label, grade.also_written)):
            yield (grade.scale_id, name_key(words)), grade.pk


def _standing(inspections: QuerySet) -> dict[Key, Inspection]:
    told = inspections.select_related("setting", "inspection_type").prefetch_related("judgements")
    return {
        event_key(one.setting.urn, one.event_number, one.inspection_type.code, one.inspected_on): one
        for one in told
    }
