"""What is going on about a setting, as far as the reader may know it."""

from dataclasses import dataclass, field

from inspections.actions.models import Action
from inspections.issues.models import ContractIssue
from inspections.self_assessments.models import FOR_PROVIDER, SelfAssessment, State
from inspections.visits.models import Visit
from providers.directory.models import Setting
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today

MOST = 5


@dataclass
class Cases:
    """The newest visits and self-assessments, open issues, and how many actions are not closed."""

    visits: list[Visit] = field(default_factory=list)
    assessments: list[tuple[SelfAssessment, str]] = field(default_factory=list)
    issues: list[ContractIssue] = field(default_factory=list)
    actions: int = 0
    overdue: int = 0


def cases_of(setting: Setting, user) -> Cases | None:
    """None for whoever sees no cases at all."""
    if not user.scope.may(Permission.VIEW_CASES):
        return None
    visits = Visit.objects.visible_to(user).filter(setting=setting)
    assessments = SelfAssessment.objects.visible_to(user).filter(setting=setting)
    issues = ContractIssue.objects.visible_to(user).open().filter(setting=setting)
    actions = Action.objects.visible_to(user).filter(setting=setting)
    return Cases(
        visits=list(visits.order_by("-planned_on", "-pk")[:MOST]),
        assessments=[
            (one, state_words(one, user))
            for one in assessments.select_related("campaign").order_by("-campaign__opens_on", "-pk")[:MOST]
        ],
        issues=list(issues.select_related("stage")),
        actions=actions.live().count(),
        overdue=actions.overdue(today()).count(),
    )


def state_words(assessment: SelfAssessment, user) -> str:
    words = (
        FOR_PROVIDER[State(assessment.state)] if user.scope.is_provider else assessment.get_state_display()
    )
    return str(words)
