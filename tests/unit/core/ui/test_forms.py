import datetime as dt
import re

import pytest
import time_machine
from django import forms
from django.template.loader import render_to_string

from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin


class VisitForm(GovukFormMixin, forms.Form):
    held_on = DateField(label="Date of visit", name_in_errors="the date of visit", past=True)
    kind = forms.ChoiceField(
        choices=[("planned", "Planned"), ("concern", "After a concern")], widget=forms.RadioSelect
    )
    concern = forms.CharField(required=False, help_text="No <b>names</b> of children")
    checks = forms.MultipleChoiceField(choices=[("fire", "Fire log")], widget=forms.CheckboxSelectMultiple)
    notes = forms.CharField(max_length=20, widget=forms.Textarea)
    secret = forms.CharField(widget=forms.PasswordInput)
    agreed = forms.BooleanField()
    look = {
        "kind": FieldOptions(
            hints={"planned": "The provider knows"}, reveals={"concern": ["concern", "gone"]}
        ),
        "notes": FieldOptions(count=20),
    }

    def clean(self):
        self.require_if("concern", "kind", "concern", "Enter the concern")


class DayForm(GovukFormMixin, forms.Form):
    day = DateField(label="Day of the call", past=True)


def errors_of(day: str, month: str, year: str) -> tuple[str, tuple[str, ...]]:
    form = DayForm({"day_day": day, "day_month": month, "day_year": year})
    return form["day"].errors[0] if form["day"].errors else "", form["day"].wrong_parts


def page(form) -> str:
    return render_to_string("govuk/error_summary.html", {"form": form}) + str(form)


def test_every_sentence_of_the_summary_leads_to_a_control_of_the_page():
    html = page(VisitForm({"kind": "concern", "held_on_day": "3"}))
    anchors = re.findall(r'href="#([^"]+)"', html)
    assert anchors == [
        "id_held_on_month",
        "id_concern",
        "id_checks_0",
        "id_notes",
        "id_secret",
        "id_agreed",
    ]
    for anchor in anchors:
        assert len(re.findall(rf'<(?:input|textarea)[^>]* id="{anchor}"', html)) == 1


def test_every_description_that_a_control_names_is_on_the_page():
    html = page(VisitForm({"kind": "concern"}))
    named = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    assert {name for name in named if f'id="{name}"' not in html} == set()


@pytest.mark.parametrize(
    ("typed", "sentence", "wrong"),
    [
        (("", "", ""), "Enter a date", ("day", "month", "year")),
        (("3", "", "2026"), "Day of the call must include a month", ("month",)),
        (("", "", "2026"), "Day of the call must include a day and month", ("day", "month")),
        (("31", "2", "2026"), "Day of the call must be a real date", ("day", "month", "year")),
        (("29", "2", "2025"), "Day of the call must be a real date", ("day", "month", "year")),
        (("1", "1", "26"), "Day of the call must be a real date", ("day", "month", "year")),
        (("1", "ma", "2026"), "Day of the call must be a real date", ("day", "month", "year")),
        (("x", "1", "2026"), "Day of the call must be a real date", ("day", "month", "year")),
        (("2", "3", "2026"), "Day of the call must be today or in the past", ("day", "month", "year")),
        (("1", "3", "2026"), "", ()),
        (("29", "2", "2024"), "", ()),
        (("1", "March", "2025"), "", ()),
        (("1", "sept.", "2025"), "", ()),
    ],
)
@time_machine.travel("2026-03-01 12:00 +0000")
def test_a_date_says_which_box_is_wrong_and_why(typed, sentence, wrong):
    assert errors_of(*typed) == (sentence, wrong)


@time_machine.travel("2026-06-30 23:30 +0000")
def test_today_is_the_day_in_london():
    assert errors_of("1", "7", "2026") == ("", ())


@time_machine.travel("2026-03-01 12:00 +0000")
def test_a_date_to_come_may_be_today_but_not_before():
    field = DateField(label="Due", future=True)
    assert field.clean({"day": "1", "month": "3", "year": "2026"}) == dt.date(2026, 3, 1)
    with pytest.raises(forms.ValidationError, match="Due must be today or in the future"):
        field.clean({"day": "28", "month": "2", "year": "2026"})


def test_a_date_that_may_be_left_out_is_none():
    assert DateField(required=False).clean({"day": "", "month": "", "year": ""}) is None


def test_a_known_date_fills_its_boxes_and_counts_as_unchanged():
    form = DayForm(initial={"day": dt.date(2026, 3, 7)}, prefix="visit")
    assert 'id="id_visit-day_day" name="visit-day_day" type="text" inputmode="numeric" value="7"' in str(form)
    sent = {"visit-day_day": "7", "visit-day_month": "mar", "visit-day_year": "2026"}
    assert not DayForm(sent, initial={"day": dt.date(2026, 3, 7)}, prefix="visit").has_changed()


def test_a_hint_is_text_and_never_markup():
    assert "No &lt;b&gt;names&lt;/b&gt; of children" in str(VisitForm())


def test_a_revealed_question_stands_in_the_box_of_its_choice_and_nowhere_else():
    html = str(VisitForm())
    assert 'data-qa-reveal="id_kind_1_reveals"' in html
    box = html.index('id="id_kind_1_reveals"')
    assert html.index('id="id_concern"') > box
    assert html.count('id="id_concern"') == 1


def test_a_revealed_question_shows_at_once_when_its_choice_was_sent():
    shown = re.search(r'<div class="([^"]+)" id="id_kind_1_reveals"', str(VisitForm({"kind": "concern"})))
    hidden = re.search(r'<div class="([^"]+)" id="id_kind_1_reveals"', str(VisitForm()))
    assert shown[1] == "govuk-radios__conditional"
    assert "govuk-radios__conditional--hidden" in hidden[1]


def test_too_long_a_text_is_told_in_words_and_not_cut_off():
    form = VisitForm({"notes": "x" * 21})
    assert form["notes"].errors == ["Notes must be 20 characters or less"]
    assert "maxlength=" not in str(form["notes"])


def test_a_wrong_password_is_not_sent_back():
    assert "hunter2" not in str(VisitForm({"secret": "hunter2"}))


def test_a_page_that_asks_one_thing_has_one_heading():
    class OneQuestion(DayForm):
        look = {"day": FieldOptions(label="l", heading=True)}

    html = render_to_string("components/form_page.html", {"page_title": "Which day?", "form": OneQuestion()})
    assert html.count("<h1") == 1
