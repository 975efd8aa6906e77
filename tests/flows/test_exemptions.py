"""An exemption approves nothing that a later pass holds again: every kind of obstacle says so, and is tried here."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
import time_machine

from inspections.issues.models import IssueStage
from providers.contracts.hold_services import hold_referrals
from providers.contracts.holds import OPEN_WORDS, PAUSES, referral_state
from providers.contracts.models import ReferralHold
from providers.directory.regulator_status import RegulatorStatus
from providers.documents.models import Document
from providers.purchasing.approval_blockers import approval_blockers
from providers.purchasing.models import (
    OVERRIDES,
    ApplicationLot,
    BlockerKind,
    Declaration,
    Exemption,
    LotCheck,
    LotDecision,
    LotMembership,
    Override,
)
from providers.purchasing.services.checks import record_check, record_completeness
from providers.purchasing.services.decisions import allow_exemption, conclude_application, decide_lot
from providers.purchasing.services.exclusion_assessments import assess_exclusion, record_exclusion
from qa_portal.core.dates import LONDON, today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.issues import TOLD, raised
from tests.factories.purchasing import (
    a_finding,
    a_home,
    a_member,
    a_policy,
    a_safeguarding_policy,
    a_sent_application,
    a_system,
    check_exclusion,
)
from workflows.applications.lot_suspensions import suspension_sentences
from workflows.issues.services import move_stage
from workflows.reactions import referral_holds

pytestmark = pytest.mark.django_db
START = today()
LAST = 60
"""The exemption's last day is in so many days."""
GOOD = RegulatorStatus(
    setting_id=1, urn="SC1", name="Fell View", registration="Active", is_registered=True, grade="Good"
)


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def on(number: int):
    return time_machine.travel(dt.datetime.combine(day(number), dt.time(12), LONDON), tick=False)


@dataclass
class Scene:
    """A lot with every check passed; a situation spoils one thing."""

    world: object
    applied: ApplicationLot
    policy: Document
    home: object
    status: RegulatorStatus = GOOD
    travel: int = 0
    """How many days from now the situation is there."""

    def by(self, persona: str):
        return self.world.as_(persona)

    def seen(self) -> dict:
        return {"statuses": [self.status], "suspended": suspension_sentences(self.applied, today())}

    def found(self) -> set[BlockerKind]:
        seen = self.seen()
        return {
            one.kind
            for one in approval_blockers(self.applied, seen["statuses"], today(), suspended=seen["suspended"])
        }

    def exempt(self, **values) -> Exemption:
        values = {"reason": "The only home near.", "expires_on": day(LAST)} | values
        return allow_exemption(
            by=self.by("head_of_service"), application_lot=self.applied, **values, **self.seen()
        )

    def approve(self, **values) -> LotDecision:
        return decide_lot(
            by=self.by("team_manager"),
            application_lot=self.applied,
            outcome="approved",
            **values,
            **self.seen(),
        )

    def joins(self) -> LotMembership:
        conclude_application(application=self.applied.application)
        return LotMembership.objects.get(decision__application_lot=self.applied)


@pytest.fixture
def scene(world) -> Scene:
    provider, officer = world.as_("provider_manager_x"), world.as_("contract_officer")
    policy, home = a_policy(provider), a_home(provider)
    application = a_sent_application(
        provider,
        a_system(world.as_("procurement_officer")),
        documents=[policy, a_safeguarding_policy(provider)],
        homes=[home],
    )
    applied = application.lots.get()
    record_completeness(by=officer, application=application, outcome="passed")
    for kind in set(LotCheck.Kind) - {LotCheck.Kind.COMPLETENESS, LotCheck.Kind.EXCLUSION}:
        record_check(by=officer, application_lot=applied, kind=kind, outcome="passed", statuses=[GOOD])
    check_exclusion(officer, applied)
    return Scene(world, applied, policy, home)


def not_checked(scene: Scene) -> None:
    LotCheck.objects.filter(application_lot=scene.applied, kind="references").get().delete()


def failed(scene: Scene, kind: str = "references") -> None:
    officer = scene.by("contract_officer")
    if kind == LotCheck.Kind.COMPLETENESS:
        record_completeness(
            by=officer, application=scene.applied.application, outcome="failed", note="No page 3."
        )
    else:
        record_check(
            by=officer, application_lot=scene.applied, kind=kind, outcome="failed", note="Not enough."
        )


def unregistered(scene: Scene) -> None:
    scene.status = replace(GOOD, is_registered=False, registration="Cancelled")


def inadequate(scene: Scene) -> None:
    scene.status = replace(GOOD, grade="Inadequate", is_worst=True)


def paper_ran_out(scene: Scene) -> None:
    Document.objects.filter(pk=scene.policy.pk).audited_update(expires_on=day(-1))


def suspended_here(scene: Scene) -> None:
    issue = raised(scene.world, setting=scene.home)
    move_stage(
        by=scene.by("head_of_service"),
        issue=issue,
        to=IssueStage.objects.get(number=4),
        reason="A child was hurt",
        told=TOLD,
        evidence="",
    )


def suspended_elsewhere(scene: Scene) -> None:
    other = a_system(scene.by("procurement_officer"), name="Fostering", reference="FOST")
    member = a_member(scene.world.provider_x.provider, other.lots.get())
    hold_referrals(
        by=scene.by("head_of_service"), membership=member, kind="suspension", source="board decision 7"
    )


def not_assessed(scene: Scene) -> None:
    Declaration.objects.filter(application=scene.applied.application, question="ground").audited_update(
        answer=True, detail="Convicted of fraud."
    )


def review_passed(scene: Scene) -> None:
    check_exclusion(scene.by("contract_officer"), scene.applied, review_on=day(1))
    scene.travel = 2


def excluded(scene: Scene) -> None:
    check_exclusion(scene.by("contract_officer"), scene.applied, "excluded")


def excludable(scene: Scene) -> None:
    check_exclusion(scene.by("contract_officer"), scene.applied, "listed_discretionary")


SITUATIONS: dict[BlockerKind, Callable[[Scene], None]] = {
    BlockerKind.NOT_CHECKED: not_checked,
    BlockerKind.CHECK: failed,
    BlockerKind.REGISTRATION: unregistered,
    BlockerKind.GRADE: inadequate,
    BlockerKind.PAPER: paper_ran_out,
    BlockerKind.SUSPENSION: suspended_here,
    BlockerKind.SUSPENDED_ELSEWHERE: suspended_elsewhere,
    BlockerKind.NOT_ASSESSED: not_assessed,
    BlockerKind.REVIEW_PASSED: review_passed,
    BlockerKind.EXCLUDED: excluded,
    BlockerKind.EXCLUDABLE: excludable,
}


def of_way(*ways: Override) -> list[BlockerKind]:
    return [kind for kind in BlockerKind if OVERRIDES[kind] in ways]


def test_each_kind_of_obstacle_says_what_overcomes_it_and_is_tried():
    assert set(OVERRIDES) == set(SITUATIONS) == set(BlockerKind)


def test_each_kind_of_hold_has_words():
    assert set(ReferralHold.Kind) == {*PAUSES, ReferralHold.Kind.SUSPENSION}


@pytest.mark.parametrize("kind", BlockerKind)
def test_lot_with_nothing_against_it_is_approved_and_with_one_obstacle_is_not(scene, kind):
    assert scene.found() == set()
    SITUATIONS[kind](scene)
    with on(scene.travel):
        assert scene.found() == {kind}
        with pytest.raises(Refused):
            scene.approve()


def holds_on_each_day(place: LotMembership, days) -> list[ReferralHold]:
    for number in days:
        with on(number):
            run_due()
            assert not place.holds.filter(to_on=None).exists(), number
    return list(place.holds.all())


@pytest.mark.parametrize("kind", of_way(Override.EXEMPTION))
def test_what_an_exemption_covers_no_pass_holds_until_its_last_day(scene, kind):
    SITUATIONS[kind](scene)
    exemption = scene.exempt()
    assert [one["kind"] for one in exemption.covers] == [kind]
    decision = scene.approve()
    assert decision.exemption == exemption
    assert [one["kind"] for one in decision.basis["obstacles"]] == [kind]
    assert decision.basis["exemption"]["covers"] == exemption.covers
    assert holds_on_each_day(scene.joins(), (0, 1, LAST)) == []


@pytest.mark.parametrize("kind", [kind for kind in LotCheck.Kind if kind != LotCheck.Kind.EXCLUSION])
def test_failed_check_of_each_kind_that_an_exemption_covers_is_not_held(scene, kind):
    failed(scene, kind)
    scene.exempt()
    scene.approve()
    assert holds_on_each_day(scene.joins(), (0, 1, LAST)) == []


@pytest.mark.parametrize("kind", of_way(Override.NONE))
def test_what_no_exemption_covers_is_not_approved_with_one(scene, kind):
    inadequate(scene)
    scene.exempt()
    SITUATIONS[kind](scene)
    with on(scene.travel), pytest.raises(Refused, match="No exemption covers this"):
        scene.approve()
    assert not LotDecision.objects.filter(application_lot=scene.applied).exists()


@pytest.mark.parametrize("kind", of_way(Override.NONE, Override.REASON))
def test_exemption_for_what_it_cannot_cover_is_refused(scene, kind):
    SITUATIONS[kind](scene)
    with (
        on(scene.travel),
        pytest.raises(Refused, match="There is nothing today that an exemption could cover"),
    ):
        scene.exempt()


def test_excludable_supplier_is_approved_with_the_decider_s_reason_and_not_held(scene):
    excludable(scene)
    with pytest.raises(Refused, match="say why you do not exclude them"):
        scene.approve(exclusion_reason=" ")
    decision = scene.approve(exclusion_reason="Paid, and a new board.")
    assert decision.exclusion_reason == "Paid, and a new board."
    assert decision.basis["exclusion"][0]["state"] == "listed_discretionary"
    assert holds_on_each_day(scene.joins(), (0, 1, LAST)) == []


def test_exempted_paper_pauses_the_lot_from_the_day_after_the_exemption(scene):
    paper_ran_out(scene)
    scene.exempt()
    scene.approve()
    place = scene.joins()
    assert holds_on_each_day(place, (1, LAST)) == []
    with on(LAST + 5):
        run_due()
        assert referral_state(place, today()).words == "Referrals paused: document expired"
        assert place.holds.get().from_on == day(LAST + 1)
        a_policy(scene.by("provider_manager_x"))
        run_due()
        assert referral_state(place, today()).words == OPEN_WORDS


def test_exemption_covers_what_stood_when_it_was_allowed_and_nothing_that_came_later(scene):
    inadequate(scene)
    scene.exempt()
    failed(scene)
    with pytest.raises(Refused, match="References: failed"):
        scene.approve()
    newer = scene.exempt(reason="Both.")
    with pytest.raises(Refused, match="in force for this lot already"):
        scene.exempt()
    assert scene.approve().exemption == newer


def test_passes_hold_what_a_suspended_lot_would_have_been_approved_to(scene):
    """Positive control: without the obstacle the next pass holds the lot that was approved."""
    suspended_here(scene)
    assert scene.found() == {BlockerKind.SUSPENSION}
    decide_lot(
        by=scene.by("team_manager"),
        application_lot=scene.applied,
        outcome="approved",
        statuses=[GOOD],
        suspended=[],
    )
    place = scene.joins()
    run_due()
    assert place.holds.get().source.startswith(referral_holds.SOURCE)


def test_passes_hold_what_an_exemption_that_names_nothing_let_in(scene):
    """Positive control: a paper that runs out after the approval pauses the lot unless the exemption names it."""
    Document.objects.filter(pk=scene.policy.pk).audited_update(expires_on=day(0))
    inadequate(scene)
    scene.exempt()
    scene.approve()
    place = scene.joins()
    with on(1):
        run_due()
        assert place.holds.filter(kind=ReferralHold.Kind.DOCUMENT, to_on=None).exists()


def test_provider_found_excluded_between_decision_and_letter_is_not_let_in(scene):
    scene.approve()
    with on(1):
        record = a_finding("listed_mandatory")
        assess_exclusion(
            by=scene.by("contract_officer"), application=scene.applied.application, finding=record
        )
        conclude_application(application=scene.applied.application)
    assert not LotMembership.objects.exists()
    newest = LotDecision.objects.get(application_lot=scene.applied, superseded_by=None)
    assert (newest.outcome, newest.reasons) == ("rejected", ["exclusion"])


def test_exclusion_check_is_recorded_with_its_assessment_alone(scene):
    officer = scene.by("contract_officer")
    with pytest.raises(Refused, match="assessed with its grounds"):
        record_check(by=officer, application_lot=scene.applied, kind="exclusion", outcome="passed")
    asked = record_exclusion(by=officer, application_lot=scene.applied, finding=None, question="Who?")
    assert asked.outcome == "unclear"
    assert scene.found() == {BlockerKind.NOT_ASSESSED}
