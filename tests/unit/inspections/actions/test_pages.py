"""The register of actions in a browser's words: what is shown, what is saved, what is refused."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from inspections.actions.models import Action
from qa_portal.core.dates import today
from tests.factories import actions as made
from tests.factories import files
from tests.factories.documents import a_document
from tests.factories.register import SettingFactory
from tests.unit.portal.directory.building import queries_of

pytestmark = pytest.mark.django_db


def address(name: str, action: Action) -> str:
    return reverse(name, args=[action.public_id])


def date(name: str, day: dt.date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def sent(world, persona, name, action, **answers):
    answers = {"version": fresh(action).row_version} | answers
    return world.client(persona).post(address(name, action), answers)


def text(world, persona, url) -> str:
    answer = world.client(persona).get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_register_without_actions_says_where_they_come_from(world):
    officer = text(world, "contract_officer", reverse("actions"))
    assert "They come from published visit reports" in officer
    assert "You have no actions" in text(world, "provider_manager_x", reverse("actions"))


def test_register_shows_first_what_is_not_yet_closed(world):
    made.opened(world, what="Awake at night", due_in=-1)
    made.closed(world, what="Long closed")
    page = text(world, "contract_officer", reverse("actions"))
    assert "Awake at night" in page
    assert "Overdue" in page
    assert "Long closed" not in page


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("overdue", {"late"}),
        ("due_soon", {"soon", "planned"}),
        ("to_agree", {"planned"}),
        ("to_verify", {"done"}),
        ("closed", {"closed"}),
        ("all", {"late", "soon", "planned", "done", "closed", "proposed"}),
    ],
)
def test_register_is_narrowed(world, show, shown):
    made.opened(world, what="late", due_in=-1)
    made.opened(world, what="soon", due_in=3)
    made.planned(world, what="planned", due_in=10)
    made.done(world, what="done")
    made.closed(world, what="closed")
    made.proposed(world, what="proposed")
    answer = world.client("contract_officer").get(reverse("actions"), {"show": show})
    assert {action.what for action in answer.context["actions"]} == shown


def test_register_is_narrowed_to_a_setting_and_searched(world):
    home = SettingFactory(owner=world.provider_x.provider, working_name="Fellside House")
    made.opened(world, what="Awake at night", setting=home)
    made.opened(world, what="Second reference")
    client = world.client("contract_officer")
    for asked in ({"setting": home.pk}, {"search": "awake"}, {"setting": home.pk, "source": "visit"}):
        answer = client.get(reverse("actions"), asked)
        assert [action.what for action in answer.context["actions"]] == ["Awake at night"]
    assert "Show open actions" in text(world, "contract_officer", f"{reverse('actions')}?search=zzz")


def test_register_asks_as_many_queries_at_any_size(world):
    client = world.client("contract_officer")
    made.opened(world)
    first = queries_of(client, reverse("actions"))
    for _ in range(12):
        made.opened(world)
    assert queries_of(client, reverse("actions")) == first <= 12


def test_file_holds_what_the_page_shows_and_no_formula(world):
    made.opened(world, what="=cmd()", due_in=-1)
    made.opened(world, what="Not due", due_in=20)
    answer = world.client("contract_officer").get(reverse("actions_csv"), {"show": "overdue"})
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["Action"], row["Overdue"], row["State"]) == ("'=cmd()", "Yes", "Open, steps to be written")


def test_action_page_offers_each_person_what_they_can_do(world):
    action = made.planned(world)
    officer = text(world, "contract_officer", address("action", action))
    assert address("accept_action_step", action) in officer
    assert address("return_action", action) in officer
    assert address("write_action_step", action) not in officer
    provider = text(world, "provider_manager_x", address("action", action))
    assert address("write_action_step", action) in provider
    assert address("accept_action_step", action) not in provider
    other_council = text(world, "officer_south", address("action", action))
    assert "govuk-button-group" not in other_council


def test_provider_is_not_shown_the_drafts_in_the_history(world):
    action = made.proposed(world, what="A first wording")
    action.what = "The final wording"
    action.save()
    from inspections.actions.services import open_action

    open_action(by=world.as_("team_manager"), action=action, due_on=today())
    assert "A first wording" in text(world, "contract_officer", address("action", action))
    assert "A first wording" not in text(world, "provider_manager_x", address("action", action))


def test_provider_writes_the_steps_and_the_council_agrees(world):
    action = made.opened(world)
    answers = {"steps": "Recruit.", "owner_role": "Registered manager"} | date("on", today())
    assert sent(world, "provider_manager_x", "write_action_step", action, **answers).status_code == 302
    assert fresh(action).steps == "Recruit."
    assert sent(world, "contract_officer", "accept_action_step", action).status_code == 302
    assert fresh(action).accepted_at


def test_empty_steps_are_sent_back_with_what_is_missing(world):
    answer = sent(world, "provider_manager_x", "write_action_step", made.opened(world))
    assert answer.status_code == 422
    for sentence in ("Enter what will be done", "Enter who is responsible", "Enter the date it will be done"):
        assert sentence in answer.content.decode()


def test_step_from_an_old_page_is_a_conflict_that_keeps_what_was_typed(world):
    action = made.opened(world)
    old = action.row_version
    answers = {"steps": "Ours", "owner_role": "Manager"} | date("on", today())
    sent(world, "provider_manager_x", "write_action_step", action, **answers)
    answers = answers | {"steps": "Mine instead", "version": old}
    answer = world.client("provider_contributor_x").post(address("write_action_step", action), answers)
    assert answer.status_code == 409
    assert "Mine instead" in answer.content.decode()
    assert fresh(action).steps == "Ours"


def test_same_step_sent_twice_has_one_effect(world):
    action = made.planned(world)
    version = action.row_version
    client = world.client("contract_officer")
    answers = [client.post(address("accept_action_step", action), {"version": version}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 409, 409, 409]
    assert action.history.count() == 4


def test_provider_adds_a_new_file_or_one_it_has(world):
    action = made.agreed(world)
    url, client = address("add_action_evidence", action), world.client("provider_manager_x")
    known = a_document(world.as_("provider_manager_x"))
    assert client.post(url, {"what": "Policy", "document": known.pk}).status_code == 302
    new = {"what": "Rota", "upload": files.upload(b"Monday: two", "rota.txt"), "names_no_child": "on"}
    assert client.post(url, new).status_code == 302
    assert [one.what for one in action.evidence.all()] == ["Policy", "Rota"]
    shown = text(world, "contract_officer", address("action", action))
    assert reverse("document", args=[known.public_id]) in shown


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Say what it shows"),
        ({"what": "Rota"}, "Choose a document or a new file"),
        ({"what": "Rota", "upload": b"Monday"}, "remove anything that could identify a child"),
        ({"what": "Rota", "upload": b""}, "The file is empty"),
    ],
)
def test_evidence_that_lacks_something_is_sent_back(world, answers, sentence):
    if "upload" in answers:
        answers = answers | {"upload": files.upload(answers["upload"], "rota.txt")}
    url = address("add_action_evidence", made.agreed(world))
    answer = world.client("provider_manager_x").post(url, answers)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_council_may_say_what_it_saw(world):
    action = made.agreed(world)
    url = address("add_action_evidence", action)
    assert world.client("contract_officer").post(url, {"what": "Two staff at 11pm"}).status_code == 302
    assert "Two staff at 11pm, seen by the council" in text(
        world, "provider_manager_x", address("action", action)
    )


def test_done_verified_and_closed_by_a_second_person(world):
    action = made.evidenced(world)
    assert sent(world, "provider_manager_x", "report_action_done", action, note="Done").status_code == 302
    refused = sent(world, "contract_officer", "verify_action", action, note="Seen")
    assert refused.status_code == 422
    assert "Someone else must verify" in refused.content.decode()
    assert sent(world, "team_manager", "verify_action", action, note="Seen").status_code == 302
    assert fresh(action).state == Action.State.CLOSED


def test_page_of_a_step_that_is_past_leads_back_and_says_why(world):
    action = made.closed(world)
    answer = world.client("contract_officer").get(address("extend_action", action), follow=True)
    assert answer.redirect_chain[0][0] == address("action", action)
    assert "You cannot give more time" in answer.content.decode()


def test_officer_returns_extends_and_cancels_with_a_reason(world):
    action = made.planned(world, due_in=10)
    assert sent(world, "contract_officer", "return_action", action).status_code == 422
    assert sent(world, "contract_officer", "return_action", action, reason="Vague").status_code == 302
    assert "Vague" in text(world, "provider_manager_x", address("action", action))
    later = date("to", today() + dt.timedelta(days=20))
    assert sent(world, "contract_officer", "extend_action", action, reason="Snow", **later).status_code == 302
    assert "Snow" in text(world, "provider_manager_x", address("action", action))
    assert sent(world, "contract_officer", "cancel_action", action, reason="Closed home").status_code == 302
    assert fresh(action).state == Action.State.CANCELLED


def test_officer_records_an_action_agreed_with_a_provider(world):
    home = SettingFactory(owner=world.provider_x.provider, working_name="Fellside House")
    page = f"{reverse('record_action')}?setting={home.urn}"
    assert "selected" in text(world, "contract_officer", page)
    answers = {"setting": home.pk, "what": "Send the rota", "priority": "urgent"} | date("due_on", today())
    answer = world.client("contract_officer").post(reverse("record_action"), answers)
    [action] = Action.objects.visible_to(world.as_("provider_manager_x"))
    assert answer.url == address("action", action)
    assert (action.provider, action.setting) == (world.provider_x.provider, home)


def test_action_cannot_be_recorded_for_a_home_the_council_does_not_know(world):
    from providers.directory.models import Authority

    elsewhere = SettingFactory(authority=Authority.objects.get(name="Leicestershire"))
    answers = {"setting": elsewhere.pk, "what": "Send it", "priority": "urgent"} | date("due_on", today())
    answer = world.client("contract_officer").post(reverse("record_action"), answers)
    assert answer.status_code == 422
    assert Action.objects.count() == 0
