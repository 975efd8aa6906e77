"""What an issue waits for, and the lists that pages show."""

import datetime as dt
from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Q

from inspections.issues.models import ContractIssue, ImprovementPlan, StageProposal
from inspections.ofsted.deteriorations import (
    SUSPENSION,
    Deterioration,
    judged_words,
    suspended_since,
    suspension_ref,
)
from inspections.ofsted.selectors import current_judgements
from providers.contracts.selectors import in_use
from providers.directory import visibility_reasons
from providers.directory.models import Provider, Setting, SettingOwnership
from providers.people.models import Organisation, User
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today


class Waits(StrEnum):
    """The step that comes next; what the flow's gateway asks."""

    CLOSED = "closed"
    TRIAGE = "triage"
    DECISION = "decision"
    PLAN = "plan"
    REVIEW = "review"
    WATCH = "watch"


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Judged(TypedDict):
        """What `known_without_case` adds to a setting."""

        judgement: Any
        suspended: bool
        older: list[ContractIssue]

    JudgedSetting = WithAnnotations[Setting, Judged]


def waits_for(issue: ContractIssue) -> Waits:
    if not issue.is_open:
        return Waits.CLOSED
    if issue.triaged_at is None:
        return Waits.TRIAGE
    if open_proposal(issue):
        return Waits.DECISION
    plan = plan_in_hand(issue)
    if plan is None:
        return Waits.WATCH
    return Waits.REVIEW if plan.submitted_at else Waits.PLAN


def open_proposal(issue: ContractIssue) -> StageProposal | None:
    found = StageProposal.objects.waiting().filter(issue=issue)
    return found.select_related("to_stage", "proposed_by").first()


def plan_in_hand(issue: ContractIssue) -> ImprovementPlan | None:
    """Return the plan that the provider owes or that waits to be judged; None if there is none."""
    return ImprovementPlan.objects.in_hand().filter(issue=issue).first()


def known_without_case(council: Organisation, on: dt.date) -> list["JudgedSetting"]:
    """Return settings that the council uses, in the lowest grade or suspended, with no issue opened since.

    Each has `judgement`, its current inspection, `suspended`, and `older`: open issues from before the
    news, which are about something else. A judgement or suspension that an issue was closed about is
    left out.
    """
    used = in_use(on, council.authority_id).with_names()
    judged = current_judgements(used, on)
    closed = set(
        ContractIssue.objects.filter(council=council, setting__in=used)
        .exclude(source_ref="")
        .values_list("source_ref", flat=True)
    )
    opened = defaultdict(list)
    for issue in ContractIssue.objects.open().filter(council=council, setting__in=used):
        opened[issue.setting_id].append(issue)
    found = []
    for setting in used:
        if judgement := judged.get(setting.pk):
            judgement.setting = setting
        setting.judgement = judged.get(setting.pk)
        setting.suspended = is_suspended(setting)
        setting.older = opened[setting.pk]
        if (setting.suspended or is_lowest(setting)) and not any(
            issue.opened_on >= news_of(setting) for issue in setting.older
        ):
            found.append(setting)
    return [setting for setting in found if event_of(setting) not in closed]


def news_of(setting: "JudgedSetting") -> dt.date:
    """Return the first day on which a council could know of the judgement or suspension."""
    if not is_lowest(setting):
        return suspended_since(setting) or dt.date.min
    return setting.judgement.published_on or setting.judgement.inspected_on


def is_suspended(setting: Setting) -> bool:
    return bool(setting.registration_state and setting.registration_state.code == "suspended")


def is_lowest(setting: "JudgedSetting") -> bool:
    headline = setting.judgement and setting.judgement.headline
    return bool(headline and headline.grade and headline.grade.is_worst)


def event_of(setting: "JudgedSetting") -> str:
    """Return the reference that an issue about the setting's present state carries."""
    return known_worse(setting).ref


def known_worse(setting: "JudgedSetting") -> Deterioration:
    """Return the judgement or suspension for which `known_without_case` lists the setting."""
    if not is_lowest(setting):
        ref = suspension_ref(setting.urn, suspended_since(setting))
        return Deterioration(setting, None, SUSPENSION, ref, is_lowest=True)
    judgement = setting.judgement
    what = judged_words(judgement, judgement.headline.words)
    return Deterioration(setting, judgement, what, judgement.event_ref, is_lowest=True)


def suspension_of(setting: Setting, user: User) -> dt.date | None:
    """Return since when the council acted for places no more children at the setting, or with its whole provider.

    For everybody at the council who looks for places, whoever may read the case behind it.
    """
    scope = scope_of(user)
    if not (scope.is_council and scope.may(Permission.VIEW_COLLEAGUES)):
        return None
    owned = SettingOwnership.objects.in_force(today()).filter(setting=setting)
    whole = Q(setting=None, provider__in=Provider.objects.filter(ownerships__in=owned))
    found = ContractIssue.objects.suspending().filter(
        Q(setting=setting) | whole, council=scope.organisation_id
    )
    return found.order_by("suspended_on").values_list("suspended_on", flat=True).first()


@visibility_reasons.register_case
def settings_with_issues(user: User) -> Q:
    return Q(pk__in=ContractIssue.objects.visible_to(user).exclude(setting=None).order_by().values("setting"))
