"""Monitoring visits: planned, recorded, sent, commented on, signed off; and what became of what was asked for."""

from collections.abc import Callable, Sequence
from typing import Any

from inspections.actions.models import Action, Source
from inspections.question_sets.grades import AnswerGrade
from inspections.question_sets.selectors import standards_of, version_for
from inspections.visits.models import AccuracyComment, PeopleSpokenTo, Visit
from inspections.visits.services import recording, reporting
from inspections.visits.services.planning import VisitPlan
from inspections.visits.services.recording import BLANK_ANSWER, AnswerEdit
from providers.people.models import User
from providers.people.rules import own_membership
from qa_portal.core.dates import today
from qa_portal.core.present import present
from qa_portal.portal.demo.replay import Story, once
from qa_portal.portal.demo.story import actions
from qa_portal.portal.demo.story.story_steps import as_, do, in_days, member, setting, working_day_in
from qa_portal.portal.demo.story.texts import said
from workflows.visits.flows import VisitFlow
from workflows.visits.notifications import notify_draft_ready, notify_report_published
from workflows.visits.services import arrive, cancel_visit, plan_visit

Kind, Mode, Notice, Role = Visit.Kind, Visit.Mode, Visit.Notice, PeopleSpokenTo.Role
CARE = ("views-wishes-feelings", "education", "protection")
SAFETY = ("protection", "leadership-and-management")
FLATS = ("protection", "support")
PARTLY, NOT = AnswerGrade.PARTLY_MET, AnswerGrade.NOT_MET
WELL: dict[str, AnswerGrade] = {}
MIXED = {"8.2": PARTLY, "12.3": PARTLY, "5.3": PARTLY, "7.2": PARTLY}
POORLY = {
    "8.2": PARTLY,
    "12.3": NOT,
    "12.1": NOT,
    "13.4": PARTLY,
    "13.3": NOT,
    "5.1": NOT,
    "5.3": NOT,
    "4.4": PARTLY,
}
"""Questions that are not met, by their code; all others are."""
PEOPLE: dict[str, tuple[int, int]] = {Role.YOUNG_PEOPLE: (3, 0), Role.MANAGER: (1, 0), Role.STAFF: (4, 0)}
FEEDBACK = "The manager was told what was good, and that the night log must be put right this week."
TO_DO = [
    ("protection", "Every return interview is offered within 72 hours, and the log says so.", "urgent", 45),
    ("protection", "A senior signs the night log each morning.", "ordinary", None),
    ("leadership-and-management", "Supervision of every member of staff is up to date.", "ordinary", 60),
]
"""(standard, what must be different, how urgent, due in so many days)."""
NOT_SO = "The fourth file was with the independent reviewing officer on that day. Its entries are complete."
SHOWN_LATER = (AccuracyComment.Decision.UPHELD.value, "The entries were shown to us on the next day.")
SEEN = "The door to the medicines cupboard was open, and nobody was near it."


@once
def planned(login: str, name: str, **plan) -> None:
    plan_of(login, name, **plan)


@once
def being_recorded(login: str, name: str) -> None:
    """Begin a visit: two of three standards are recorded, and one concern cannot wait."""
    visit = plan_of(login, name, about=CARE, assessors=["officer2"])
    with as_(login) as officer:
        arrive(by=officer, visit=visit)
        answer(officer, visit, MIXED, leave_out="protection")
        recording.save_record(by=officer, visit=visit, people={Role.MANAGER: (1, 0)})
        recording.raise_concern(by=officer, visit=visit, text=SEEN)


def called_off(login: str, name: str, *, after: int) -> Story:
    visit = plan_of(login, name, after=after, kind=Kind.FULL)
    yield 3
    with as_("manager") as manager:
        cancel_visit(
            by=manager, visit=visit, reason="Another council visits in the same week and shares its report."
        )


def visited(
    login: str,
    name: str,
    found: dict[str, AnswerGrade] = WELL,
    *,
    provider: str = "",
    comments: bool = False,
    signs: str = "manager",
    then: Callable[..., Story] | None = None,
    notice_days: int = 14,
    until: str = "",
    **plan,
) -> Story:
    """Send the draft; `provider` confirms it, comments or says nothing; `then` is what becomes of each action.

    Stays open at the "draft", the "comments" or the "answers", where `until` says so.
    """
    visit = plan_of(login, name, after=notice_days, **plan)
    yield notice_days
    record(login, visit, found)
    yield 2
    send(login, visit)
    yield 5 if provider else 15  # the time for comments has run out by then
    if comments:
        comment(provider, visit)
    if until == "draft":
        return
    if provider:
        confirm(provider, visit, nothing_to_correct=not comments)
    if until == "comments":
        return
    yield 2
    if comments:
        reply(login, visit)
    if until == "answers":
        return
    yield 1
    sign(signs, visit)
    if then:
        asked = Action.objects.of(Source.VISIT, visit.public_id).filter(state=Action.State.OPEN)
        yield from actions.together([then(action) for action in asked.order_by("pk")])


def plan_of(
    login: str,
    name: str,
    *,
    after: int = 0,
    kind: str = Kind.FOCUSED,
    notice: str = Notice.ANNOUNCED,
    mode: str = Mode.ON_SITE,
    about: Sequence[str] = CARE,
    assessors: Sequence[str] = (),
    reason: str = "",
) -> Visit:
    """Plan a visit by the officer who leads it, `after` so many days, to some standards; all in a full visit."""
    place = setting(name)
    every = standards_of(present(version_for(place, today())))
    with as_(login) as officer:
        plan = VisitPlan(
            setting=place,
            kind=kind,
            notice=notice,
            mode=mode,
            reason=reason,
            on=working_day_in(after) if after else today(),
            lead=own_membership(officer),
            standards=[one for one in every if one.code in about or kind == Kind.FULL],
            assessors=[member(one) for one in assessors],
        )
        return plan_visit(by=officer, plan=plan)


def record(login: str, visit: Visit, found: dict[str, AnswerGrade]) -> None:
    """All that the draft needs: answers, the day, whom they spoke to, and actions where a standard is weak."""
    with as_(login) as officer:
        if visit.kind != Kind.DESKTOP:
            arrive(by=officer, visit=visit)
        weak = answer(officer, visit, found)
        details = {"visited_on": (today(), 0), "verbal_feedback": (FEEDBACK, 0)}
        people = {} if visit.kind == Kind.DESKTOP else PEOPLE
        recording.save_record(by=officer, visit=visit, details=details, people=people)
        for row in visit.scope.select_related("standard"):
            if row.standard_id in weak:
                propose(officer, visit, row.standard)


def answer(officer: User, visit: Visit, found: dict[str, AnswerGrade], *, leave_out: str = "") -> set[int]:
    """Return the standards in which something is not met."""
    questions: list[Any] = []
    for row in visit.scope.select_related("standard"):
        if row.standard.code != leave_out:
            questions += row.standard.questions.order_by("order")
    given = [AnswerEdit(question, BLANK_ANSWER | columns, 0) for question, columns in said(questions, found)]
    recording.save_record(by=officer, visit=visit, answers=given)
    return {one.question.standard_id for one in given if one.columns["grade"] in (PARTLY, NOT)}


def propose(officer: User, visit: Visit, standard) -> None:
    for code, what, priority, after in TO_DO:
        if code == standard.code:
            reporting.propose_for_visit(
                by=officer,
                visit=visit,
                standard=standard,
                what=what,
                priority=Action.Priority(priority),
                due_on=in_days(after) if after else None,
            )


def send(login: str, visit: Visit) -> None:
    do(
        login,
        VisitFlow.record,
        visit,
        lambda by: notify_draft_ready(reporting.send_draft(by=by, visit=visit).visit),
    )


def comment(login: str, visit: Visit) -> None:
    with as_(login) as user:
        reporting.comment_on_draft(by=user, visit=visit, finding="12.3", remark=NOT_SO)


def confirm(login: str, visit: Visit, *, nothing_to_correct: bool) -> None:
    def end(user: User) -> None:
        reporting.end_accuracy(by=user, visit=visit, nothing_to_correct=nothing_to_correct)

    do(login, VisitFlow.accuracy, visit, end)


def reply(login: str, visit: Visit) -> None:
    def act(officer: User) -> None:
        answers = {comment.pk: SHOWN_LATER for comment in visit.comments.all()}
        reporting.answer_comments(by=officer, visit=visit, answers=answers)

    do(login, VisitFlow.answer, visit, act)


def sign(login: str, visit: Visit) -> None:
    do(
        login,
        VisitFlow.sign_off,
        visit,
        lambda by: notify_report_published(reporting.sign_off(by=by, visit=visit).visit),
    )
