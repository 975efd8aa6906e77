"""An officer types in an inspection, somebody else verifies it, and only then does it count. Every refusal."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from inspections.ofsted.models import Inspection
from inspections.ofsted.recorded_inspections import correct_inspection, verify_inspection, withdraw_inspection
from inspections.ofsted.selectors import current_judgement
from providers.directory.models import Grade, GradeScale, InspectionType
from providers.people.models import Share
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.issues import date_parts, home_of
from tests.factories.recorded_inspections import (
    HELPED,
    LEADERS,
    OVERALL,
    REPORT,
    grades,
    outcome,
    process_of,
    recorded,
)
from tests.factories.register import import_rows, used_by
from tests.flows.driving import do, done, open_steps, the_task
from tests.flows.stand_ins import let_stand_in, partner
from tests.unit.inspections.ofsted.building import row
from workflows.recorded_inspections.flows import RecordedInspectionFlow

pytestmark = pytest.mark.django_db
OFFICER, MANAGER = "contract_officer", "team_manager"
NOW = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)
INSPECTED = dt.date(2026, 5, 22)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def home(world):
    return home_of(world)


def address(home, *, kind="full", on=INSPECTED, scale="") -> str:
    which = {"inspection_type": str(InspectionType.objects.get(code=kind).pk), "scale": scale}
    which |= date_parts("inspected_on", on)
    query = "&".join(f"{name}={value}" for name, value in which.items())
    return f"{reverse('record_inspection', args=[home.public_id])}?{query}"


def answers(overall="", helped="", leaders="", *, status="published", **values) -> dict[str, str]:
    judged = {f"judgement_{code}": str(grade.pk) for code, grade in grades(overall, helped, leaders).items()}
    published = date_parts("published_on", today()) if status == "published" else {}
    return judged | {"outcome_status": status} | published | values


def record(world, home, given, persona=OFFICER, **which):
    return world.client(persona).post(address(home, **which), given)


def of(home) -> Inspection:
    return Inspection.objects.recorded_by_hand().get(setting=home)


def steps_of(inspection) -> set[str]:
    return open_steps(process_of(inspection))


def verified(world, inspection, persona=MANAGER):
    done(
        world.client(persona),
        the_task(process_of(inspection), RecordedInspectionFlow.verify),
        decision="verify",
    )
    inspection.refresh_from_db()


def test_inspection_is_recorded_verified_by_another_and_counts_from_then_on(world, home):
    client = world.client(OFFICER)
    page = client.get(reverse("record_inspection", args=[home.public_id])).text
    assert "Date of the inspection" in page
    page = client.get(address(home)).text
    assert "How well children and young people are helped and protected" in page
    assert "22 May 2026" in page
    given = answers("Good", "Good", "Good", requirements="Keep records\n\nTrain staff", report_link=REPORT)
    answer = client.post(address(home), given)
    inspection = of(home)
    assert answer.url == reverse("inspection", args=[inspection.public_id])
    assert [item.text for item in inspection.items.all()] == ["Keep records", "Train staff"]
    assert current_judgement(home, today()) is None
    assert "To be verified" in client.get(answer.url).text
    assert "Record an inspection" in client.get(reverse("setting", args=[home.public_id])).text
    assert "Not verified yet" in client.get(reverse("setting_inspections", args=[home.public_id])).text
    verified(world, inspection)
    assert current_judgement(home, today()) == inspection
    assert inspection.verified_by == world.users[MANAGER].person
    assert process_of(inspection).finished
    assert "Verified" in client.get(answer.url).text


def test_scenario_1_limiting_rule_is_refused_unless_the_published_report_says_so(world, home):
    """Protected Inadequate, overall Good: refused; confirmed with the report's link: kept and flagged."""
    given = answers("Good", "Inadequate", "Good")
    answer = record(world, home, given)
    assert answer.status_code == 422
    assert "must be Inadequate, not Good" in answer.text
    assert "Give the link to the published report" in record(world, home, given | {"confirmed": "on"}).text
    assert not Inspection.objects.exists()
    answer = record(world, home, given | {"confirmed": "on", "report_link": REPORT})
    assert answer.status_code == 302
    inspection = of(home)
    assert "must be Inadequate, not Good" in inspection.flags
    task = the_task(process_of(inspection), RecordedInspectionFlow.verify)
    assert "Flagged" in world.client(MANAGER).get(reverse("task", args=[task.pk])).text


def test_leaders_inadequate_allows_no_better_than_requires_improvement(world, home):
    assert "can be no better than" in record(world, home, answers("Good", "", "Inadequate")).text
    given = answers("Requires improvement to be good", "", "Inadequate")
    assert record(world, home, given).status_code == 302


def test_confirming_a_rule_that_is_kept_is_refused(world, home):
    given = answers("Good", report_link=REPORT, confirmed="on")
    assert "there is nothing to confirm" in record(world, home, given).text


def test_provisional_outcome_shows_to_the_monitoring_team_only_until_it_is_published(world, home):
    record(world, home, answers("Inadequate", status="provisional"))
    inspection = of(home)
    setting, page = (
        reverse("setting_inspections", args=[home.public_id]),
        reverse("inspection", args=[inspection.public_id]),
    )
    verified(world, inspection)
    assert steps_of(inspection) == {"publish"}
    assert current_judgement(home, today()) is None
    for persona in (OFFICER, "head_of_service", "safeguarding_lead"):
        assert "Provisional" in world.client(persona).get(setting).text
        assert world.client(persona).get(page).status_code == 200
    Share.objects.create(owner=world.north, reader=world.south, kind=Share.Kind.RATINGS, from_on=today())
    strangers = (
        "procurement_officer",
        "board_member",
        "officer_south",
        "provider_manager_x",
        "young_researcher",
    )
    for persona in strangers:
        client = world.client(persona)
        assert "Inadequate" not in client.get(setting).text
        assert client.get(page).status_code == 404
        listed = client.get(reverse("directory"), {"search": home.urn}).text
        assert 'data-label="Current grade">Not yet inspected' in listed
        assert "Inadequate" not in "".join(
            part.decode() for part in client.get(reverse("directory_csv"), {"search": home.urn})
        )
        case = client.get(reverse("case", args=[process_of(inspection).pk]))
        assert "Inadequate" not in case.text
    assert mail.outbox == []


def test_publication_of_a_provisional_outcome_is_verified_again(world, home):
    record(world, home, answers("Inadequate", status="provisional"))
    inspection = of(home)
    verified(world, inspection)
    task = the_task(process_of(inspection), RecordedInspectionFlow.publish)
    again = do(world.client(OFFICER), task, **answers("Good", status="provisional"))
    assert "Come back when Ofsted has published it" in again.text
    done(world.client(OFFICER), task, **answers("Requires improvement to be good", report_link=REPORT))
    inspection.refresh_from_db()
    assert (inspection.verified_at, steps_of(inspection)) == (None, {"verify"})
    assert current_judgement(home, today()) is None
    verified(world, inspection)
    assert current_judgement(home, today()).headline.words == "Requires improvement to be good"
    assert process_of(inspection).finished


def test_judgements_are_sent_back_corrected_and_verified(world, home):
    record(world, home, answers("Good", "Good", requirements="Keep records"))
    inspection = of(home)
    client, task = world.client(MANAGER), the_task(process_of(inspection), RecordedInspectionFlow.verify)
    assert "Enter what needs correcting" in do(client, task, decision="return").text
    done(client, task, decision="return", reason="Protection is RI")
    assert steps_of(inspection) == {"correct"}
    correct = the_task(process_of(inspection), RecordedInspectionFlow.correct)
    page = world.client(OFFICER).get(reverse("task", args=[correct.pk])).text
    assert "Protection is RI" in page
    assert "Keep records" in page
    done(world.client(OFFICER), correct, **answers("Good", "Requires improvement to be good"))
    assert {one.subject: one.words for one in inspection.judgements.all()} == {
        OVERALL: "Good",
        HELPED: "Requires improvement to be good",
    }
    assert not inspection.items.exists()
    verified(world, inspection)
    assert inspection.returned_reason == ""


def test_whoever_recorded_it_does_not_verify_it(world, home):
    record(world, home, answers("Good"))
    inspection = of(home)
    client, task = world.client(OFFICER), the_task(process_of(inspection), RecordedInspectionFlow.verify)
    assert client.get(reverse("task", args=[task.pk])).status_code == 302
    assert do(client, task, decision="verify").status_code == 422
    with pytest.raises(Refused, match="You recorded these judgements"):
        verify_inspection(by=world.as_(OFFICER), inspection=inspection)
    assert current_judgement(home, today()) is None


def test_neither_does_whoever_corrected_it(world, home):
    record(world, home, answers("Good"))
    inspection = of(home)
    done(
        world.client(MANAGER),
        the_task(process_of(inspection), RecordedInspectionFlow.verify),
        decision="return",
        reason="Look again",
    )
    done(
        world.client(MANAGER),
        the_task(process_of(inspection), RecordedInspectionFlow.correct),
        **answers("Good"),
    )
    for persona in (OFFICER, MANAGER):
        with pytest.raises(Refused, match="You recorded these judgements"):
            verify_inspection(by=world.as_(persona), inspection=inspection)


@pytest.mark.parametrize(
    "persona",
    ["head_of_service", "procurement_officer", "officer_south", "provider_manager_x", "board_chair"],
)
def test_others_neither_record_nor_verify(world, home, persona):
    assert record(world, home, answers("Good"), persona=persona).status_code == 404
    inspection = recorded(world, home)
    task = the_task(process_of(inspection), RecordedInspectionFlow.verify)
    assert do(world.client(persona), task, decision="verify").status_code == 404


def test_form_sent_twice_records_one_inspection_and_another_is_refused(world, home):
    given = answers("Good") | {"form_token": "11111111-1111-4111-8111-111111111111"}
    assert {record(world, home, given).status_code for _ in range(3)} == {302}
    assert "has recorded this inspection already" in record(world, home, answers("Good")).text
    assert Inspection.objects.count() == 1
    inspection = of(home)
    task = the_task(process_of(inspection), RecordedInspectionFlow.verify)
    verified(world, inspection)
    assert do(world.client(MANAGER), task, decision="verify").status_code == 409


def test_same_inspection_with_another_day_is_recorded_only_when_said_to_be_another(world, home):
    assert record(world, home, answers("Good")).status_code == 302
    mistyped = INSPECTED - dt.timedelta(days=7)
    again = record(world, home, answers("Good"), on=mistyped)
    assert again.status_code == 422
    assert "on 22 May 2026 is recorded already" in again.text
    assert "This is another inspection than the one of 22 May 2026" in again.text
    assert record(world, home, answers("Good", is_another="on"), on=mistyped).status_code == 302
    far = INSPECTED - dt.timedelta(days=22)
    page = world.client(OFFICER).get(address(home, on=far)).text
    assert "This is another inspection" not in page
    assert record(world, home, answers("Good"), on=far).status_code == 302


def test_another_council_s_provisional_outcome_does_not_show_through_a_refusal(world, home):
    recorded(world, home, outcome(status="provisional"))
    used_by(world.as_("officer_south"), home)
    assert record(world, home, answers("Good"), persona="officer_south").status_code == 302


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose a grade for: Overall experiences"),
        ({"outcome_status": "published"}, "Enter the date of publication"),
        ({"outcome_status": ""}, "Say whether the report is published"),
        ({"report_link": "reports"}, "Enter the whole address"),
    ],
)
def test_form_says_what_is_missing(world, home, given, sentence):
    good = {"outcome_status": "published", **given}
    assert sentence in record(world, home, good).text


def test_publication_before_the_inspection_is_refused(world, home):
    given = answers("Good") | date_parts("published_on", INSPECTED - dt.timedelta(days=1))
    assert "must be after the inspection" in record(world, home, given).text


def test_day_to_come_and_a_day_without_a_scale_are_refused_before_anything_is_asked(world, home):
    client = world.client(OFFICER)
    assert "must be today or in the past" in client.get(address(home, on=today() + dt.timedelta(days=1))).text
    assert "No scale of grades was in force" in client.get(address(home, on=dt.date(2015, 3, 3))).text


def test_scenario_10_scale_of_the_day_is_asked_and_old_days_keep_the_old_one(world, home, monday):
    """A scale without an overall grade from 1 April 2027."""
    old = GradeScale.objects.get(code="SCCIF-4")
    old.to_on = dt.date(2027, 4, 1)
    old.save()
    new = GradeScale.objects.create(
        code="SCCIF-4", label="SCCIF 2027", from_on=dt.date(2027, 4, 1), sets_rating=True
    )
    new.judgements.create(code="safety", label="Safety of children")
    Grade.objects.create(scale=new, code="strong", label="Strong", rank=1)
    monday.move_to(dt.datetime(2027, 5, 1, 10, tzinfo=dt.UTC))
    client = world.client(OFFICER)
    assert "Safety of children" in client.get(address(home, on=dt.date(2027, 4, 1))).text
    assert "helped and protected" in client.get(address(home, on=dt.date(2027, 3, 31))).text
    grade = new.grades.get()
    given = {"judgement_safety": str(grade.pk), "outcome_status": "published"}
    given |= date_parts("published_on", today())
    assert record(world, home, given, on=dt.date(2027, 4, 2)).status_code == 302
    assert of(home).headline is None


def test_assurance_inspection_has_its_own_scale(world, home):
    grade = Grade.objects.get(scale__code="ASSURANCE", code="some_shortfalls")
    given = {"judgement_outcome": str(grade.pk), "outcome_status": "published"}
    given |= date_parts("published_on", today())
    assert record(world, home, given, kind="assurance").status_code == 302
    verified(world, of(home))
    assert current_judgement(home, today()) is None, "it sets no rating"


class TestWhenOfstedsFileTells:
    """The same event by import and by hand is one event: the file's record stands."""

    def told(self, home, grade="Good"):
        import_rows(
            row(
                urn=home.urn,
                authority=home.authority.name,
                grade=grade,
                inspected="22/05/2026",
                published="30/05/2026",
                event="77",
            ),
            as_at=dt.date(2026, 5, 31),
        )

    def test_file_supersedes_what_was_recorded_and_its_verification_ends(self, world, home):
        record(world, home, answers("Inadequate"))
        inspection = of(home)
        task = the_task(process_of(inspection), RecordedInspectionFlow.verify)
        self.told(home)
        inspection.refresh_from_db()
        assert inspection.superseded_by.event_number == "77"
        assert current_judgement(home, today()).headline.words == "Good"
        answer = do(world.client(MANAGER), task, decision="verify")
        assert "file now has this inspection" in answer.text
        run_due()
        assert process_of(inspection).finished
        assert do(world.client(MANAGER), task, decision="verify").status_code == 409

    def test_verified_one_is_superseded_too(self, world, home):
        record(world, home, answers("Inadequate"))
        verified(world, of(home))
        self.told(home, "Inadequate")
        assert Inspection.objects.published_by(today()).filter(setting=home).count() == 1

    def test_recording_what_the_file_told_is_refused(self, world, home):
        self.told(home)
        assert "file tells of this inspection already" in record(world, home, answers("Good")).text

    def test_inspection_of_another_day_stands_beside_it(self, world, home):
        recorded(world, home, inspected_on=dt.date(2026, 5, 20))
        self.told(home)
        assert of(home).superseded_by is None


class TestWithdrawing:
    def url(self, inspection):
        return reverse("withdraw_inspection", args=[inspection.public_id])

    def test_record_in_error_is_withdrawn_and_nobody_is_asked_to_verify_it(self, world, home):
        inspection = recorded(world, home)
        task = the_task(process_of(inspection), RecordedInspectionFlow.verify)
        client = world.client(OFFICER)
        assert client.post(self.url(inspection), {}).status_code == 422
        assert client.post(self.url(inspection), {"reason": "Wrong home"}).status_code == 302
        inspection.refresh_from_db()
        assert inspection.withdrawn_reason == "Wrong home"
        assert do(world.client(MANAGER), task, decision="verify").status_code == 409
        assert client.get(self.url(inspection)).status_code == 404
        assert record(world, home, answers("Good")).status_code == 302, "it can be recorded anew"

    def test_what_counted_counts_no_more(self, world, home):
        inspection = recorded(world, home)
        verified(world, inspection)
        world.client(MANAGER).post(self.url(inspection), {"reason": "Ofsted took it back"})
        assert current_judgement(home, today()) is None

    @pytest.mark.parametrize("persona", ["head_of_service", "officer_south", "provider_manager_x"])
    def test_page_does_not_exist_for_others(self, world, home, persona):
        inspection = recorded(world, home)
        assert world.client(persona).get(self.url(inspection)).status_code == 404


def test_services_say_no_outside_their_turn(world, home):
    inspection = recorded(world, home)
    with pytest.raises(Refused, match="wait to be verified"):
        correct_inspection(by=world.as_(OFFICER), inspection=inspection, outcome=outcome("Good"))
    verified(world, inspection)
    with pytest.raises(Refused, match="verified already"):
        verify_inspection(by=world.as_(MANAGER), inspection=inspection)
    with pytest.raises(Refused, match="published and verified"):
        correct_inspection(by=world.as_(OFFICER), inspection=inspection, outcome=outcome("Good"))
    with pytest.raises(Refused, match="Another council"):
        withdraw_inspection(by=world.as_("officer_south"), inspection=inspection, reason="x")


def test_grade_of_another_scale_and_an_unasked_question_are_refused(world, home):
    sa = Grade.objects.get(scale__code="SA-3", code="inconsistent")
    with pytest.raises(Refused, match="not one of the scale"):
        recorded(world, home, outcome(judgements={OVERALL: sa}))
    with pytest.raises(Refused, match="does not ask that"):
        recorded(world, home, outcome(judgements={"colour": sa}))
    with pytest.raises(Refused, match="Choose the overall judgement"):
        recorded(world, home, outcome(judgements=grades("", "", "Good")))
    assert LEADERS in grades("", "", "Good")


def test_whoever_recorded_it_verifies_where_the_head_of_service_lets_them(world, home):
    record(world, home, answers("Good", "Good", "Good"), MANAGER)
    inspection = of(home)
    task = the_task(process_of(inspection), RecordedInspectionFlow.verify)
    assert do(world.client(MANAGER), task, decision="verify").status_code == 422
    let_stand_in(world, task, MANAGER)
    verified(world, inspection)
    assert current_judgement(home, today()) == inspection


def test_manager_of_a_partner_council_verifies_for_this_one(world, home):
    record(world, home, answers("Good", "Good", "Good"))
    inspection, manager = of(home), partner(world, Share.Kind.RATINGS)
    task = the_task(process_of(inspection), RecordedInspectionFlow.verify)
    assert do(world.client(manager), task, decision="verify").status_code == 404
    let_stand_in(world, task, manager)
    verified(world, inspection, manager)
    assert inspection.verified_by == world.users[manager].person
