from typing import Any

from django import forms

from inspections.ofsted.models import Inspection, InspectionItem
from inspections.ofsted.recorded_inspections import InspectionOutcome
from providers.directory.models import GradeScale, InspectionType
from providers.people.models import User
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

LONGEST = 2000
MOST_LINES = 60


class WhichForm(GovukFormMixin, forms.Form):
    """Ask first which inspection it is: its day decides the scale of grades."""

    inspection_type = forms.ModelChoiceField(
        label="Type of inspection",
        queryset=InspectionType.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the type of inspection"},
    )
    inspected_on = DateField(
        label="Date of the inspection", name_in_errors="the date of the inspection", past=True
    )
    scale = forms.ModelChoiceField(
        label="Scale of grades",
        queryset=GradeScale.objects.none(),
        required=False,
        empty_label="The usual one for this setting and day",
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["inspection_type"].queryset = InspectionType.objects.visible_to(user)
        self.fields["scale"].queryset = GradeScale.objects.visible_to(user).exclude(judgements=None)


class OutcomeForm(GovukFormMixin, forms.Form):
    """The judgements of one scale, and what else the report says."""

    PREFIX = "judgement_"
    outcome_status = forms.ChoiceField(
        label="Is the report published?",
        choices=[
            (Inspection.OutcomeStatus.PUBLISHED.value, "Yes, it is published"),
            (Inspection.OutcomeStatus.PROVISIONAL.value, "No, the outcome is provisional"),
        ],
        widget=forms.RadioSelect,
        help_text="A provisional outcome shows to your monitoring team only, and is not scored.",
        error_messages={"required": "Say whether the report is published"},
    )
    published_on = DateField(
        label="Date of publication", name_in_errors="the date of publication", past=True, required=False
    )
    report_link = forms.URLField(
        label="Link to the report (optional)",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": "Enter the whole address of the report, like https://reports.ofsted.gov.uk/…"
        },
    )
    confirmed = forms.BooleanField(
        label="The published report itself breaks a limiting rule, and its link is given above",
        required=False,
    )
    is_another = forms.BooleanField(required=False)
    requirements = textarea(
        "Requirements, one a line (optional)",
        "Breaches of regulation. Do not include anything that could identify a child.",
        max_length=LONGEST * 10,
    )
    recommendations = textarea("Recommendations, one a line (optional)", max_length=LONGEST * 10)
    look = {
        "outcome_status": FieldOptions(reveals={"published": ["published_on", "report_link", "confirmed"]}),
    }

    def __init__(self, *args: Any, scale: GradeScale, near: Inspection | None = None, **options: Any) -> None:
        """`near`: one recorded already that this may be, with another day."""
        super().__init__(*args, **options)
        if near:
            day = f"{near.inspected_on:%-d %B %Y}"
            self.fields["is_another"].label = f"This is another inspection than the one of {day}"
        else:
            del self.fields["is_another"]
        asked = list(scale.judgements.all())
        grades = list(scale.grades.all())
        for question in asked:
            needed = question.code == scale.headline
            self.fields[f"{self.PREFIX}{question.code}"] = forms.ChoiceField(
                label=question.label,
                choices=[("", "Choose a grade" if needed else "Not judged")]
                + [(str(grade.pk), grade.label) for grade in grades],
                required=needed,
                error_messages={"required": f"Choose a grade for: {question.label}"},
            )
        self.grades = {str(grade.pk): grade for grade in grades}
        self.order_fields([f"{self.PREFIX}{question.code}" for question in asked])

    def clean_requirements(self) -> list[str]:
        return self.lines("requirements")

    def clean_recommendations(self) -> list[str]:
        return self.lines("recommendations")

    def lines(self, name: str) -> list[str]:
        found = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(found) > MOST_LINES:
            raise forms.ValidationError(f"Enter {MOST_LINES} lines at most")
        if any(len(line) > LONGEST for line in found):
            raise forms.ValidationError(f"Each line must be {LONGEST} characters or less")
        return found

    def clean(self) -> dict[str, Any]:
        published = Inspection.OutcomeStatus.PUBLISHED.value
        self.require_if("published_on", "outcome_status", published, "Enter the date of publication")
        return self.cleaned_data

    def outcome(self) -> InspectionOutcome:
        data = self.cleaned_data
        published = data["outcome_status"] == Inspection.OutcomeStatus.PUBLISHED
        return InspectionOutcome(
            status=data["outcome_status"],
            judgements={
                name.removeprefix(self.PREFIX): self.grades[value]
                for name, value in data.items()
                if name.startswith(self.PREFIX) and value
            },
            published_on=data["published_on"] if published else None,
            report_link=data["report_link"] if published else "",
            confirmed=data["confirmed"] if published else False,
            requirements=data["requirements"],
            recommendations=data["recommendations"],
        )


def as_recorded(inspection: Inspection) -> dict:
    """Return the form's first values from the record."""
    items = list(inspection.items.all())

    def of(kind: str) -> str:
        return "\n".join(item.text for item in items if item.kind == kind)

    judged = {f"{OutcomeForm.PREFIX}{one.subject}": one.grade_id for one in inspection.judgements.all()}
    return judged | {
        "outcome_status": inspection.outcome_status,
        "published_on": inspection.published_on,
        "report_link": inspection.report_link,
        "confirmed": inspection.confirmed_as_published,
        "requirements": of(InspectionItem.Kind.REQUIREMENT),
        "recommendations": of(InspectionItem.Kind.RECOMMENDATION),
    }


class VerifyInspectionForm(GovukFormMixin, forms.Form):
    VERIFY, RETURN = "verify", "return"
    decision = forms.ChoiceField(
        label="What is your decision?",
        choices=[(VERIFY, "The judgements match the report"), (RETURN, "Send them back for correction")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your decision"},
    )
    reason = textarea("What needs correcting?", max_length=LONGEST)
    look = {"decision": FieldOptions(reveals={RETURN: ["reason"]})}

    def clean(self) -> dict[str, Any]:
        self.require_if("reason", "decision", self.RETURN, "Enter what needs correcting")
        return self.cleaned_data


class WithdrawInspectionForm(GovukFormMixin, forms.Form):
    reason = textarea(
        "Why are you withdrawing it?", required="Enter why you are withdrawing it", max_length=LONGEST
    )
