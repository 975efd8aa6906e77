"""Inspections recorded by one person, verified by another, and published when Ofsted publishes.

Each council records its own; when Ofsted's file has the same event, the file's record replaces theirs.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from inspections.ofsted.limiting_judgements import limiting_flags
from inspections.ofsted.models import Inspection, InspectionItem, Judgement
from providers.directory.models import Grade, GradeScale, InspectionType, Setting
from providers.people.models import Membership, User
from providers.people.rules import check_acts_for, check_knows, check_may, own_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.stand_ins import is_conflicted
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.present import present
from qa_portal.core.rules import Refused

USUAL_SCALES = {"assurance": ["ASSURANCE"], "interim_legacy": ["INTERIM-3"]}
SCHOOL_SCALES = ["SCHOOL-5", "EIF-4"]
Status = Inspection.OutcomeStatus
NEAR = dt.timedelta(days=14)
"""Two inspections of one type so near to one another are likely one, with its day mistyped [P]."""


@dataclass(frozen=True)
class InspectionOutcome:
    """The outcome of an inspection. `judgements` maps the scale's codes to its grades.

    `confirmed` says that the published report itself breaks a limiting rule.
    """

    status: str
    judgements: Mapping[str, Grade]
    published_on: dt.date | None = None
    report_link: str = ""
    confirmed: bool = False
    requirements: Sequence[str] = field(default_factory=tuple)
    recommendations: Sequence[str] = field(default_factory=tuple)


def scale_on(setting: Setting, inspection_type: InspectionType, day: dt.date) -> GradeScale | None:
    """Return the scale used for such an inspection on that day; None where none was in force."""
    if inspection_type.code.startswith("iss_"):
        codes = SCHOOL_SCALES
    elif inspection_type.code in USUAL_SCALES:
        codes = USUAL_SCALES[inspection_type.code]
    else:
        usual = setting.provision_type.scale if setting.provision_type else None
        codes = [usual.code] if usual else []
    return GradeScale.objects.in_force(day).filter(code__in=codes).first()


@transaction.atomic
def record_inspection(
    *,
    by: User,
    setting: Setting,
    inspection_type: InspectionType,
    inspected_on: dt.date,
    scale: GradeScale,
    outcome: InspectionOutcome,
    is_another: bool = False,
) -> Inspection:
    """Record an inspection. `is_another` confirms that it is not the one recorded within NEAR of it."""
    check_may(by, Permission.RECORD_INSPECTIONS)
    check_knows(by, setting)
    if inspected_on > today():
        raise Refused("The day of the inspection cannot be in the future.")
    setting = locked(setting)
    check_is_not_known(by, setting, inspection_type, inspected_on)
    if not is_another:
        check_is_not_near(by, setting, inspection_type, inspected_on)
    inspection = Inspection(
        setting=setting,
        inspection_type=inspection_type,
        inspected_on=inspected_on,
        scale=scale,
        source=Inspection.Source.RECORDED,
        recorded_for=own_organisation(by),
    )
    return write(by, inspection, outcome)


@transaction.atomic
def correct_inspection(*, by: User, inspection: Inspection, outcome: InspectionOutcome) -> Inspection:
    """Record corrections, or a publication. Either has to be verified (again)."""
    inspection = locked(inspection)
    check_can_correct(by, inspection)
    if inspection.verified_at and outcome.status == Status.PROVISIONAL:
        raise Refused("This outcome is verified. Come back when Ofsted has published it.")
    inspection.verified_by = inspection.verified_at = None
    inspection.returned_by = inspection.returned_at = None
    inspection.returned_reason = ""
    return write(by, inspection, outcome)


def write(by: User, inspection: Inspection, outcome: InspectionOutcome) -> Inspection:
    check_outcome(inspection, outcome)
    inspection.outcome_status, inspection.published_on = outcome.status, outcome.published_on
    inspection.report_link, inspection.confirmed_as_published = outcome.report_link, outcome.confirmed
    inspection.flags = "\n".join(broken_rules(present(inspection.scale), outcome))
    inspection.recorded_by, inspection.recorded_at = by.membership, timezone.now()
    inspection.save()
    write_judgements(inspection, outcome.judgements)
    write_items(inspection, InspectionItem.Kind.REQUIREMENT, outcome.requirements)
    write_items(inspection, InspectionItem.Kind.RECOMMENDATION, outcome.recommendations)
    return inspection


def write_judgements(inspection: Inspection, judgements: Mapping[str, Grade]) -> None:
    existing = {judgement.subject: judgement for judgement in inspection.judgements.all()}
    for subject in existing.keys() - judgements.keys():
        existing[subject].delete()
    for subject, grade in judgements.items():
        judgement = existing.get(subject) or Judgement(inspection=inspection, subject=subject)
        if judgement.grade_id != grade.pk:
            judgement.grade, judgement.words = grade, grade.label
            judgement.save()


def write_items(inspection: Inspection, kind: str, texts: Sequence[str]) -> None:
    """Make the rows of one kind those of `texts`, in order; do not touch rows that stay the same."""
    existing = list(InspectionItem.objects.filter(inspection=inspection, kind=kind).order_by("order"))
    for order, text in enumerate(texts):
        row = existing[order] if order < len(existing) else InspectionItem(inspection=inspection, kind=kind)
        if (row.text, row.order) != (text, order) or row.pk is None:
            row.text, row.order = text, order
            row.save()
    for row in existing[len(texts) :]:
        row.delete()


@transaction.atomic
def verify_inspection(*, by: User, inspection: Inspection) -> Inspection:
    """Verify the inspection. A provisional one counts once published and verified again."""
    inspection = locked(inspection)
    check_can_verify(by, inspection)
    inspection.verified_by, inspection.verified_at = by.person, timezone.now()
    inspection.save()
    return inspection


@transaction.atomic
def return_inspection(*, by: User, inspection: Inspection, reason: str) -> Inspection:
    inspection = locked(inspection)
    check_can_verify(by, inspection)
    inspection.returned_by, inspection.returned_at = by.membership, timezone.now()
    inspection.returned_reason = inspection._change_reason = reason
    inspection.save()
    return inspection


@transaction.atomic
def withdraw_inspection(*, by: User, inspection: Inspection, reason: str) -> Inspection:
    """Withdraw a record made in error, or withdrawn by Ofsted: it is kept and no longer counts."""
    inspection = locked(inspection)
    check_can_withdraw(by, inspection)
    inspection.withdrawn_on, inspection.withdrawn_reason = today(), reason
    inspection._change_reason = reason
    inspection.save()
    return inspection


def authors_of(inspection: Inspection) -> set[int]:
    """Return the people who recorded or corrected it: none of them may verify it."""
    recorders = inspection.history.exclude(recorded_by=None).values("recorded_by")
    return set(Membership.objects.filter(pk__in=recorders).values_list("person", flat=True))


def check_council_may(user: User, permission: Permission, inspection: Inspection) -> None:
    """Check that the user acts for the council that recorded the inspection, and that the record still counts."""
    sentence = "Another council recorded this inspection."
    check_acts_for(user, inspection.recorded_for, permission, otherwise=sentence)
    if inspection.superseded_by_id:
        raise Refused("Ofsted's file now has this inspection, and replaces this record.")
    if inspection.withdrawn_on:
        raise Refused("This record was withdrawn.")


def check_can_verify(user: User, inspection: Inspection) -> None:
    check_council_may(user, Permission.VERIFY_INSPECTIONS, inspection)
    if is_conflicted(user, authors_of(inspection)):
        raise Refused("You recorded these judgements, so somebody else must verify them.")
    if inspection.verified_at:
        raise Refused("These judgements are verified already.")
    if inspection.returned_at:
        raise Refused("These judgements were sent back and wait to be corrected.")


def check_can_correct(user: User, inspection: Inspection) -> None:
    check_council_may(user, Permission.RECORD_INSPECTIONS, inspection)
    if inspection.counts:
        raise Refused(
            "These judgements are published and verified. Withdraw the record, and type it in anew."
        )
    if not (inspection.verified_at or inspection.returned_at):
        raise Refused("These judgements wait to be verified. Ask the verifier to send them back.")


def check_can_withdraw(user: User, inspection: Inspection) -> None:
    """Check who withdraws: those who verify, once it counts; those who record, before that."""
    if inspection.source != Inspection.Source.RECORDED:
        raise Refused("Only Ofsted takes back what its own file tells.")
    counts = inspection.counts
    check_council_may(
        user, Permission.VERIFY_INSPECTIONS if counts else Permission.RECORD_INSPECTIONS, inspection
    )


def check_is_not_known(user: User, setting: Setting, kind: InspectionType, on: dt.date) -> None:
    """Check only against what the person may see: a refusal must not reveal another council's provisional outcome."""
    seen = Inspection.objects.visible_to(user).of_event(setting, kind, on)
    existing = seen.select_related("recorded_for").first()
    if existing is None:
        return
    if existing.source == Inspection.Source.IMPORTED:
        raise Refused("Ofsted's file tells of this inspection already: see the setting's page.")
    raise Refused(f"{existing.recorded_for} has recorded this inspection already.")


def near_inspection(user: User, setting: Setting, kind: InspectionType, on: dt.date) -> Inspection | None:
    """Return an inspection of the same type within NEAR of `on` that the person may see, if any."""
    seen = Inspection.objects.visible_to(user).active_at(setting, kind)
    return seen.filter(inspected_on__range=(on - NEAR, on + NEAR)).newest_first().first()


def check_is_not_near(user: User, setting: Setting, kind: InspectionType, on: dt.date) -> None:
    if near := near_inspection(user, setting, kind, on):
        raise Refused(
            f"An inspection of this type on {near.inspected_on:%-d %B %Y} is recorded already. If it is the"
            " same one and its day is wrong, withdraw that record first; else say that this is another."
        )


def check_outcome(inspection: Inspection, outcome: InspectionOutcome) -> None:
    scale, published = present(inspection.scale), outcome.published_on
    questions = {question.code for question in scale.judgements.all()}
    if not questions.issuperset(outcome.judgements):
        raise Refused(f"The scale “{scale}” does not ask that.")
    if any(grade.scale_id != scale.pk for grade in outcome.judgements.values()):
        raise Refused(f"That grade is not one of the scale “{scale}”.")
    if scale.headline and scale.headline not in outcome.judgements:
        raise Refused("Choose the overall judgement.")
    if outcome.status == Status.PUBLISHED and published is None:
        raise Refused("Enter the day on which Ofsted published the report, or say that it is provisional.")
    if outcome.status == Status.PROVISIONAL and published:
        raise Refused("A provisional outcome has no day of publication yet.")
    if published and not present(inspection.inspected_on) <= published <= today():
        raise Refused("The day of publication must be after the inspection, and not in the future.")
    check_limiting_rules(scale, outcome)


def check_limiting_rules(scale: GradeScale, outcome: InspectionOutcome) -> None:
    """Refuse grades that break facts 2.1 (a) or (b), unless the published report has them and its link is given."""
    flags = broken_rules(scale, outcome)
    if not flags:
        if outcome.confirmed:
            raise Refused("These judgements keep Ofsted's limiting rules: there is nothing to confirm.")
        return
    if not outcome.confirmed:
        raise Refused(
            f"{' '.join(flags)} If the published report says so all the same, confirm it and give its link."
        )
    if outcome.status != Status.PUBLISHED or not outcome.report_link:
        raise Refused("Give the link to the published report that says so.")


def broken_rules(scale: GradeScale, outcome: InspectionOutcome) -> tuple[str, ...]:
    if not scale.limiting:
        return ()
    return limiting_flags({subject: grade.label for subject, grade in outcome.judgements.items()})
