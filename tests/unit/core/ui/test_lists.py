"""Lists show what the reader may see, narrowed and one page at a time, and give the same rows as a file."""

import django_filters
import pytest
from django.test import RequestFactory

from providers.directory.models import Setting
from qa_portal.core.ui.forms import FieldOptions
from qa_portal.core.ui.lists import ListCsv, ListFilter, ListXlsx, ScopedList, ScopedListView, page_of
from tests.factories.register import SettingFactory

pytestmark = pytest.mark.django_db


class SettingFilter(ListFilter):
    look = {"urn": FieldOptions(width="10")}
    shown_first = {"show": "open"}
    only_sort = frozenset({"sort"})

    urn = django_filters.CharFilter(label="URN")
    show = django_filters.ChoiceFilter(label="Show", choices=[("open", "Open")], method="keep")
    sort = django_filters.ChoiceFilter(label="Sort", choices=[("urn", "URN")], method="keep")

    class Meta:
        model = Setting
        fields = ["urn"]

    def keep(self, settings, name, value):
        return settings


class Settings(ScopedList):
    model = Setting
    filterset_class = SettingFilter


class SettingList(Settings, ScopedListView):
    template_name = "base.html"
    paginate_by = 2


class SettingCsv(Settings, ListCsv):
    filename, header = "settings.csv", ["URN"]

    @staticmethod
    def cells(rows):
        return [[setting.urn] for setting in rows]


class SettingXlsx(SettingCsv, ListXlsx):
    filename, title = "settings.xlsx", "Settings"
    get = ListXlsx.get


@pytest.fixture
def homes(world):
    return [SettingFactory(urn=f"98{n}") for n in range(3)]


def ask(view, user, **query):
    request = RequestFactory().get("/settings/", query)
    request.user = user
    return view.as_view()(request)


def test_only_what_the_reader_may_see_is_listed(world, homes):
    rows = SettingList()
    rows.request = RequestFactory().get("/")
    rows.request.user = world.as_("contract_officer")
    assert set(rows.get_queryset()) == set(Setting.objects.visible_to(rows.request.user)) >= set(homes)
    from django.contrib.auth.models import AnonymousUser

    rows.request.user = AnonymousUser()
    assert not rows.get_queryset().exists()


def test_filter_narrows_page_and_file_alike(world, homes):
    user = world.as_("contract_officer")
    response = ask(SettingList, user, urn="981")
    assert list(response.context_data["page_obj"]) == [homes[1]]
    assert response.context_data["filter"].is_set
    assert ask(SettingCsv, user, urn="981").content.decode("utf-8-sig") == "URN\r\n981\r\n"
    assert ask(SettingXlsx, user, urn="981").content.startswith(b"PK")


@pytest.mark.parametrize(("asked", "shown"), [("", 1), ("2", 2), ("99", "last"), ("x", 1), ("-1", "last")])
def test_page_that_does_not_exist_is_the_nearest_that_does(world, homes, asked, shown):
    page = ask(SettingList, world.as_("contract_officer"), page=asked).context_data["page_obj"]
    last = page.paginator.num_pages
    assert last > 1
    assert page.number == (last if shown == "last" else shown)
    assert page_of(RequestFactory().get("/", {"page": asked}), [1, 2, 3], 2).number == (
        2 if shown == "last" else shown
    )


@pytest.mark.parametrize(
    ("query", "is_set"),
    [
        ({}, False),
        ({"page": "2"}, False),
        ({"sort": "urn"}, False),
        ({"show": "open"}, False),
        ({"urn": "9"}, True),
    ],
)
def test_filter_is_set_where_the_reader_left_something_out(query, is_set):
    assert SettingFilter(query, Setting.objects.none()).is_set is is_set


def test_form_of_a_filter_looks_like_every_form(world):
    page = str(SettingFilter({}, Setting.objects.none()).form)
    assert "govuk-input--width-10" in page
