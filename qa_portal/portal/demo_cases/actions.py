"""Actions in every state: those of the published report, and others that were agreed with providers."""

from inspections.actions import services
from inspections.actions.models import Action
from providers.directory.models import SettingOwnership
from providers.documents.kinds import Kind
from qa_portal.core.dates import today
from qa_portal.portal.demo_cases.doing import as_, in_days, setting
from qa_portal.portal.demo_cases.libraries import paper

STEPS = "The manager goes through it with the team on Monday, and checks it each week for two months."
POST = "Registered manager"


def build() -> None:
    from_the_report()
    agreed("Fellside House", "Fire drills are held at night too.", due_in=-9)
    returned()
    done()
    closed()
    called_off()


def from_the_report() -> None:
    """Of three, one waits for the provider, one for the council's answer, and one is under way."""
    opened = Action.objects.filter(setting__working_name="Birk Rigg", state=Action.State.OPEN).order_by("pk")
    _, second, third = opened
    planned("provider2", second)
    under_way("provider2", third)


def agreed(name: str, what: str, *, due_in: int = 21) -> Action:
    """With the provider of the setting. A day that has passed makes it overdue."""
    place = setting(name)
    owned = SettingOwnership.objects.in_force(today()).get(setting=place)
    with as_("officer") as officer:
        return services.record_action(
            by=officer, provider=owned.provider, setting=place, what=what, due_on=in_days(due_in)
        )


def planned(login: str, action: Action) -> Action:
    with as_(login) as user:
        on = min(in_days(10), action.due_on)
        return services.write_step(by=user, action=action, steps=STEPS, on=on, owner_role=POST)


def under_way(login: str, action: Action) -> Action:
    action = planned(login, action)
    with as_("officer") as officer:
        return services.accept(by=officer, action=action)


def returned() -> None:
    action = planned("ashgarth2", agreed("Tarn Lodge", "Every room has a lock that opens from inside."))
    with as_("officer") as officer:
        services.return_with_reason(
            by=officer, action=action, reason="Say which rooms, and who fits the locks by when."
        )


def done() -> Action:
    """With the provider's paper as evidence: it waits for a second person."""
    action = under_way("provider2", agreed("Beck View", "Medicines are counted at each handover."))
    document = paper("provider2", Kind.EVIDENCE, "Medicines count, four weeks", "Counted at each handover.")
    with as_("provider2") as user:
        services.add_evidence(by=user, action=action, what="Four weeks of counts", document=document)
        return services.report_done(by=user, action=action, note="Done since the first of the month.")


def closed() -> None:
    action = under_way("larkrigg", agreed("Heron Bank", "The complaints leaflet is in every bedroom."))
    with as_("officer2") as officer:
        services.add_evidence(by=officer, action=action, what="Seen in all four bedrooms.")
    with as_("larkrigg") as user:
        action = services.report_done(by=user, action=action, note="Printed and put up.")
    with as_("manager") as manager:
        services.verify(by=manager, action=action, note="As the officer saw it.")


def called_off() -> None:
    action = agreed("Ghyll End", "The garden fence is mended.")
    with as_("officer") as officer:
        services.cancel(by=officer, action=action, reason="The landlord has put up a new fence.")
