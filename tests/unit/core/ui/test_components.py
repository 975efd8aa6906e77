import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from qa_portal.core.ui.templatetags.qa import moment
from qa_portal.core.ui.views import ConfirmForm


def drawn(source: str, **context) -> str:
    return Template(source).render(Context(context))


def entry(**parts):
    usual = {
        "when": dt.datetime(2026, 7, 1, 8, 5, tzinfo=dt.UTC),
        "who": "Priya Shah",
        "acting_for": "Contract officer, Westmorland and Furness Council",
        "headline": "Membership changed",
        "changes": [],
        "why": "",
    }
    return SimpleNamespace(**usual | parts)


@pytest.mark.parametrize(
    ("utc", "words"),
    [
        ((2026, 11, 18, 16, 12), "18 November 2026 at 4:12pm"),
        ((2026, 7, 1, 23, 30), "2 July 2026 at 12:30am"),
        ((2026, 1, 9, 12, 0), "9 January 2026 at 12:00pm"),
    ],
)
def test_a_moment_is_told_in_london_time(utc, words):
    assert moment(dt.datetime(*utc, tzinfo=dt.UTC)) == words


def test_a_timeline_tells_who_when_what_and_why():
    change = SimpleNamespace(label="Role", old="Contract officer", new="Team manager")
    html = render_to_string(
        "components/timeline.html", {"timeline": [entry(changes=[change], why="Promoted")]}
    )
    for words in (
        "1 July 2026 at 9:05am",
        "by Priya Shah, Contract officer",
        "Reason: Promoted",
        "(was Contract officer)",
    ):
        assert words in html


def test_an_empty_timeline_says_so():
    assert "Nothing has happened here yet" in render_to_string("components/timeline.html", {"timeline": []})


def test_pages_keep_what_the_address_asks_for():
    page = Paginator(range(500), 10).get_page(5)
    request = RequestFactory().get("/organisations/?kind=provider&page=5")
    html = render_to_string("components/pagination.html", {"page_obj": page}, request)
    assert 'href="?kind=provider&amp;page=6"' in html
    assert html.count('aria-current="page"') == 1
    assert html.count("govuk-pagination__item--ellipsis") == 2


def test_one_page_needs_no_pagination():
    page = Paginator(range(5), 10).get_page(1)
    assert render_to_string("components/pagination.html", {"page_obj": page}).strip() == ""


@pytest.mark.parametrize("level", ["green", "amber", "red", "none"])
def test_a_rating_has_a_word_and_a_shape(level):
    html = drawn("{% rag level text %}", level=level, text="Requires <improvement>")
    assert "<path" in html
    assert "Requires &lt;improvement&gt;" in html


def test_a_tag_and_a_panel_escape_their_text():
    assert "&lt;b&gt;" in drawn("{% tag text %}", text="<b>")
    html = drawn("{% panel title=text %}<p>{{ text }}</p>{% endpanel %}", text="<b>")
    assert "<p>&lt;b&gt;</p>" in html
    assert '<h2 class="govuk-summary-card__title">&lt;b&gt;</h2>' in html


def test_the_name_of_the_page_says_first_that_something_is_wrong():
    form = ConfirmForm(data={})
    form.add_error(None, "Nobody is there to invite.")
    html = render_to_string("components/form_page.html", {"page_title": "Invite", "form": form})
    assert "<title>Error: Invite – Placements quality assurance</title>" in html
