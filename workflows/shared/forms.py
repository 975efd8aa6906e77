from typing import Any

from django import forms

from providers.people.models import Membership
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import GovukFormMixin
from workflows.shared.flow import FLOWS


class InboxFilter(GovukFormMixin, forms.Form):
    """What the queue is narrowed to; every answer may be left out."""

    WHOSE = [
        ("mine", "Mine, or mine to take"),
        ("organisation", "My organisation's"),
        ("all", "All I may see"),
    ]
    DUE = [("", "Any time"), ("overdue", "Overdue"), ("soon", "Overdue, or due in 7 days")]

    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)
    flow = forms.ChoiceField(label="Kind of work", required=False)
    setting = forms.CharField(label="Setting or provider", max_length=100, required=False)
    due = forms.ChoiceField(label="Due", choices=DUE, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = sorted((flow.process_title, kind) for kind, flow in FLOWS.items())
        self.fields["flow"].choices = [("", "Any")] + [(kind, title) for title, kind in kinds]


class TaskReasonForm(GovukFormMixin, forms.Form):
    reason = textarea(
        "Reason", "It stands in the history of the case.", required="Enter a reason", max_length=1000
    )


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return f"{membership.person.name}, {membership.get_role_display().lower()}"


class PartnerChoice(PersonChoice):
    def label_from_instance(self, membership: Membership) -> str:
        return f"{super().label_from_instance(membership)}, {membership.organisation}"


class ReassignTaskForm(TaskReasonForm):
    to = PersonChoice(
        label="Give it to",
        queryset=Membership.objects.none(),
        error_messages={"required": "Choose who takes it"},
    )
    field_order = ["to", "reason"]

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = people


class StandInForm(TaskReasonForm):
    membership = PartnerChoice(
        label="Who stands in",
        queryset=Membership.objects.none(),
        help_text="Somebody of your own organisation, or an officer of another council.",
        error_messages={"required": "Choose who stands in"},
    )
    field_order = ["membership", "reason"]

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["membership"].queryset = people
