"""Which of a council's suspensions hold a lot: of the whole provider, or of everything offered on the lot."""

import datetime as dt
from collections.abc import Set as AbstractSet

from inspections.issues.models import ContractIssue
from providers.purchasing.models import Application, ApplicationLot, ApplicationLotSetting
from providers.purchasing.selectors import names_of


def suspended_setting_ids(council_id: int) -> set[int]:
    """Return, by key, all settings whose new placements the council has suspended."""
    suspending = ContractIssue.objects.suspending().filter(council=council_id, setting__isnull=False)
    return set(suspending.values_list("setting", flat=True))


def suspends_lot(issue: ContractIssue, offered: AbstractSet[int]) -> bool:
    """Nothing is left on the lot that is not suspended, the issue's own setting among it."""
    if issue.setting_id is None:
        return True
    return issue.setting_id in offered and offered <= suspended_setting_ids(issue.council_id)


def suspension_sentences(applied: ApplicationLot, on: dt.date) -> list[str]:
    """Return a sentence for each suspension that would hold the lot from its first day (`reactions.referral_holds`)."""
    application = Application.objects.select_related("provider", "system").get(pk=applied.application_id)
    provider, council = application.provider, application.system.council_id
    offers = ApplicationLotSetting.objects.filter(application_lot=applied.pk)
    offered = set(offers.values_list("setting", flat=True))
    issues = ContractIssue.objects.suspending().filter(
        council=council, provider__in=names_of(provider), suspended_on__lte=on
    )
    return [
        f"{issue.setting.display_name if issue.setting else provider} is suspended since"
        f" {issue.suspended_on:%-d %B %Y}, and the lot rests on it: end the suspension first."
        for issue in issues.select_related("setting__provision_type")
        if suspends_lot(issue, offered)
    ]
