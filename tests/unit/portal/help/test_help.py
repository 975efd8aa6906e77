"""Help shows the guides in `docs/` as pages, the reader's own first, and passes on no HTML."""

import re

import pytest
from django.urls import reverse

from qa_portal.portal.help.guides import BOARD, BY_SLUG, GUIDES, OFFICER, OPERATOR, PROVIDER, guide_for
from qa_portal.portal.help.markdown import address_of, render


def shown(text: str, file: str = "first-hour/officer.md") -> str:
    return render(text, file=file)


@pytest.mark.parametrize("guide", BY_SLUG.values(), ids=lambda guide: guide.slug)
def test_every_guide_is_a_page_with_its_own_title(client, db, guide):
    answer = client.get(reverse("guide", args=[guide.slug]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    assert guide.title in re.search(r"<h1[^>]*>(.*?)</h1>", page)[1].replace("&#x27;", "'")
    assert reverse("help") in page


def test_guide_that_nobody_wrote_is_not_found(client, db):
    assert client.get(reverse("guide", args=["dancer"])).status_code == 404


def test_glossary_page_leaves_out_names_in_the_code(client, db):
    page = client.get(reverse("guide", args=["glossary"])).content.decode()
    assert "Scorecard rating" in page
    assert "visible_to" not in page
    assert "visible_to" in BY_SLUG["glossary"].path.read_text(), "the control: the file has them"


@pytest.mark.parametrize(
    ("persona", "guide"),
    [
        ("contract_officer", OFFICER),
        ("council_administrator", OFFICER),
        ("provider_contributor_x", PROVIDER),
        ("board_member", BOARD),
        ("partner_contributor", BOARD),
        ("installation_administrator", OPERATOR),
    ],
)
def test_guide_of_the_reader_s_own_role_comes_first(world, persona, guide):
    answer = world.client(persona).get(reverse("help"))
    assert answer.context["own_guide"] == guide
    assert guide not in answer.context["other_guides"]
    assert len(answer.context["other_guides"]) == len(GUIDES) - 1


def test_somebody_who_is_not_signed_in_reads_help_and_all_guides(client, db):
    answer = client.get(reverse("help"))
    assert answer.status_code == 200
    assert answer.context["own_guide"] is None
    assert list(answer.context["other_guides"]) == list(GUIDES)


def test_nobody_without_an_organisation_has_a_guide_of_their_own():
    assert guide_for(None) is None


def test_html_in_a_guide_is_shown_as_text():
    drawn = shown("Press <script>alert(1)</script> **here**.")
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "<strong>here</strong>" in drawn


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://elsewhere.example/", "../operating.md", "//x/y"]
)
def test_link_that_leads_out_of_help_keeps_its_words_alone(link):
    drawn = shown(f"[read on]({link})")
    assert "read on" in drawn
    assert "href" not in drawn


def test_links_between_guides_lead_to_their_pages():
    assert address_of("board.md", file="first-hour/officer.md") == reverse("guide", args=["board"])
    assert address_of("../glossary.md#purchasing", file="first-hour/board.md") == (
        reverse("guide", args=["glossary"]) + "#purchasing"
    )
    assert address_of("first-hour/board.md", file="glossary.md") == reverse("guide", args=["board"])


def test_address_of_the_portal_is_a_link_and_one_with_a_gap_is_not():
    visits = reverse("visits")
    assert f'<a class="govuk-link" href="{visits}"><code>{visits}</code></a>' in shown(f"Open `{visits}`.")
    assert "href" not in shown("Open `/scorecards/settings/…/`.")
    assert "href" not in shown("Open `/nowhere-at-all/`.")


def test_tables_and_lists_have_the_look_of_the_other_pages():
    drawn = shown("| a | b |\n|---|---|\n| 1 | 2 |\n\n1. one\n\n- two\n\nSo:\n\n    ls\n")
    for name in (
        "govuk-table",
        "govuk-table__cell",
        "govuk-list--number",
        "govuk-list--bullet",
        "qa-commands",
    ):
        assert name in drawn
    assert 'scope="col"' in drawn
