"""The installation administrator keeps the code lists: with dates, a source and a reason, and nothing is lost."""

from datetime import date

import pytest
from django.urls import reverse

from providers.directory.code_services import LISTS, add_code, change_code
from providers.directory.models import Forum, GradeScale, RegistrationState
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused

pytestmark = pytest.mark.django_db
INSTALLER = "installation_administrator"


@pytest.fixture
def client(world):
    return world.client(INSTALLER)


def test_scale_of_2027_without_an_overall_grade_takes_over_on_its_day(world, client):
    """Scenario 10: effective 1 April 2027; inspections on the old scale keep it."""
    old = GradeScale.objects.get(code="SCCIF-4")
    leaders = old.judgements.get(code="leaders_and_managers")
    answer = client.post(
        reverse("add_code", args=["grade-scales"]),
        {
            "code": "SCCIF-2027",
            "label": "SCCIF, without an overall grade",
            "judgements": f"Experiences and progress\n\n{leaders.label}\n",
            "grades": "Outstanding\nGood\nRequires improvement to be good\nInadequate",
            "sets_rating": "on",
            "from_on_day": "1",
            "from_on_month": "4",
            "from_on_year": "2027",
            "source": "Ofsted, SCCIF from April 2027",
            "reason": "Announced by Ofsted",
        },
    )
    assert answer.status_code == 302, answer.text
    new = GradeScale.objects.get(code="SCCIF-2027")
    assert (new.headline, new.from_on, new.sets_rating) == ("", date(2027, 4, 1), True)
    assert [one.code for one in new.judgements.all()] == ["experiences_and_progress", "leaders_and_managers"]
    assert [(one.label, one.rank, one.is_worst) for one in new.grades.all()][-1] == ("Inadequate", 4, True)
    assert new.history.get().history_change_reason == "Announced by Ofsted"
    assert new not in GradeScale.objects.in_force(date(2027, 3, 31))
    assert new in GradeScale.objects.in_force(date(2027, 4, 1))

    change_code(
        by=world.as_(INSTALLER), row=old, reason="Followed by SCCIF-2027", label=old.label, to_on=new.from_on
    )
    assert old not in GradeScale.objects.in_force(date(2027, 4, 1))
    page = client.get(reverse("change_code", args=["grade-scales", new.pk])).text
    assert "No overall grade" in page
    assert "Reason: Announced by Ofsted" in page
    assert "Outstanding" in page


def test_every_list_is_named_with_how_many_codes_are_in_force(client):
    page = client.get(reverse("code_lists")).text
    assert "Grade scales" in page
    assert f">{GradeScale.objects.in_force(today()).count()}<" in page


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_opens_and_each_of_its_codes_can_be_saved_as_it_stands(client, kind):
    assert client.get(reverse("code_list", args=[kind])).status_code == 200
    row = LISTS[kind].objects.first()
    url = reverse("change_code", args=[kind, row.pk])
    form = client.get(url).context["form"]
    typed = {"reason": "Checked", "source": "Proposal"}
    for name, value in form.initial.items():
        if isinstance(value, date):
            typed |= {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}
        elif value not in (None, "", False):
            typed[name] = getattr(value, "pk", value)
    answer = client.post(url, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in form.initial if name != "source"} == {
        name: value for name, value in form.initial.items() if name != "source"
    }


def test_state_first_met_in_a_file_is_described_by_the_administrator(world, client):
    row = RegistrationState.objects.create(code="paused", label="Paused", ofsted_name="Paused")
    url = reverse("change_code", args=["registration-states", row.pk])
    client.post(
        url,
        {
            "label": "Paused by the provider",
            "ofsted_name": "Paused",
            "is_open": "on",
            "source": "Ofsted, by telephone",
            "reason": "New in the file of March",
        },
    )
    row.refresh_from_db()
    assert (row.label, row.is_open, row.code) == ("Paused by the provider", True, "paused")
    page = client.get(url).text
    assert "New in the file of March" in page
    assert "(was Paused)" in page


def test_code_means_one_thing_on_any_day(world):
    by, old = world.as_(INSTALLER), Forum.objects.first()
    values = {"code": old.code, "label": "Another", "source": "Proposal", "reason": "Renamed"}
    with pytest.raises(Refused, match="End it first"):
        add_code(by=by, model=Forum, from_on=date(2027, 1, 1), **values)
    change_code(by=by, row=old, reason="Ends", to_on=date(2027, 1, 1))
    add_code(by=by, model=Forum, from_on=date(2027, 1, 1), **values)
    with pytest.raises(Refused, match="End it first"):
        change_code(by=by, row=old, reason="Reopened", to_on=None)


def test_refusals_come_back_with_what_was_typed(client):
    answer = client.post(
        reverse("add_code", args=["forums"]),
        {
            "code": "new_forum",
            "label": "New forum",
            "source": "Proposal",
            "reason": "Wanted",
            "from_on_day": 2,
            "from_on_month": 1,
            "from_on_year": 2027,
            "to_on_day": 1,
            "to_on_month": 1,
            "to_on_year": 2027,
        },
    )
    assert answer.status_code == 422
    assert "The last day cannot be before the first." in answer.text
    assert "New forum" in answer.text


@pytest.mark.parametrize(
    ("judgements", "grades", "headline", "sentence"),
    [
        ("One\nOne", "Good\nBad", "", "Give each judgement and each grade once."),
        ("One\nTwo", "Good\nGood", "", "Give each judgement and each grade once."),
        ("One\nTwo", "Good\nBad", "Three", "must be one of the judgements"),
        ("One", "Good\n" + "a" * 201, "", "Each line must be 200 characters or less"),
    ],
)
def test_scale_that_contradicts_itself_is_refused(client, judgements, grades, headline, sentence):
    answer = client.post(
        reverse("add_code", args=["grade-scales"]),
        {
            "code": "NEW",
            "label": "New",
            "judgements": judgements,
            "grades": grades,
            "headline": headline,
            "source": "Proposal",
            "reason": "Tried",
        },
    )
    assert sentence in answer.text
    assert not GradeScale.objects.filter(code="NEW").exists()


def test_nobody_else_changes_codes(world):
    with pytest.raises(Refused, match="Your role does not allow this"):
        change_code(by=world.as_("council_administrator"), row=Forum.objects.first(), reason="", label="Mine")
    assert world.client("council_administrator").get(reverse("code_lists")).status_code == 404
