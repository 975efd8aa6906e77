"""A right by role is no right by dealing: what a council without one, or with its own word alone, gets nowhere."""

import pytest
from django.urls import reverse

from providers.contracts.models import PlacingCount
from providers.contracts.use_services import confirm_use
from tests.access.test_every_address import leaks, text_of
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
DECLARING = "administrator_declaring"


def pages(world, persona: str, thing: str = "home_north") -> str:
    """What the persona reads of one home, wherever the register speaks of it."""
    client, home = world.client(persona), world.things[thing]
    urls = [
        reverse("setting", args=[home.public_id]),
        reverse("directory_csv"),
        reverse("placing_counts"),
        reverse("scorecard_setting", args=[home.public_id]),
    ]
    return " ".join(text_of(client.get(url)) for url in urls)


def found(text: str) -> set[str]:
    """Every canary of the home; `leaks` takes off those that anon knows, which are none."""
    return {label for label in leaks(text, "anon") if label in {"north-home", "north-called"}}


def test_use_opens_with_the_confirmation_of_a_second_person_and_shuts_with_a_nought(world, table):
    """The control of the walk: what it must not find for the declaring council is found once a colleague confirms."""
    assert found(pages(world, DECLARING)) == set()
    colleague = UserFactory()
    MembershipFactory(person=colleague.person, organisation=world.declaring)
    world.users["colleague"] = colleague
    author = world.users[DECLARING].person
    row = PlacingCount.objects.get(placing_authority=world.declaring.authority)
    row.declared_by = author
    row.save()
    page = world.client("colleague").get(reverse("confirm_use")).text
    assert found(page) == set()
    answers = {"rows": f"{row.pk}-{row.row_version}", "answer": "confirm"}
    answer = world.client("colleague").post(reverse("confirm_use"), answers)
    assert answer.url == reverse("placing_counts")
    assert found(pages(world, DECLARING)) == {"north-home", "north-called"}
    changed = reverse("change_working_details", args=[world.things["home_north"].public_id])
    assert (
        world.client(DECLARING).get(changed).status_code == 404
    )  # reads, and changes nothing that is shared
    today = row.as_at
    day = {"as_at_day": today.day, "as_at_month": today.month, "as_at_year": today.year}
    url = reverse("record_placing_count", args=[world.things["home_north"].public_id])
    assert world.client(DECLARING).post(url, {"count": 0} | day).status_code == 302
    assert found(pages(world, DECLARING)) == set()


@pytest.mark.parametrize(
    "persona", ["provider_manager_y", "partner_contributor", "scrutiny_reader", "young_researcher"]
)
def test_working_name_of_a_home_is_found_by_no_search_and_order_of_those_who_do_not_need_it(
    world, table, persona
):
    """A competing provider and a nurse without a share: neither sees, finds nor guesses at the name."""
    client, where = world.client(persona), {"partner_contributor": "south"}.get(persona, "north")
    home = world.things[f"home_{where}"]
    for query in ({"search": f"CANARY-{where}-called"}, {"search": home.urn}, {}):
        text = text_of(client.get(reverse("directory_csv"), query))
        assert f"canary-{where}-called" not in text.lower()
        assert (home.urn in text) == ("CANARY" not in query.get("search", "")), query


@pytest.mark.parametrize("persona", ["contract_officer", "provider_manager_x", "partner_contributor"])
def test_working_name_of_a_home_is_told_to_who_needs_it(world, table, persona):
    """The control: its host, its provider, and the nurse with whom the council shares its scorecards."""
    text = text_of(world.client(persona).get(reverse("directory_csv"), {"search": "CANARY-north-called"}))
    assert world.things["home_north"].urn in text


def test_confirmed_row_cannot_be_confirmed_by_the_declaring_person_over_the_page(world, table):
    row = PlacingCount.objects.get(placing_authority=world.declaring.authority)
    row.declared_by = world.users[DECLARING].person
    row.save()
    answers = {"rows": f"{row.pk}-{row.row_version}", "answer": "confirm"}
    answer = world.client(DECLARING).post(reverse("confirm_use"), answers)
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.confirmed_at is None
    with pytest.raises(Exception, match="yourself"):
        confirm_use(by=world.as_(DECLARING), seen={row.pk: row.row_version})
