"""What sets an issue in motion: a register file, a verified judgement, a visit's concern; each exactly once."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from inspections.issues.evidence import withdrawn_files_behind
from inspections.issues.models import ContractIssue
from inspections.ofsted.importer.import_steps import APPLY, PREVIEW, ask_for_import, confirm_import
from inspections.ofsted.importer.services import ANY_NUMBER, import_file
from inspections.ofsted.models import RegisterFile
from inspections.visits.models import VisitConcern
from inspections.visits.services.recording import OPEN_ISSUES
from providers.directory.models import Setting
from providers.notifications.models import Notification
from qa_portal.core.dates import today
from qa_portal.core.due import run_due
from qa_portal.core.rules import Refused
from tests.factories.issues import home_of, process_of, raised
from tests.factories.people import council
from tests.factories.recorded_inspections import outcome, recorded
from tests.factories.recorded_inspections import process_of as inspection_process
from tests.factories.register import PlacingCountFactory, SettingFactory, used_at
from tests.factories.visits import planned
from tests.flows.driving import done, open_steps, the_task
from tests.unit.inspections.ofsted.building import register, row
from workflows.issues.flows import IssueFlow
from workflows.issues.services import open_case
from workflows.reactions.imports import import_register
from workflows.reactions.open_issues import open_from_concern, open_known, unopened_concerns
from workflows.reactions.withdrawals import EVIDENCE_WITHDRAWN, withdraw_and_notify
from workflows.recorded_inspections.flows import RecordedInspectionFlow
from workflows.recorded_inspections.steps import VERIFIED

pytestmark = pytest.mark.django_db
MARCH, MAY, OLD = dt.date(2026, 3, 31), dt.date(2026, 5, 31), dt.date(2025, 9, 30)
HOMES = ["SC000001", "SC000002", "SC000003"]
OFFICER, MANAGER = "contract_officer", "team_manager"


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC), tick=True) as clock:
        yield clock


def home(urn: str, grade: str = "Good", *, on: str = "05/05/2026", out: str = "20/05/2026", **cells):
    """A row; the event is of the home and its day."""
    return row(urn=urn, grade=grade, inspected=on, published=out, event=f"{urn}{on}", **cells)


BEFORE = {"on": "01/02/2025", "out": "01/03/2025"}


def took_in(*rows, as_at):
    name = f"register_{as_at.isoformat()}.csv"
    content = register(*rows)
    return import_register(by=None, content=content, filename=name, as_at=as_at, confirmed_gone=ANY_NUMBER)


def use(world, urns, persona="contract_officer"):
    used_at(world.as_(persona), urns, count=2)


@pytest.fixture
def known(world):
    """The file of March, with three good homes, of which the north uses the first two."""
    took_in(*[home(urn, **BEFORE) for urn in HOMES], as_at=MARCH)
    use(world, HOMES[:2])


def test_setting_in_use_that_gets_worse_opens_one_issue_for_each_council_that_uses_it(world, known):
    use(world, HOMES[:1], "officer_south")
    imported = took_in(*[home(urn, "Inadequate") for urn in HOMES], as_at=MAY)
    found = {(issue.council.pk, issue.setting.urn) for issue in imported.issues}
    assert found == {(world.north.pk, HOMES[0]), (world.north.pk, HOMES[1]), (world.south.pk, HOMES[0])}
    issue = ContractIssue.objects.get(council=world.south)
    assert (issue.severity, issue.review_on) == ("high", today())
    assert issue.inspection.inspected_on == dt.date(2026, 5, 5)
    assert "Overall experiences" in issue.concerns.get().text
    assert open_steps(process_of(issue)) == {"triage"}
    assert issue.title in world.client("officer_south").get(reverse("issues")).text


def test_same_file_again_and_a_file_that_says_the_same_open_nothing_more(world, known):
    rows = [home(urn, "Inadequate") for urn in HOMES]
    assert len(took_in(*rows, as_at=MAY).issues) == 2
    assert took_in(*rows, as_at=MAY).issues == []
    assert took_in(*rows, home("SC000009"), as_at=MAY).issues == [], "a correction of the same day"
    assert took_in(*rows, home("SC000009", places="9"), as_at=today()).issues == []
    assert ContractIssue.objects.count() == 2


def test_event_whose_day_a_later_file_corrects_is_still_the_same_event(world, known):
    bad = home(HOMES[0], "Inadequate")
    took_in(bad, as_at=MAY)
    moved = row(
        urn=HOMES[0], grade="Inadequate", inspected="06/05/2026", published="20/05/2026", event=bad[11]
    )
    assert took_in(moved, as_at=MAY).issues == []
    assert ContractIssue.objects.count() == 1


@pytest.mark.parametrize(
    ("grade", "severity"),
    [
        ("Inadequate", "high"),
        ("Requires improvement to be good", "medium"),
        ("Good", ""),
        ("Outstanding", ""),
    ],
)
def test_fall_below_good_is_bad_news_and_the_lowest_grade_is_serious(world, known, grade, severity):
    imported = took_in(home(HOMES[0], grade), as_at=MAY)
    assert [issue.severity for issue in imported.issues] == ([severity] if severity else [])


def test_from_outstanding_to_good_opens_nothing(world):
    took_in(home(HOMES[0], "Outstanding", **BEFORE), as_at=MARCH)
    use(world, HOMES[:1])
    assert took_in(home(HOMES[0], "Good"), as_at=MAY).issues == []


def test_suspension_opens_one_issue_also_where_it_stays_suspended(world, known):
    suspended = home(HOMES[0], status="Suspended", **BEFORE)
    [issue] = took_in(suspended, as_at=MAY).issues
    assert (issue.source, issue.severity) == ("suspension", "high")
    assert took_in(suspended, as_at=today()).issues == []


def test_setting_that_nobody_uses_opens_nothing(world, known):
    assert took_in(home(HOMES[2], "Inadequate"), as_at=MAY).issues == []


class TestFilesThatOpenNothing:
    """They are listed as known, with a button."""

    def listed(self, world, persona=OFFICER):
        return world.client(persona).get(reverse("known_inadequate")).text

    def test_first_file_of_all(self, world):
        use_later = home(HOMES[0], "Inadequate")
        assert took_in(use_later, as_at=MAY).issues == []
        use(world, HOMES[:1])
        assert HOMES[0] in self.listed(world)

    def test_first_file_of_a_council_opens_for_the_others_alone(self, world, known, june):
        june.shift(60)
        newcomer = council("Leicestershire")
        june.shift(60)
        PlacingCountFactory(
            setting=Setting.objects.get(urn=HOMES[0]),
            placing_authority=newcomer.authority,
            count=1,
            as_at=today(),
        )
        imported = took_in(home(HOMES[0], "Inadequate"), as_at=MAY)
        assert [issue.council for issue in imported.issues] == [world.north]

    def test_older_file(self, world, known):
        took_in(*[home(urn) for urn in HOMES], as_at=MAY)
        assert (
            took_in(
                home(HOMES[0], "Inadequate", on="01/04/2026", out="20/04/2026"), as_at=dt.date(2026, 4, 30)
            ).issues
            == []
        )

    def test_judgement_published_more_than_60_days_before(self, world, known):
        old = {"on": "01/03/2026", "out": "01/04/2026"}
        assert took_in(home(HOMES[0], "Inadequate", **old), as_at=MAY).issues == []
        assert HOMES[0] in self.listed(world)
        assert HOMES[1] not in self.listed(world)

    def test_judgement_published_60_days_before_still_opens(self, world, known):
        last = today() - dt.timedelta(days=60)
        imported = took_in(home(HOMES[0], "Inadequate", out=f"{last:%d/%m/%Y}", on="01/03/2026"), as_at=MAY)
        assert len(imported.issues) == 1

    def test_judgement_superseded_by_one_recorded_already(self, world, known):
        setting = Setting.objects.get(urn=HOMES[0])
        newer = recorded(world, setting, outcome("Good"), inspected_on=dt.date(2026, 5, 25))
        done(
            world.client(MANAGER),
            the_task(inspection_process(newer), RecordedInspectionFlow.verify),
            decision="verify",
        )
        assert took_in(home(HOMES[0], "Inadequate"), as_at=MAY).issues == []
        assert HOMES[0] not in self.listed(world)

    def test_dry_run(self, known):
        content = register(home(HOMES[0], "Inadequate"))
        import_register(by=None, content=content, filename="x.csv", as_at=MAY, dry_run=True)
        assert not ContractIssue.objects.exists()

    def test_importer_alone_opens_nothing(self, known):
        content = register(home(HOMES[0], "Inadequate"))
        import_file(by=None, content=content, filename="x.csv", as_at=MAY, confirmed_gone=ANY_NUMBER)
        assert not ContractIssue.objects.exists()


class TestButton:
    @pytest.fixture
    def bad(self, world):
        took_in(home(HOMES[0], "Inadequate"), home(HOMES[1], status="Suspended"), as_at=MAY)
        use(world, HOMES[:2])
        return [Setting.objects.get(urn=urn) for urn in HOMES[:2]]

    def test_case_is_opened_once_and_leaves_the_list(self, world, bad):
        client = world.client(OFFICER)
        for setting in bad:
            url = reverse("open_known", args=[setting.public_id])
            assert client.get(url).status_code == 200
            answer = client.post(url)
            issue = ContractIssue.objects.get(setting=setting)
            assert answer.url == reverse("issue", args=[issue.public_id])
            assert issue.opened_by == world.membership(OFFICER)
            assert client.post(url).status_code == 422
        assert ContractIssue.objects.count() == 2
        assert "None." in client.get(reverse("known_inadequate")).text

    def test_case_that_was_closed_is_not_listed_again(self, world, bad):
        for setting in bad:
            issue = open_known(by=world.as_(OFFICER), setting=setting)
            done(
                world.client(OFFICER),
                the_task(process_of(issue), IssueFlow.triage),
                severity="low",
                outcome="close",
                note="Visited yesterday",
            )
        assert "None." in world.client(OFFICER).get(reverse("known_inadequate")).text

    def test_setting_of_which_an_issue_was_opened_since_is_not_listed(self, world, bad):
        raised(world, setting=bad[0])
        assert HOMES[0] not in world.client(OFFICER).get(reverse("known_inadequate")).text

    def test_issue_from_before_the_judgement_is_about_something_else_and_hides_nothing(self, world, bad):
        issue = raised(world, setting=bad[0], title="A report was late")
        issue.opened_on = dt.date(2020, 1, 1)
        issue.save()
        page = world.client(OFFICER).get(reverse("known_inadequate")).text
        assert HOMES[0] in page
        assert "A report was late" in page
        assert open_known(by=world.as_(OFFICER), setting=bad[0]) != issue

    def test_setting_not_in_use_is_refused(self, world, bad):
        other = SettingFactory()
        with pytest.raises(Refused, match="already has a contract issue, or your council no longer uses it"):
            open_known(by=world.as_(OFFICER), setting=other)
        with pytest.raises(Refused):
            open_known(by=world.as_("officer_south"), setting=bad[0])

    @pytest.mark.parametrize("persona", ["procurement_officer", "provider_manager_x", "partner_contributor"])
    def test_pages_do_not_exist_for_others(self, world, bad, persona):
        client = world.client(persona)
        assert client.get(reverse("known_inadequate")).status_code == 404
        assert client.post(reverse("open_known", args=[bad[0].public_id])).status_code == 404


def test_first_hour_many_rows_with_29_newly_inadequate_in_use_raise_exactly_29(world):
    """D.5: of 600 rows 40 are newly Inadequate, of which the north uses 29 and the south 7 of those."""
    urns = [f"SC{number:06}" for number in range(1, 601)]
    took_in(*[home(urn, **BEFORE) for urn in urns], as_at=MARCH)
    worse = set(urns[:40])
    use(world, [*urns[:29], *urns[100:120]])
    use(world, urns[20:27], "officer_south")
    rows = [
        home(urn, "Inadequate" if urn in worse else "Good", **({} if urn in worse else BEFORE))
        for urn in urns
    ]
    took_in(*rows, as_at=MAY)
    took_in(*rows, as_at=MAY)
    took_in(*rows, home("SC999999"), as_at=MAY)
    assert ContractIssue.objects.filter(council=world.north).count() == 29
    assert ContractIssue.objects.filter(council=world.south).count() == 7
    assert IssueFlow.link.objects.count() == 36


def test_pages_import_opens_issues_in_the_due_work(world, known):
    installer = world.as_("installation_administrator")
    content = register(home(HOMES[0], "Inadequate"))
    asked = ask_for_import(by=installer, upload=SimpleUploadedFile("register.csv", content), as_at=MAY)
    run_due(PREVIEW)
    confirm_import(by=installer, request=asked, gone_confirmed=True)
    assert not ContractIssue.objects.exists()
    run_due(APPLY)
    run_due(APPLY)
    assert ContractIssue.objects.get().council == world.north
    assert RegisterFile.objects.count() == 2


class TestVerifiedJudgement:
    @pytest.fixture
    def setting(self, world):
        made = home_of(world)
        use(world, [made.urn])
        return made

    def verify(self, world, inspection):
        done(
            world.client(MANAGER),
            the_task(inspection_process(inspection), RecordedInspectionFlow.verify),
            decision="verify",
        )

    def test_opens_one_issue_of_the_council_that_recorded_it(self, world, setting):
        use(world, [setting.urn], "officer_south")
        inspection = recorded(world, setting)
        run_due(VERIFIED)
        assert not ContractIssue.objects.exists(), "not before it is verified"
        self.verify(world, inspection)
        run_due(VERIFIED)
        run_due(VERIFIED)
        issue = ContractIssue.objects.get()
        assert (issue.council, issue.inspection) == (world.north, inspection)

    def test_same_event_by_hand_and_by_import_is_one_issue(self, world, setting):
        inspection = recorded(world, setting, inspected_on=dt.date(2026, 5, 5))
        took_in(home(setting.urn, **BEFORE), as_at=MARCH)
        self.verify(world, inspection)
        run_due(VERIFIED)
        took_in(home(setting.urn, "Inadequate"), as_at=MAY)
        run_due()
        assert ContractIssue.objects.count() == 1

    def test_and_the_other_way_round(self, world, setting):
        inspection = recorded(world, setting, inspected_on=dt.date(2026, 5, 5))
        took_in(home(setting.urn, **BEFORE), as_at=MARCH)
        took_in(home(setting.urn, "Inadequate"), as_at=MAY)
        run_due()
        assert inspection_process(inspection).finished
        assert ContractIssue.objects.count() == 1

    @pytest.mark.parametrize("words", ["Good", "Inadequate"])
    def test_provisional_outcome_opens_nothing(self, world, setting, words):
        self.verify(world, recorded(world, setting, outcome(words, status="provisional")))
        run_due(VERIFIED)
        assert not ContractIssue.objects.exists()

    def test_good_one_and_one_of_a_home_that_is_not_used_open_nothing(self, world, setting):
        self.verify(world, recorded(world, setting, outcome("Good")))
        self.verify(world, recorded(world, home_of(world)))
        run_due(VERIFIED)
        assert not ContractIssue.objects.exists()

    def test_older_than_what_stands_opens_nothing(self, world, setting):
        self.verify(world, recorded(world, setting, outcome("Good"), inspected_on=dt.date(2026, 5, 25)))
        self.verify(world, recorded(world, setting, inspected_on=dt.date(2026, 5, 1)))
        run_due(VERIFIED)
        assert not ContractIssue.objects.exists()

    def test_lowest_after_lowest_opens_nothing_more(self, world, setting):
        self.verify(world, recorded(world, setting, inspected_on=dt.date(2026, 5, 10)))
        run_due(VERIFIED)
        self.verify(world, recorded(world, setting, inspected_on=dt.date(2026, 5, 25)))
        run_due(VERIFIED)
        assert ContractIssue.objects.count() == 1

    def test_withdrawn_before_the_work_ran_opens_nothing(self, world, setting):
        inspection = recorded(world, setting)
        self.verify(world, inspection)
        url = reverse("withdraw_inspection", args=[inspection.public_id])
        world.client(MANAGER).post(url, {"reason": "Wrong home"})
        run_due(VERIFIED)
        assert not ContractIssue.objects.exists()


class TestVisitConcern:
    @pytest.fixture
    def concern(self, world):
        visit = planned(world)
        return VisitConcern.objects.create(
            visit=visit, text="A door was locked from outside", raised_by=world.membership(OFFICER)
        )

    def test_opens_one_issue_whose_words_stay_with_the_council(self, world, concern):
        run_due(OPEN_ISSUES)
        run_due(OPEN_ISSUES)
        issue = ContractIssue.objects.get()
        assert (issue.source, issue.council, issue.setting) == ("visit", world.north, concern.visit.setting)
        assert issue.staff_note == concern.text
        assert (issue.review_on, open_steps(process_of(issue))) == (today(), {"triage"})
        done(
            world.client(OFFICER),
            the_task(process_of(issue), IssueFlow.triage),
            severity="high",
            outcome="1",
            note="Spoke to the manager",
            told="Doors were locked.",
            concerns="Doors are locked at night",
        )
        page = world.client("provider_manager_x").get(reverse("issue", args=[issue.public_id])).text
        assert "Doors are locked at night" in page
        assert concern.text not in page

    def test_work_delivered_twice_at_once_opens_one(self, world, concern):
        first, second = list(unopened_concerns()), list(unopened_concerns())
        open_from_concern(first[0])
        open_from_concern(second[0])
        assert ContractIssue.objects.count() == 1
        assert IssueFlow.link.objects.count() == 1


def test_open_case_swallows_no_other_broken_rule(world):
    """Only the event's own uniqueness is no error."""
    with pytest.raises(IntegrityError):
        open_case(by=None, council=world.north, source="visit", source_ref="x", title="x", severity="high")
    assert not ContractIssue.objects.exists()


def test_withdrawn_file_undoes_no_issue_and_its_council_is_told(world, known):
    took_in(home(HOMES[0], "Inadequate"), home(HOMES[1], "Good"), as_at=MAY)
    issues = list(ContractIssue.objects.order_by("pk"))
    assert issues
    assert withdrawn_files_behind(issues) == {}
    file = RegisterFile.objects.get(as_at=MAY)
    done = withdraw_and_notify(by=None, file=file, reason="A test file")
    assert done.issues == issues
    for issue in issues:
        told = Notification.objects.filter(kind=EVIDENCE_WITHDRAWN.key, subject_id=issue.public_id)
        assert {one.to.organisation for one in told} == {issue.council}
        assert told[0].path == reverse("issue", args=[issue.public_id])
        assert ContractIssue.objects.get(pk=issue.pk).closed_at is None
    ours = next(issue for issue in issues if issue.council == world.north)
    page = world.client("contract_officer").get(reverse("issue", args=[ours.public_id])).text
    assert "The Ofsted file that this issue rests on was withdrawn" in page
    assert withdraw_and_notify(by=None, file=file, reason="Again").issues == []
    took_in(home(HOMES[0], "Inadequate"), home(HOMES[1], "Good"), as_at=MAY)
    assert withdrawn_files_behind(issues) == {}, "another file says the same again"
    assert ContractIssue.objects.count() == len(issues)
