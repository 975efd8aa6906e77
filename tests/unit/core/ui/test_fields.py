from django import forms

from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import FieldOptions, GovukFormMixin


class NoteForm(GovukFormMixin, forms.Form):
    reason = textarea("Reason", "It is kept.", required="Enter a reason", max_length=10)
    note = textarea("Note (optional)")
    look = {"reason": FieldOptions(rows=3)}


def test_required_sentence_makes_the_field_required():
    form = NoteForm({})
    assert form.errors == {"reason": ["Enter a reason"]}


def test_text_that_is_too_long_is_refused_with_the_limit():
    form = NoteForm({"reason": "x" * 11, "note": "x" * 2001})
    assert form.errors == {
        "reason": ["Reason must be 10 characters or less"],
        "note": ["Note (optional) must be 2000 characters or less"],
    }


def test_field_has_its_rows_and_its_hint():
    page = NoteForm().as_div()
    assert 'rows="3"' in page
    assert "It is kept." in page
