"""A provider that is on a lot becomes an excluded supplier: nobody new is referred to it, and those who look after
the lot are told.

A council must remove an excluded supplier from a dynamic market and may remove an excludable one (Procurement Act
2023, section 36; facts 2.3 [29]). Removing is a person's act; the hold stands from the next pass until the council's
newest assessment says otherwise.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from providers.contracts.hold_services import hold_referrals, lift_hold
from providers.contracts.models import ReferralHold
from providers.notifications.kinds import COUNCIL, MessageKind, register
from providers.notifications.models import Notification
from providers.notifications.services import About, notify_again, notify_all, remind
from providers.people.models import Membership
from providers.people.selectors import holders, holders_anywhere
from providers.purchasing.exclusion import memberships_affected, newest_in
from providers.purchasing.models import Application, ExclusionAssessment, LotMembership
from providers.purchasing.selectors import names_of
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import day_of, today

SOURCE = "exclusion assessment"
REVIEW_THRESHOLDS = (30, 7)

SUPPLIER_EXCLUDED = register(
    MessageKind(
        key="supplier_excluded",
        label="Referrals paused: excluded supplier",
        text="A provider on one of your lots was found to be an excluded supplier. Referrals are paused. Remove it"
        " from the lot, and tell the Procurement Review Unit within 30 days of excluding it.",
        provider_text="A council found that you are an excluded supplier, so nobody new is referred to you on the"
        " lot. Its reasons are in the portal.",
        urgent=True,
        compulsory=True,
        restricted=True,
    )
)
SUPPLIER_EXCLUDABLE = register(
    MessageKind(
        key="supplier_excludable",
        label="A provider on your lots may be excluded",
        text="A provider on one of your lots was found to be an excludable supplier. Decide whether it stays.",
        urgent=True,
        restricted=True,
        audience=COUNCIL,
    )
)
EXCLUSION_REVIEW = register(
    MessageKind(
        key="exclusion_review",
        label="Review an assessment of exclusion",
        text="An assessment of exclusion is to be reviewed by the day shown. After that day it counts for no new"
        " approval.",
        urgent=True,
        audience=COUNCIL,
    )
)


def about(assessment: ExclusionAssessment) -> About:
    application = assessment.application
    return About(
        path=reverse("application", args=[application.public_id]),
        council=application.system.council,
        provider=application.provider,
        subject_kind="exclusion assessment",
        subject_id=assessment.public_id,
    )


def procurement_people(assessment: ExclusionAssessment) -> list[Membership]:
    return list(holders(Permission.MANAGE_PURCHASING, assessment.application.system.council))


def holds():
    return ReferralHold.objects.filter(kind=ReferralHold.Kind.EXCLUSION, source=SOURCE)


def barring_of(place: LotMembership) -> ExclusionAssessment | None:
    """Return the newest assessment by the lot's council if it bars the provider, else None."""
    for assessment in newest_in(ExclusionAssessment.BARRING):
        if memberships_affected(assessment, today()).filter(pk=place.pk).exists():
            return assessment
    return None


def places_of_excluded() -> list[LotMembership]:
    held = holds().filter(to_on=None).values("membership")
    return [
        place
        for assessment in newest_in(ExclusionAssessment.BARRING)
        for place in memberships_affected(assessment, today()).exclude(pk__in=held).with_names()
    ]


@transaction.atomic
def hold_excluded(place: LotMembership) -> None:
    """Hold from the day of the assessment, and never over days on which the lot was open after a lift."""
    place = locked(place, "provider", "lot__system__council")
    assessment = barring_of(place)
    if assessment is None:
        return
    last_lift = holds().filter(membership=place).aggregate(last=Max("to_on"))["last"]
    days: list[dt.date] = [place.from_on, day_of(assessment.assessed_at)]
    hold = hold_referrals(
        by=None,
        membership=place,
        kind=ReferralHold.Kind.EXCLUSION,
        source=SOURCE,
        from_on=max([*days, last_lift] if last_lift else days),
        reason="Excluded supplier",
    )
    applies = holders_anywhere(Permission.APPLY).filter(organisation__provider__in=names_of(place.provider))
    notify_all(
        to=[*applies, *procurement_people(assessment)],
        key=f"excluded:{hold.public_id}",
        kind=SUPPLIER_EXCLUDED,
        about=about(assessment),
        facts={"on": hold.from_on},
    )


def holds_of_exclusions_that_ended() -> list[ReferralHold]:
    standing = holds().filter(to_on=None).select_related("membership")
    return [hold for hold in standing if barring_of(hold.membership) is None]


@transaction.atomic
def lift_exclusion_hold(hold: ReferralHold) -> None:
    hold = locked(hold, "membership")
    if hold.to_on is None and barring_of(hold.membership) is None:
        lift_hold(by=None, hold=hold, reason="Not found to be an excluded supplier any more")


def excludable_not_notified() -> list[ExclusionAssessment]:
    """Return assessments of members with discretionary grounds that nobody was told of.

    Of a new approval the decider has said why.
    """
    told = Notification.objects.filter(kind=SUPPLIER_EXCLUDABLE.key).values("subject_id")
    return [
        assessment
        for assessment in newest_in(ExclusionAssessment.DISCRETIONARY)
        if assessment.public_id not in set(told.values_list("subject_id", flat=True))
        and memberships_affected(assessment, today()).filter(
            decision__decided_on__lte=day_of(assessment.assessed_at)
        )
    ]


def notify_excludable(assessment: ExclusionAssessment) -> None:
    notify_all(
        to=procurement_people(assessment),
        key=f"excludable:{assessment.public_id}",
        kind=SUPPLIER_EXCLUDABLE,
        about=about(assessment),
    )


def reviews_near() -> list[ExclusionAssessment]:
    """Newest assessments whose review day is near or past, of applications under way and of providers on a lot."""
    last = today() + dt.timedelta(days=max(REVIEW_THRESHOLDS))
    newer = ExclusionAssessment.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
    on_lot = LotMembership.objects.in_force(today()).filter(
        decision__application_lot__application=OuterRef("application")
    )
    near = ExclusionAssessment.objects.filter(~Exists(newer), review_on__lte=last)
    counts = Q(application__state=Application.State.SUBMITTED) | Exists(on_lot)
    return list(near.filter(counts).with_names().select_related("application__provider"))


def remind_of_review(assessment: ExclusionAssessment) -> None:
    """Remind before the day as other reminders do, and once more when it has come, however late the pass."""
    about_it: dict[str, Any] = {
        "to": procurement_people(assessment),
        "kind": EXCLUSION_REVIEW,
        "about": about(assessment),
    }
    subject = f"exclusion:{assessment.public_id}"
    if assessment.review_on > today():
        remind(subject=subject, ends_on=assessment.review_on, thresholds=REVIEW_THRESHOLDS, **about_it)
    else:
        notify_again(key=f"review:{subject}", facts={"due_on": assessment.review_on}, **about_it)
