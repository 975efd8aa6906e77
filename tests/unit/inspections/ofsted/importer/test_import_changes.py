"""What an import finds changed, and what it writes and leaves alone, on small files made for it."""

import datetime as dt
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from inspections.ofsted.importer.services import import_file
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile
from inspections.ofsted.selectors import current_judgement, register_as_at
from providers.directory.models import Authority, Provider, Setting, SettingOwnership
from providers.people.membership_context import activate_membership
from providers.people.selectors import told_names
from providers.people.services.memberships import end_membership
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.rules import Refused
from tests.factories.people import MembershipFactory
from tests.factories.register import import_rows
from tests.unit.inspections.ofsted.building import HEADER, register, row
from tests.unit.inspections.ofsted.reader.test_feed_real_files import with_real_urns

pytestmark = pytest.mark.django_db
Y2022, Y2023, Y2024 = (dt.date(year, 3, 31) for year in (2022, 2023, 2024))
HOME, OTHER = "SC009423", "2590934"
PREVIOUS = (
    "Previous full inspection event type",
    "Previous full inspection event date",
    "Previous full inspection publication date",
    "Previous full inspection event number",
    "Previous overall experiences and progress of children and young people",
)
HELPED = "How well children and young people are helped and protected"


def inspected(year: int, grade: str, **cells: str) -> list[str]:
    """A row whose latest inspection was in May of the year before."""
    day, out = f"02/05/{year - 1}", f"20/06/{year - 1}"
    return row(inspected=day, published=out, event=f"10{year}", grade=grade, **cells)


def every_count() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_first_file_makes_every_setting_new():
    result = import_rows(row(), row(urn=OTHER, grade="Inadequate"), as_at=Y2024)
    assert result.new == [HOME, OTHER]
    assert (result.changed, result.unchanged, result.gone) == ([], [], [])
    assert (result.newly_inadequate, result.improved, result.declined) == ([], [], [])


@pytest.mark.parametrize(
    ("before", "after", "lists"),
    [
        ("Good", "Inadequate", {"newly_inadequate", "declined", "changed"}),
        ("Good", "Outstanding", {"improved", "changed"}),
        ("Good", "Requires Improvement", {"declined", "changed"}),
        ("Requires improvement", "Requires improvement to be good", {"changed"}),
        ("Inadequate", "Inadequate", {"changed"}),
        ("", "Inadequate", {"newly_inadequate", "changed"}),
        ("", "Good", {"changed"}),
        ("Adequate", "Good", {"changed"}),
    ],
)
def test_grade_is_compared_with_the_file_before(before, after, lists):
    import_rows(inspected(2022, before), as_at=Y2022)
    result = import_rows(inspected(2023, after), as_at=Y2023)
    assert {name for name, urns in result.as_json().items() if urns == [HOME]} == lists


def test_grade_is_compared_with_the_rows_own_previous_columns_when_there_is_no_file_before():
    previous = ("Full inspection", "02/05/2022", "20/06/2022", "1", "Good")
    never = ("", "", "", "", "")
    result = import_rows(
        [*row(grade="Inadequate"), *previous],
        [*row(urn=OTHER, grade="Inadequate"), *never],
        [*row(urn="SC000001", grade="Outstanding"), *previous],
        as_at=Y2024,
        header=(*HEADER, *PREVIOUS),
    )
    assert result.newly_inadequate == [HOME, OTHER]
    assert (result.improved, result.declined) == (["SC000001"], [HOME])


def test_new_setting_that_is_inadequate_at_its_first_inspection_is_newly_inadequate():
    import_rows(row(), as_at=Y2022)
    result = import_rows(row(), row(urn=OTHER, grade="Inadequate"), as_at=Y2024)
    assert (result.new, result.newly_inadequate) == ([OTHER], [OTHER])


def test_change_is_measured_against_the_nearest_earlier_file_not_the_last_import():
    import_rows(inspected(2022, "Good"), as_at=Y2022)
    import_rows(inspected(2024, "Inadequate"), as_at=Y2024)
    result = import_rows(inspected(2023, "Outstanding"), as_at=Y2023)
    assert (result.improved, result.declined) == ([HOME], [])


def test_suspended_gone_and_moved_are_told_apart():
    import_rows(row(), row(urn=OTHER), row(urn="SC000001"), as_at=Y2022)
    result = import_rows(row(status="Suspended"), row(urn=OTHER, authority="Blackpool"), as_at=Y2023)
    assert (result.suspended, result.moved, result.gone) == ([HOME], [OTHER], ["SC000001"])
    again = import_rows(row(status="Suspended"), row(urn=OTHER, authority="BLACKPOOL"), as_at=Y2024)
    assert (again.suspended, again.moved, again.gone) == ([], [], [])


def test_setting_gone_from_a_file_stays_as_it_was():
    import_rows(row(), row(urn=OTHER), as_at=Y2022)
    import_rows(row(), as_at=Y2023)
    gone = Setting.objects.get(urn=OTHER)
    assert gone.registration_state.code == "active"
    assert gone.closed_on is None
    assert gone.ownerships.get().to_on is None


def test_setting_whose_row_is_refused_is_not_gone():
    import_rows(row(), row(urn=OTHER), as_at=Y2022)
    result = import_rows(row(), row(urn=OTHER, places="many"), as_at=Y2023)
    assert result.gone == []
    assert [fault.urn for fault in result.refused] == [OTHER]


def test_setting_that_moves_keeps_its_past():
    import_rows(row(authority="Cumbria"), as_at=Y2022)
    import_rows(row(authority="Westmorland and Furness"), as_at=Y2024)
    assert Setting.objects.get().authority.name == "Westmorland and Furness"
    assert [one.authority.name for one in Setting.history.order_by("history_id")] == [
        "Cumbria",
        "Westmorland and Furness",
    ]
    assert [one.local_authority for one in register_as_at(Y2022)] == ["Cumbria"]


def test_row_that_breaks_a_limiting_rule_is_kept_as_published_and_flagged():
    result = import_rows([*row(grade="Good"), "Inadequate"], as_at=Y2024, header=(*HEADER, HELPED))
    assert result.flagged == [HOME]
    inspection = Inspection.objects.get()
    assert "must be Inadequate, not Good" in inspection.flags
    assert {one.subject: one.words for one in inspection.judgements.all()} == {
        "overall_experiences_and_progress": "Good",
        "helped_and_protected": "Inadequate",
    }


def test_same_file_again_writes_nothing():
    content = register(row(), row(urn=OTHER, places="many"))
    first = import_file(by=None, content=content, filename="register.csv", as_at=Y2024)
    before = every_count()
    again = import_file(by=None, content=content, filename="register.csv", as_at=Y2024)
    assert every_count() == before
    assert (again.new, again.changed, again.unchanged) == ([], [], [HOME])
    assert again.refused == first.refused


def test_same_bytes_given_for_another_day_are_another_file():
    content = register(row())
    for day in (Y2023, Y2024):
        import_file(by=None, content=content, filename="register.csv", as_at=day)
    assert RegisterFile.objects.count() == 2
    assert Setting.history.count() == 1


def test_unchanged_settings_get_no_history_from_the_next_file():
    import_rows(row(), row(urn=OTHER), as_at=Y2022)
    import_rows(row(), row(urn=OTHER, places="5"), as_at=Y2023)
    assert {setting.urn: setting.history.count() for setting in Setting.objects.all()} == {HOME: 1, OTHER: 2}
    assert Inspection.history.count() == 2
    assert Judgement.history.count() == 2


def test_dry_run_tells_the_same_and_writes_nothing():
    import_rows(row(), as_at=Y2022)
    before = every_count()
    rows = (row(grade="Inadequate"), row(urn=OTHER, owner="Somebody Else Ltd"), row(urn="bad"))
    preview = import_rows(*rows, as_at=Y2023, dry_run=True)
    assert every_count() == before
    assert preview == import_rows(*rows, as_at=Y2023)


def test_older_file_imported_later_does_not_change_the_present():
    import_rows(row(places="6", owner="Newer Ltd", status="Suspended"), as_at=Y2024)
    import_rows(row(places="3", owner="Older Ltd", authority="Cumbria"), row(urn=OTHER), as_at=Y2022)
    setting = Setting.objects.get(urn=HOME)
    assert (setting.places, setting.registration_state.code) == (6, "suspended")
    assert setting.authority.name == "Lancashire"
    assert setting.history.count() == 1
    assert Setting.objects.get(urn=OTHER).places == 4


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_ownership_is_dated_by_the_files_in_any_order(order):
    files = [(Y2022, "First Ltd"), (Y2023, "FIRST  LTD"), (Y2024, "Second Ltd")]
    for index in order:
        day, owner = files[index]
        import_rows(row(owner=owner), as_at=day)
    assert list(SettingOwnership.objects.order_by("from_on").values_list("from_on", "to_on")) == [
        (Y2022, Y2024),
        (Y2024, None),
    ]
    assert Provider.objects.count() == 2


@pytest.mark.parametrize("nobody", ["", "0", "01/04/2020"])
def test_blank_owner_is_none(nobody):
    import_rows(row(owner=nobody), as_at=Y2022)
    assert not Provider.objects.exists()
    assert not SettingOwnership.objects.exists()


def test_working_name_and_address_are_never_overwritten():
    import_rows(row(), as_at=Y2022)
    setting = Setting.objects.get()
    assert str(setting) == "Children's home SC009423 (name withheld by Ofsted)"
    setting.working_name, setting.working_address = "Beck House", "1 Beck Lane"
    setting.save()
    import_rows(row(name="Published Name", places="9"), as_at=Y2023)
    setting.refresh_from_db()
    assert (setting.places, setting.ofsted_name) == (9, "Published Name")
    assert (str(setting), setting.working_address) == ("Beck House", "1 Beck Lane")


@pytest.mark.parametrize("order", [(Y2022, Y2024), (Y2024, Y2022)])
def test_event_in_two_files_keeps_both_versions_and_the_newest_file_wins(order):
    grades = {Y2022: "Good", Y2024: "Requires improvement to be good"}
    for day in order:
        import_rows(
            row(grade=grades[day], inspected="02/05/2021", published="01/06/2021", event="7"), as_at=day
        )
    assert Inspection.objects.get().judgements.get().words == grades[Y2024]
    assert {one.file.as_at: one.grade for one in RegisterEntry.objects.all()} == grades
    assert [one.grade for one in register_as_at(Y2022)] == ["Good"]
    assert [one.grade for one in register_as_at(Y2023)] == [grades[Y2024]]


def test_between_files_inspections_show_from_their_publication():
    import_rows(inspected(2022, "Good"), as_at=Y2022)
    import_rows(
        row(grade="Inadequate", inspected="01/06/2023", published="10/07/2023", event="9"),
        row(urn=OTHER, registered="01/06/2022", event="", inspected="", published="", grade=""),
        row(urn="SC000001", registered="01/12/2023", event="", inspected="", published="", grade=""),
        as_at=Y2024,
    )
    assert [(one.urn, one.grade) for one in register_as_at(dt.date(2022, 5, 31))] == [(HOME, "Good")]
    assert [(one.urn, one.grade) for one in register_as_at(dt.date(2023, 7, 9))] == [
        (HOME, "Good"),
        (OTHER, ""),
    ]
    assert register_as_at(dt.date(2023, 7, 10))[0].grade == "Inadequate"


def test_setting_absent_from_the_next_file_stays_until_its_day():
    import_rows(row(), row(urn=OTHER), as_at=Y2022)
    import_rows(row(), as_at=Y2023)
    day_before = Y2023 - dt.timedelta(days=1)
    assert [one.urn for one in register_as_at(day_before)] == [HOME, OTHER]
    assert [one.urn for one in register_as_at(Y2023)] == [HOME]


def test_corrected_file_of_the_same_day_takes_the_place_of_the_first():
    import_rows(row(places="4", owner="Wrong Ltd"), as_at=Y2022)
    import_rows(row(places="5", owner="Right Ltd"), as_at=Y2022)
    assert [one.places for one in register_as_at(Y2022)] == [5]
    assert Setting.objects.get().places == 5
    assert SettingOwnership.objects.get().provider.name == "Right Ltd"


def test_unknown_type_state_and_authority_are_added_for_an_administrator_to_describe():
    import_rows(row(kind="Floating Home", status="Dormant", authority="Rutland"), as_at=Y2024)
    setting = Setting.objects.get()
    assert (setting.provision_type.label, setting.registration_state.label) == ("Floating Home", "Dormant")
    assert setting.provision_type.source == "First met in register_2024-03-31.csv"
    assert Authority.objects.get(name="Rutland").ons_code is None


def test_text_too_long_for_the_table_is_a_refused_row():
    result = import_rows(row(owner="x" * 201), row(urn=OTHER), as_at=Y2024)
    assert [fault.sentence for fault in result.refused] == [
        "Line 2: the owner is longer than 200 characters."
    ]
    assert result.new == [OTHER]


def test_current_judgement_is_the_newest_published_by_the_day():
    import_rows(inspected(2022, "Good"), as_at=Y2022)
    import_rows(inspected(2024, "Inadequate"), as_at=Y2024)
    setting = Setting.objects.get()
    assert current_judgement(setting, dt.date(2023, 6, 19)).headline.words == "Good"
    assert current_judgement(setting, dt.date(2023, 6, 20)).headline.grade.code == "inadequate"
    assert current_judgement(setting, dt.date(2021, 6, 19)) is None


def test_list_sent_to_councils_brings_inspections_without_numbers(shared_data: Path):
    path = shared_data / "provider_lists_fake" / "combined_scp_ch_fake.xlsx"
    content = with_real_urns(path)
    result = import_file(by=None, content=content, filename=path.name, as_at=Y2024)
    assert len(result.new) == 4
    secure = Setting.objects.get(urn="2590936")
    kinds = secure.inspections.order_by("inspected_on").values_list("inspection_type__code", "inspected_on")
    assert list(kinds) == [
        ("full", dt.date(2023, 1, 1)),
        ("interim_legacy", dt.date(2023, 2, 2)),
        ("assurance", dt.date(2023, 3, 3)),
    ]
    assert current_judgement(secure, Y2024).headline.words == "Troublingly Evil"
    again = import_file(by=None, content=content, filename=path.name, as_at=Y2024 + dt.timedelta(days=1))
    assert len(again.unchanged) == 4
    assert secure.inspections.count() == 3


@pytest.mark.parametrize(
    "name", ["ch_fake.xlsx", "scp_ch_2025_fake.xlsx", "scp_fake.xlsx", "scpch_assisted.xlsx"]
)
def test_lists_with_made_up_urns_are_refused_row_by_row(shared_data: Path, name):
    content = (shared_data / "provider_lists_fake" / name).read_bytes()
    result = import_file(by=None, content=content, filename=name, as_at=Y2024)
    assert result.refused
    assert not Setting.objects.exists()


def test_import_writes_history_that_names_the_file():
    import_rows(row(), as_at=Y2024)
    entry = Setting.history.get()
    assert (entry.history_change_reason, entry.history_role) == (
        "Import of register_2024-03-31.csv",
        "system",
    )
    connection.check_constraints()


def test_only_the_installation_administrator_imports(world):
    content = register(row())
    with pytest.raises(Refused, match="role does not allow"):
        import_file(by=world.as_("contract_officer"), content=content, filename="a.csv", as_at=Y2024)
    import_file(by=world.as_("installation_administrator"), content=content, filename="a.csv", as_at=Y2024)
    assert RegisterFile.objects.get().imported_by == world.users["installation_administrator"].person


def test_scenario_10_an_administrator_imports_a_file_of_ofsteds():
    """Windows-1252, two empty columns, not yet inspected, an unknown URN, one duplicate."""
    known = [row(urn=f"SC00000{n}", places="4") for n in range(1, 5)]
    import_rows(*known, row(urn="SC000005"), as_at=Y2023)
    rows = [
        row(urn="SC000001", places="5"),
        row(urn="SC000002", grade="Not yet inspected", event="", inspected="", published=""),
        row(urn="SC000003", owner="Fellside Care – North Ltd"),
        row(urn="SC000004"),
        row(urn="SC000005", status="Closed"),
        row(urn=OTHER),
        row(urn="SC000004", places="7"),
    ]
    empty = ["", ""]
    content = (
        register(*[[*cells, *empty] for cells in rows], header=[*HEADER, *empty]).decode().encode("cp1252")
    )
    name = "provider_at_march_2024.csv"
    preview = import_file(by=None, content=content, filename=name, dry_run=True)
    assert (preview.changed, preview.new) == (["SC000001", "SC000002", "SC000003", "SC000005"], [OTHER])
    assert [(fault.line, fault.urn) for fault in preview.refused] == [(8, "SC000004")]
    assert import_file(by=None, content=content, filename=name) == preview
    closed = Setting.objects.get(urn="SC000005").registration_state
    assert (closed.code, closed.is_open) == ("closed", False)
    before = every_count()
    again = import_file(by=None, content=content, filename=name)
    assert (again.new, again.changed, every_count()) == ([], [], before)
    assert Inspection.objects.filter(setting__urn="SC000002").count() == 1


def test_scenario_10_a_leavers_imports_keep_their_name_and_their_work_goes_on(world):
    leaver, colleague = world.as_("installation_administrator"), world.as_("council_administrator")
    with audit_as(activate_membership(leaver, leaver.membership)):
        import_file(by=leaver, content=register(row()), filename="march_2024.csv")
    invitation = world.things["invitation_north"]
    invitation.responsible = leaver.membership
    invitation.save()
    successor = MembershipFactory(organisation=world.north, role=leaver.membership.role)
    activate_membership(successor.person.user, successor)
    closed = end_membership(
        by=successor.person.user,
        membership=world.membership("installation_administrator"),
        reason="Left the council",
        hand_over_to=colleague.membership,
    )
    invitation.refresh_from_db()
    leaver.refresh_from_db()
    assert (closed, leaver.is_active, invitation.responsible) == (True, False, colleague.membership)
    [by] = told_names(Setting.history.all())
    assert by.who == leaver.person.name
    assert by.acting_for == "Installation administrator, Westmorland and Furness Council"
    assert RegisterFile.objects.get().imported_by == leaver.person


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without counts of rows")
def test_planner_knows_what_an_import_wrote_before_anything_reads_it():
    """Else the next file of the same minute is compared by a plan for empty tables, and outlasts the time limit."""
    tables = (Setting, RegisterEntry, Inspection, Judgement, Judgement.history.model)

    def told() -> list[int]:
        with connection.cursor() as cursor:
            names = [model._meta.db_table for model in tables]
            cursor.execute("select relname, reltuples from pg_class where relname = any(%s)", [names])
            counts = dict(cursor.fetchall())
        return [counts[name] for name in names]

    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in tables)}")
    assert told() == [0, 0, 0, 0, 0]
    import_rows(*(inspected(2024, "Good", urn=f"25{number:05}") for number in range(40)), as_at=Y2024)
    assert told() == [model.objects.count() for model in tables]
    assert min(told()) >= 40
