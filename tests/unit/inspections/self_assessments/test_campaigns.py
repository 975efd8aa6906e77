import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from inspections.self_assessments.models import Campaign, SelfAssessment
from inspections.self_assessments.selectors import settings_to_ask
from inspections.self_assessments.services import open_campaign
from providers.directory.models import Authority, ProvisionType, SettingOwnership
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories import self_assessments as making
from tests.factories.register import PlacingCountFactory, SettingFactory
from workflows.self_assessments.services import start_campaign

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_campaign_asks_each_setting_s_owner_of_that_day(world):
    homes = [making.home_of(world.provider_x), making.home_of(world.provider_y)]
    campaign = making.campaign(world, *homes)
    asked = set(campaign.assessments.values_list("setting", "provider", "state", "due_on"))
    assert asked == {
        (home.pk, organisation.provider_id, "with_provider", campaign.due_on)
        for home, organisation in zip(homes, (world.provider_x, world.provider_y), strict=True)
    }
    assert SelfAssessment.history.count() == 2


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"opens_on": today() - DAY}, "The opening date cannot be in the past"),
        ({"due_on": today()}, "The dates must be in order"),
        ({"due_on": today() + 40 * DAY}, "The dates must be in order"),
        ({"validation_due_on": today() + 14 * DAY}, "The dates must be in order"),
    ],
)
def test_days_must_be_in_order_and_not_in_the_past(world, days, sentence):
    with pytest.raises(Refused, match=sentence):
        making.campaign(world, **days)
    assert not Campaign.objects.exists()


def test_database_refuses_days_out_of_order(world):
    campaign = making.campaign(world)
    campaign.due_on = campaign.opens_on
    with pytest.raises(IntegrityError, match="campaign_dates_in_order"), transaction.atomic():
        campaign.save()


def test_name_is_given_once_by_a_council(world):
    home, version = making.home_of(world.provider_x), making.questions()
    making.campaign(world, home, version=version)
    with pytest.raises(Refused, match="another name"):
        making.campaign(world, home, version=version)


def test_campaign_asks_somebody(world):
    with pytest.raises(Refused, match="at least one"):
        open_campaign(
            by=world.as_("contract_officer"),
            name="Nobody",
            version=making.questions(),
            opens_on=today(),
            due_on=today() + DAY,
            validation_due_on=today() + 2 * DAY,
            settings=[],
        )


def test_draft_of_questions_is_not_asked(world):
    version = making.questions()
    version.published_at = None
    version.save()
    with pytest.raises(Refused, match="draft"):
        making.campaign(world, version=version)


@pytest.mark.parametrize(
    "persona", ["head_of_service", "council_administrator", "board_member", "provider_manager_x"]
)
def test_only_who_manages_campaigns_opens_one(world, persona):
    with pytest.raises(Refused, match="role"):
        open_campaign(
            by=world.as_(persona),
            name="Mine",
            version=making.questions(),
            opens_on=today(),
            due_on=today() + DAY,
            validation_due_on=today() + 2 * DAY,
            settings=[making.home_of(world.provider_x)],
        )


def test_setting_whose_provider_has_nobody_in_the_portal_is_shown_and_refused(world):
    home, version = SettingFactory(), making.questions()
    [shown] = settings_to_ask(world.as_("contract_officer"), version)
    assert shown == home
    assert "has an account in the portal. Invite its manager first" in shown.obstacle
    with pytest.raises(Refused, match="Nobody at"):
        making.campaign(world, home, version=version)


def test_setting_without_an_owner_says_so(world):
    home, version = making.home_of(world.provider_x), making.questions()
    SettingOwnership.objects.get(setting=home).delete()
    [shown] = settings_to_ask(world.as_("contract_officer"), version)
    assert shown.obstacle == "We do not know who owns it."


def test_settings_to_ask_are_open_of_the_right_type_and_hosted_or_used(world):
    version, leicester = making.questions(), Authority.objects.get(name="Leicestershire")
    hosted = making.home_of(world.provider_x)
    used = SettingFactory(authority=leicester)
    PlacingCountFactory(setting=used, placing_authority=world.north.authority, count=1)
    making.home_of(world.provider_x, closed_on=today())
    making.home_of(world.provider_x, provision_type=ProvisionType.objects.get(code="supported_accommodation"))
    foreign = SettingFactory(authority=leicester)
    found = settings_to_ask(world.as_("contract_officer"), version)
    assert {setting.pk for setting in found} == {hosted.pk, used.pk}
    with pytest.raises(Refused, match="Your council cannot include"):
        making.campaign(world, foreign, version=version)


def test_provider_cannot_list_settings_to_ask(world):
    assert settings_to_ask(world.as_("provider_manager_x"), making.questions()) == []


@pytest.mark.parametrize(
    ("persona", "campaigns", "assessments"),
    [
        ("contract_officer", 1, 2),
        ("head_of_service", 1, 2),
        ("officer_south", 0, 0),
        ("board_member", 0, 0),
        ("provider_manager_x", 0, 1),
        ("provider_contributor_y", 0, 1),
        ("partner_contributor", 0, 0),
    ],
)
def test_who_sees_a_campaign_and_its_self_assessments(world, persona, campaigns, assessments):
    making.campaign(world, making.home_of(world.provider_x), making.home_of(world.provider_y))
    user = world.as_(persona)
    assert Campaign.objects.visible_to(user).count() == campaigns
    assert SelfAssessment.objects.visible_to(user).count() == assessments


def test_provider_sees_it_from_the_day_on_which_it_opens(world, time_machine):
    making.campaign(world, opens_on=today() + 3 * DAY)
    assert not SelfAssessment.objects.visible_to(world.as_("provider_manager_x")).exists()
    assert SelfAssessment.objects.visible_to(world.as_("contract_officer")).exists()
    making.days_pass(time_machine, 3)
    assert SelfAssessment.objects.visible_to(world.as_("provider_manager_x")).exists()


def test_question_set_without_a_version_in_force_is_not_asked(world):
    version = making.questions()
    with pytest.raises(Refused, match=f"No version of {version.question_set} is in force on that day"):
        start_campaign(
            by=world.as_("contract_officer"),
            question_set=version.question_set,
            name="Spring",
            opens_on=version.from_on - DAY,
            due_on=today() + 14 * DAY,
            validation_due_on=today() + 28 * DAY,
            settings=[making.home_of(world.provider_x)],
        )
