import datetime as dt

import pytest
from django.urls import reverse

from providers.contracts.models import ReferralHold
from providers.directory.models import ProvisionType
from providers.documents.models import Document
from providers.people.models import Share
from providers.purchasing.models import Application, PurchasingSystem
from providers.purchasing.services.systems import add_participant
from qa_portal.core.dates import today
from tests.factories.files import upload
from tests.factories.purchasing import (
    a_draft,
    a_home,
    a_lot,
    a_member,
    a_policy,
    a_safeguarding_policy,
    a_sent_application,
    a_system,
    acting_as,
)
from tests.unit.portal.directory.building import queries_of
from workflows.applications.selectors import lines, queue_of
from workflows.applications.services import send_application, withdraw

pytestmark = pytest.mark.django_db


def sent(world, persona, step, thing, /, **answers):
    return world.client(persona).post(reverse(step, args=[thing.public_id]), answers)


def page(world, persona, name, *things) -> str:
    answer = world.client(persona).get(reverse(name, args=[thing.public_id for thing in things]))
    assert answer.status_code == 200
    return answer.content.decode()


def day(name: str, on: dt.date) -> dict:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


SYSTEM = {
    "name": "Fostering",
    "reference": "fost",
    "regime": "dynamic_market",
    "completeness_days": "5",
    "decision_days": "10",
    "clarification_days": "10",
    "reconsideration_days": "10",
    "pause_days": "0",
    **day("opens_on", today()),
}


def test_council_sets_a_system_up_by_its_pages(world):
    client = world.client("procurement_officer")
    assert client.post(reverse("add_purchasing_system"), SYSTEM).status_code == 302
    system = PurchasingSystem.objects.get()
    assert system.reference == "FOST"
    text = page(world, "procurement_officer", "purchasing_system", system)
    assert "No lots yet" in text
    kind = ProvisionType.objects.get(code="ifa")
    lot = {"code": "1", "name": "Mainstream", "provision_type": kind.pk}
    assert sent(world, "procurement_officer", "add_lot", system, **lot).status_code == 302
    required = {"kind": "public_liability", "is_compulsory": "yes", "minimum_cover": "£10,000,000"}
    assert (
        sent(world, "procurement_officer", "require_document", system.lots.get(), **required).status_code
        == 302
    )
    conditions = {"text": "Be registered.", **day("from_on", today())}
    assert sent(world, "procurement_officer", "set_conditions", system, **conditions).status_code == 302
    assert sent(world, "procurement_officer", "publish_purchasing_system", system).status_code == 302
    text = page(world, "provider_manager_y", "purchasing_system", system)
    assert "Public liability insurance, at least £10,000,000" in text
    assert "Be registered." in text
    assert "cannot change during its life" in page(world, "procurement_officer", "purchasing_system", system)
    refused = sent(world, "procurement_officer", "set_conditions", system, **conditions)
    assert refused.status_code == 422
    assert "cannot change during its life" in refused.content.decode()


def test_system_says_who_is_on_each_lot_and_whether_referrals_are_paused(world, system):
    place = a_member(world.provider_x.provider, system.lots.get())
    a_member(world.provider_y.provider, system.lots.get())
    kind, source = ReferralHold.Kind.DOCUMENT, "paper public_liability"
    ReferralHold.objects.create(membership=place, kind=kind, source=source, from_on=today())
    for persona in ("procurement_officer", "placements_officer"):
        text = page(world, persona, "purchasing_system", system)
        assert "2 providers on it" in text
        assert text.count("Referrals paused: document expired") == 1
        assert text.count("Open to referrals") == 1
    own = page(world, "provider_manager_x", "purchasing_system", system)
    assert "You have been on this lot since" in own
    assert "Referrals paused: document expired" in own
    assert "canary-y-name" not in own.lower()
    other = page(world, "provider_manager_y", "purchasing_system", system)
    assert "paused" not in other


def test_council_that_is_only_shown_applications_is_told_of_no_hold(world, system):
    place = a_member(world.provider_x.provider, system.lots.get())
    held = {"kind": ReferralHold.Kind.SUSPENSION, "source": "issue 1", "from_on": today()}
    ReferralHold.objects.create(membership=place, **held)
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.APPLICATIONS, from_on=today())
    text = page(world, "officer_south", "purchasing_system", system)
    assert "1 provider on it" in text
    assert "Suspended" not in text
    assert "Open to referrals" not in text
    add_participant(by=world.as_("procurement_officer"), system=system, council=world.south)
    assert "Suspended since" in page(world, "officer_south", "purchasing_system", system)


def test_wrong_answers_about_a_system_come_back_with_what_was_typed(world):
    wrong = SYSTEM | {"reference": "1", "decision_days": "many", **day("closes_on", dt.date(2020, 1, 1))}
    answer = world.client("procurement_officer").post(reverse("add_purchasing_system"), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Short reference must be 2 to 12 letters and digits" in text
    assert "must be a whole number from 1 to 365" in text
    assert "must be on or after the first" in text
    assert 'value="many"' in text


def test_system_changed_by_a_colleague_meanwhile_is_a_conflict(world, system):
    seen = SYSTEM | {"name": "New name", "reference": system.reference, "regime": system.regime}
    seen |= {"row_version": str(system.row_version)}
    assert sent(world, "procurement_officer", "change_purchasing_system", system, **seen).status_code == 302
    again = sent(world, "procurement_officer", "change_purchasing_system", system, **seen)
    assert again.status_code == 409
    assert "New name" in again.content.decode()


def test_draft_lists_what_is_left_and_saves_page_by_page(world, provider, system):
    home, lot = a_home(provider, working_name="Fell View"), system.lots.get()
    client = world.client("provider_manager_x")
    assert "Apply" in page(world, "provider_manager_x", "purchasing_system", system)
    started = client.post(reverse("start_application", args=[system.public_id]))
    application = Application.objects.get()
    assert started.headers["Location"] == reverse("application", args=[application.public_id])
    text = page(world, "provider_manager_x", "application", application)
    assert text.count("Not started") == 3
    assert "Fell View" in page(world, "provider_manager_x", "application_lots", application)
    nothing = sent(world, "provider_manager_x", "application_lots", application, lots=[lot.pk])
    assert nothing.status_code == 422
    assert "Choose at least one registered setting for 1 Residential care" in nothing.content.decode()
    chosen = {"lots": [lot.pk], f"settings_{lot.pk}": [home.pk]}
    assert sent(world, "provider_manager_x", "application_lots", application, **chosen).status_code == 302
    assert page(world, "provider_manager_x", "application", application).count("Not started") == 2
    text = page(world, "provider_manager_x", "application_documents", application)
    assert "Cover of at least £10,000,000" in text
    assert "Your provider manager prepares and sends it." in page(
        world, "provider_contributor_x", "application", application
    )
    refused = sent(world, "provider_manager_x", "send_application", application)
    assert refused.status_code == 422
    assert "Add your safeguarding policy." in refused.content.decode()


def test_one_upload_goes_to_the_library_and_the_application(world, provider, system):
    application = a_draft(provider, system, documents=[])
    url = reverse("upload_for_application", args=[application.public_id, "public_liability"])
    client = world.client("provider_manager_x")
    empty = client.post(url, {"upload": upload(b"A policy", "policy.txt")})
    assert empty.status_code == 422
    assert "Enter the cover amount" in empty.content.decode()
    answers = {
        "upload": upload(b"A policy", "policy.txt"),
        "cover_amount": "10,000,000",
        **day("from_on", today() - dt.timedelta(days=1)),
        **day("expires_on", today() + dt.timedelta(days=300)),
    }
    assert client.post(url, answers).status_code == 302
    document = Document.objects.get()
    assert application.documents.get().document == document
    assert document.organisation == world.provider_x


def test_declared_ground_without_an_explanation_is_asked_again(world, provider, system):
    application = a_draft(provider, system)
    answers = {"ground": "yes", "debarred": "no"}
    refused = sent(world, "provider_manager_x", "application_declarations", application, **answers)
    assert refused.status_code == 422
    assert "Say what happened" in refused.content.decode()
    answers["ground_detail"] = "A fine of 2021, paid."
    saved = sent(world, "provider_manager_x", "application_declarations", application, **answers)
    assert saved.status_code == 302
    assert "A fine of 2021, paid." in page(world, "provider_manager_x", "send_application", application)


def test_lot_under_way_is_told_and_not_offered(world, provider, system):
    first = a_sent_application(provider, system)
    with acting_as(provider):
        client = world.client("provider_manager_x")
        client.post(reverse("start_application", args=[system.public_id]))
    second = Application.objects.exclude(pk=first.pk).get()
    assert "being considered already" in page(world, "provider_manager_x", "application_lots", second)


def test_queue_tells_stage_age_and_limit(world, provider, system):
    application = a_draft(provider, system)
    with acting_as(provider):
        send_application(by=provider, application=application)
    [line] = lines(queue_of(world.as_("procurement_officer")), today())
    assert (line.stage, line.age, line.is_overdue) == ("Completeness", 0, False)
    text = page(world, "team_manager", "applications")
    assert application.reference in text
    later = lines(queue_of(world.as_("team_manager")), today() + dt.timedelta(days=30))[0]
    assert later.age > 15
    assert (
        application.reference
        not in world.client("team_manager").get(reverse("applications") + "?stage=Decision").content.decode()
    )


def test_applications_that_have_ended_stand_apart_with_their_outcomes(world, provider, system):
    application = a_draft(provider, system)
    with acting_as(provider):
        application = send_application(by=provider, application=application)
    client = world.client("team_manager")
    ended = reverse("applications") + "?ended"
    assert "No application has ended yet" in client.get(ended).text
    with acting_as(provider):
        withdraw(by=provider, application=application)
    text = client.get(ended).text
    assert application.reference in text
    assert "1 Residential care: withdrawn" in text
    assert application.reference not in client.get(reverse("applications")).text
    assert application.reference not in world.client("officer_south").get(ended).text


def test_empty_pages_say_what_to_do(world):
    assert "Your council has no purchasing system yet. Add one" in page(
        world, "procurement_officer", "purchasing_systems"
    )
    assert "No application waits" in page(world, "team_manager", "applications")
    assert "You have not applied" in page(world, "provider_manager_x", "applications")


@pytest.mark.parametrize("name", ["applications", "purchasing_systems"])
def test_lists_ask_as_many_queries_at_any_size(world, provider, procurement, system, name):
    client = world.client("procurement_officer")
    home = [a_home(provider)]
    documents = [a_policy(provider), a_safeguarding_policy(provider)]
    a_sent_application(provider, system, homes=home, documents=documents)
    before = queries_of(client, reverse(name))
    for number in range(4):
        other = a_system(procurement, name=f"System {number}", reference=f"SYS{number}")
        a_lot(procurement, other, code="2", name="Short breaks")
        a_sent_application(provider, other, homes=home, documents=documents)
    assert queries_of(client, reverse(name)) == before
    assert before < 16
