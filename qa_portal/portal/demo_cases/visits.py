"""Visits before there is a report: planned, for today, being recorded, and called off."""

from collections.abc import Sequence

from inspections.frameworks.grades import Grade
from inspections.frameworks.selectors import standards_of, version_for
from inspections.visits.models import PeopleSpokenTo, Visit
from inspections.visits.services import recording
from inspections.visits.services.recording import BLANK_ANSWER, Given
from providers.people.models import User
from qa_portal.core.dates import today
from qa_portal.portal.demo_cases.doing import as_, in_days, member, setting
from qa_portal.portal.demo_cases.saying import said
from workflows.visits.services import arrive, cancel_visit, plan_visit

Kind, Mode, Notice = Visit.Kind, Visit.Mode, Visit.Notice
CARE = ["views-wishes-feelings", "education", "protection"]
SAFETY = ["protection", "leadership-and-management"]
WEAK = {"8.2": Grade.PARTLY_MET, "12.3": Grade.NOT_MET, "12.1": Grade.NOT_MET, "13.4": Grade.PARTLY_MET}
SEEN = "The door to the medicines cupboard was open, and nobody was near it."


def build() -> None:
    planned("officer", "Beck View", after=12, assessors=["nurse"])
    planned("officer2", "Tarn Lodge", after=5, kind=Kind.FOCUSED, notice=Notice.UNANNOUNCED, about=SAFETY)
    planned("officer", "Larch Cottage", mode=Mode.VIRTUAL)
    being_recorded()
    called_off()


def planned(
    login: str,
    name: str,
    *,
    after: int = 0,
    kind: str = Kind.FULL,
    notice: str = Notice.ANNOUNCED,
    mode: str = Mode.ON_SITE,
    about: Sequence[str] = (),
    assessors: Sequence[str] = (),
    reason: str = "",
) -> Visit:
    """By the officer who leads it, `after` so many days, to look at some standards or all."""
    place = setting(name)
    every = standards_of(version_for(place, today()))
    with as_(login) as officer:
        return plan_visit(
            by=officer,
            setting=place,
            kind=kind,
            notice=notice,
            mode=mode,
            reason=reason,
            on=in_days(after),
            lead=officer.membership,
            standards=[one for one in every if one.code in about or not about],
            assessors=[member(one) for one in assessors],
        )


def being_recorded() -> None:
    """Today: the team has arrived, two of three standards are written down, and one thing cannot wait."""
    visit = planned("officer", "Heron Bank", kind=Kind.FOCUSED, about=CARE, assessors=["officer2"])
    with as_("officer") as officer:
        arrive(by=officer, visit=visit)
        answer(officer, visit, leave_out="protection")
        recording.save_record(by=officer, visit=visit, people={PeopleSpokenTo.Role.MANAGER: (1, 0)})
        recording.raise_concern(by=officer, visit=visit, text=SEEN)


def called_off() -> None:
    visit = planned("officer3", "Mill Rise", after=9)
    with as_("manager") as manager:
        cancel_visit(
            by=manager, visit=visit, reason="Another council visits in the same week and shares its report."
        )


def answer(officer: User, visit: Visit, *, leave_out: str = "") -> None:
    questions = []
    for row in visit.scope.select_related("standard"):
        if row.standard.code != leave_out:
            questions += row.standard.questions.order_by("order")
    given = [Given(question, BLANK_ANSWER | columns, 0) for question, columns in said(questions, WEAK)]
    recording.save_record(by=officer, visit=visit, answers=given)
