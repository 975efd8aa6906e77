"""Visits that took place: a draft with the provider, comments to answer, a report to sign off, and a published one."""

from collections.abc import Sequence

from inspections.actions.models import Action
from inspections.visits.models import AccuracyComment, PeopleSpokenTo, Visit
from inspections.visits.services import recording, reporting
from providers.people.models import User
from qa_portal.core.dates import today
from qa_portal.portal.demo_cases.doing import as_, do, in_days
from qa_portal.portal.demo_cases.visits import CARE, answer, planned
from workflows.visits.flows import VisitFlow
from workflows.visits.services import arrive
from workflows.visits.telling import tell_draft, tell_published

Kind, Notice, Role = Visit.Kind, Visit.Notice, PeopleSpokenTo.Role
PEOPLE = {Role.YOUNG_PEOPLE: (3, 0), Role.MANAGER: (1, 0), Role.STAFF: (4, 0)}
FEEDBACK = "The manager was told what was good, and that the night log must be put right this week."
TO_DO = [
    ("protection", "Every return interview is offered within 72 hours, and the log says so.", "urgent", 14),
    ("protection", "A senior signs the night log each morning.", "ordinary", None),
    ("leadership-and-management", "Supervision of every member of staff is up to date.", "ordinary", 42),
]
"""(standard, what must be different, how urgent, due in so many days)."""
NOT_SO = "The fourth file was with the independent reviewing officer on that day. Its entries are complete."


def build() -> None:
    with_provider("officer", "Fellside House", "provider2")
    to_answer()
    to_sign_off()
    published()


def recorded(login: str, name: str, about: Sequence[str], *, kind: str = Kind.FOCUSED, **plan) -> Visit:
    """All that the draft needs: answers, the day, whom they spoke to, and actions where a standard is weak."""
    visit = planned(login, name, kind=kind, about=about, **plan)
    with as_(login) as officer:
        if kind != Kind.DESKTOP:
            arrive(by=officer, visit=visit)
        answer(officer, visit)
        details = {"visited_on": (today(), 0), "verbal_feedback": (FEEDBACK, 0)}
        people = {} if kind == Kind.DESKTOP else PEOPLE
        recording.save_record(by=officer, visit=visit, details=details, people=people)
        for row in visit.scope.select_related("standard"):
            propose(officer, visit, row.standard)
    return visit


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


def with_provider(
    login: str, name: str, comments_by: str = "", *, about: Sequence[str] = CARE, **plan
) -> Visit:
    """The draft is sent; somebody at the provider has written a comment."""
    visit = recorded(login, name, about, **plan)

    def send(officer: User) -> None:
        tell_draft(reporting.send_draft(by=officer, visit=visit).visit)

    do(login, VisitFlow.record, visit, send)
    if comments_by:
        with as_(comments_by) as user:
            reporting.comment(by=user, visit=visit, finding="12.3", remark=NOT_SO)
    return visit


def confirmed(login: str, visit: Visit, *, nothing_to_correct: bool) -> None:
    def end(user: User) -> None:
        reporting.end_accuracy(by=user, visit=visit, nothing_to_correct=nothing_to_correct)

    do(login, VisitFlow.accuracy, visit, end)


def to_answer() -> None:
    """The provider has sent its comment; the officer has it before them."""
    visit = with_provider("officer", "Tarn Lodge", "ashgarth", kind=Kind.DESKTOP, mode="")
    confirmed("ashgarth", visit, nothing_to_correct=False)


def to_sign_off() -> None:
    """Commented on and answered; it waits for the manager."""
    visit = with_provider("officer2", "Ghyll End", "rowanthwaite", notice=Notice.UNANNOUNCED)
    confirmed("rowanthwaite", visit, nothing_to_correct=False)
    decision = (AccuracyComment.Decision.UPHELD.value, "The entries were shown to us on the next day.")

    def reply(officer: User) -> None:
        answers = {comment.pk: decision for comment in visit.comments.all()}
        reporting.answer_comments(by=officer, visit=visit, answers=answers)

    do("officer2", VisitFlow.answer, visit, reply)


def published() -> None:
    """With three actions, which are due from now on."""
    about = [*CARE, "leadership-and-management"]
    reason = "The grade of Ofsted’s last visit."
    visit = with_provider("officer", "Birk Rigg", about=about, kind=Kind.RESPONSIVE, reason=reason)
    confirmed("provider", visit, nothing_to_correct=True)

    def sign(manager: User) -> None:
        tell_published(reporting.sign_off(by=manager, visit=visit).visit)

    do("manager", VisitFlow.sign_off, visit, sign)
