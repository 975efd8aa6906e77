"""Documents in date in the provider's library: the same for each of its settings."""

import pytest
from django.utils import timezone

from inspections.scorecards.inputs.definitions import rules_in_force
from inspections.scorecards.inputs.visibility import scope_for
from inspections.scorecards.scoring.arithmetic import Status
from providers.directory.models import ProviderMerger, SettingOwnership
from providers.documents.document_kinds import EXPIRES, INSURANCES, DocumentKind
from providers.documents.services import remove_contents
from qa_portal.core.dates import today
from tests.factories.documents import a_document
from tests.factories.people import ProviderFactory
from tests.factories.register import SettingFactory
from tests.unit.inspections.scorecards.asking import cell_of, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def home(clock, world):
    return SettingFactory(owner=world.provider_x.provider)


@pytest.fixture
def keep(clock, world):
    def keep(kind=DocumentKind.SAFEGUARDING_POLICY, **facts):
        return a_document(world.as_("provider_manager_x"), kind=kind, text=f"{kind} {facts}", **facts)

    return keep


def insured(**facts) -> dict:
    dates = {"from_on": today() - days(100), "expires_on": today() + days(100)}
    return {"kind": DocumentKind.PUBLIC_LIABILITY, "cover_amount": 10_000_000} | dates | facts


def test_empty_library_is_no_data(home):
    cell = cell_of("documents", home)
    assert (cell.status, cell.reading.says) == (Status.NO_DATA, "No document in the provider's library")


def test_share_of_the_expected_kinds_counts(home, keep):
    document = keep()
    keep(DocumentKind.COMPLAINTS_POLICY)
    keep(DocumentKind.COMPLAINTS_POLICY, name="second.txt")
    cell = cell_of("documents", home)
    assert (cell.status, cell.points) == (Status.CURRENT, 10000 * 2 // 12)
    assert cell.reading.says.startswith("2 of 12 documents in date (missing or expired: Employers’ liability")
    for kind in rules_in_force(today()).documents:
        held = kind in (DocumentKind.SAFEGUARDING_POLICY, DocumentKind.COMPLAINTS_POLICY)
        assert (DocumentKind(kind).label in cell.reading.says) is not held
    assert [one.says for one in cell.reading.evidence] == ["Safeguarding policy", "Complaints policy"]
    assert cell.reading.evidence[0].ref == str(document.public_id)


def test_whole_library_says_nothing_is_missing(home, keep):
    for kind in rules_in_force(today()).documents:
        facts = insured(kind=kind) if kind in INSURANCES else {"kind": kind}
        keep(**facts | ({"expires_on": today() + days(100)} if kind in EXPIRES else {}))
    cell = cell_of("documents", home)
    assert (cell.points, cell.reading.says) == (10000, "12 of 12 documents in date")


def test_document_that_is_not_expected_says_nothing(home, keep):
    keep(DocumentKind.OTHER_POLICY)
    assert cell_of("documents", home).status is Status.NO_DATA


def test_document_counts_on_its_first_and_its_last_day(home, keep):
    told = insured()
    keep(**told)
    seen = [
        cell_of("documents", home, on)
        for on in (
            told["from_on"] - days(1),
            told["from_on"],
            told["expires_on"],
            told["expires_on"] + days(1),
        )
    ]
    assert [cell.points for cell in seen] == [None, 833, 833, 0]
    assert [cell.status for cell in seen] == [Status.NO_DATA, *[Status.CURRENT] * 3]
    assert seen[1].reading.evidence[0].says == "Public liability insurance, last day 9 September 2026"


def test_document_without_a_first_day_counts_from_the_day_it_was_uploaded(home, keep):
    keep()
    assert cell_of("documents", home, today() - days(1)).status is Status.NO_DATA


def test_document_whose_contents_were_removed_counts_until_that_day(world, home, keep, clock):
    document, begun = keep(), today()
    clock(begun + days(10))
    remove_contents(by=world.as_("provider_manager_x"), document=document, reason="Wrong file")
    assert cell_of("documents", home, begun + days(9)).points == 833
    assert cell_of("documents", home).status is Status.NO_DATA


def test_document_that_was_replaced_does_not_stand_in_for_the_one_that_ran_out(world, home, keep, clock):
    """A policy without a last day would else be in date for ever, whatever came after it."""
    old, begun = keep(), today()
    clock(begun + days(10))
    keep(replaces=old, from_on=today(), expires_on=today() + days(5))
    seen = [cell_of("documents", home, begun + days(n)).points for n in (9, 10, 15, 16)]
    assert seen == [833, 833, 833, 0]


def test_document_counts_until_the_first_day_of_the_one_that_replaces_it(world, home, keep):
    old = keep(**insured())
    renewed = {"from_on": old.expires_on + days(1), "expires_on": old.expires_on + days(366)}
    keep(replaces=old, **insured(**renewed))
    seen = [cell_of("documents", home, old.expires_on + days(n)).points for n in (0, 1)]
    assert seen == [833, 833]


def test_document_counts_again_when_what_replaced_it_was_the_wrong_file(world, home, keep, clock):
    old, begun = keep(), today()
    wrong = keep(replaces=old, expires_on=today() + days(1))
    clock(begun + days(5))
    assert cell_of("documents", home).points == 0
    remove_contents(by=world.as_("provider_manager_x"), document=wrong, reason="Wrong file")
    assert cell_of("documents", home).points == 833


def test_every_setting_of_the_provider_has_the_same_figure_and_another_s_has_none(world, home, keep):
    keep()
    twin = SettingFactory(owner=world.provider_x.provider)
    other = SettingFactory(owner=world.provider_y.provider)
    assert [cell_of("documents", one).points for one in (home, twin, other)] == [833, 833, None]


def test_library_counts_for_settings_under_a_name_that_was_merged_into_the_provider(world, keep):
    keep()
    former = ProviderFactory()
    setting = SettingFactory(owner=former)
    assert cell_of("documents", setting).status is Status.NO_DATA
    ProviderMerger.objects.create(
        merged=former, into=world.provider_x.provider, on=today(), reason="One company"
    )
    assert cell_of("documents", setting).points == 833


def test_buyer_of_a_home_never_reads_what_its_former_owner_kept(world, home, keep):
    """In the year before as little as on a past day: only the council sees both libraries."""
    keep()
    before, sold = today(), today() + days(30)
    span = SettingOwnership.objects.get(setting=home)
    span.to_on = sold
    span.save()
    SettingOwnership.objects.create(setting=home, provider=world.provider_y.provider, from_on=sold)
    seller, buyer = (scope_for(world.as_(f"provider_manager_{one}")) for one in "xy")
    assert cell_of("documents", home, before, seller).points == 833
    cell = cell_of("documents", home, before, buyer)
    assert (cell.status, cell.reading.evidence) == (Status.NO_DATA, ())


@pytest.mark.parametrize(
    ("scan", "counts"),
    [("clean", True), ("not_scanned", True), ("waiting", False), ("failed", False), ("infected", False)],
)
def test_file_that_nobody_can_open_is_no_evidence(home, keep, scan, counts):
    document = keep()
    document.scan_state = scan
    document.scanned_at = timezone.now() if scan in {"clean", "failed", "infected"} else None
    document.save()
    assert cell_of("documents", home).status is (Status.CURRENT if counts else Status.NO_DATA)
