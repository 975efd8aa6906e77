from collections.abc import Iterator
from typing import Any

from django import forms

from inspections.issues.models import DECIDERS, Concern, ContractIssue, IssueStage
from inspections.issues.rules import decider_of
from qa_portal.core.access.permissions import Permission
from qa_portal.core.ui.fields import textarea
from qa_portal.core.ui.forms import DateField, FieldOptions, GovukFormMixin

MOST_CONCERNS = 20
STEPS_A_CONCERN = 3
PARTS_OF_A_STEP = 3
CONCERNS_HINT = (
    "The provider reads them, and its plan answers each. Do not include anything that could identify a child."
)
CLOSE, WATCH, ASK_AGAIN = "close", "watch", "ask"
LONGEST = 2000


def told_field() -> forms.CharField:
    return textarea(
        "What we tell the provider",
        "It sees this, the stage and the concerns. Nothing that police, the LADO or a whistleblower said.",
    )


def severity_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How serious is it?",
        choices=ContractIssue.Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how serious it is"},
    )


def stage_choices(issue: ContractIssue, stages: Any, *, down: bool) -> list[tuple[str, str]]:
    """Each other stage, with who decides where that is not whoever looks after the issue."""
    choices = []
    for stage in stages:
        if stage == issue.stage or (stage.number < issue.stage.number and not down):
            continue
        decider = decider_of(issue.stage, stage)
        words = f"{stage.name} (stage {stage.number})"
        if decider != Permission.HANDLE_ISSUES:
            words += f": {dict(DECIDERS)[decider].lower()} decides"
        choices.append((str(stage.number), words))
    return choices


def lines_of(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_CONCERNS:
        raise forms.ValidationError(f"Enter {MOST_CONCERNS} concerns at most")
    return lines


class RaiseForm(GovukFormMixin, forms.Form):
    urn = forms.CharField(
        label="URN of the setting",
        help_text="As on the setting's page in the register.",
        max_length=20,
        error_messages={"required": "Enter the URN of the setting"},
    )
    title = forms.CharField(
        label="What is it about, in a few words?",
        max_length=200,
        error_messages={"required": "Enter what it is about"},
    )
    severity = severity_field()
    concerns = textarea(
        "Concerns, one a line", CONCERNS_HINT, required="Enter at least one concern", max_length=LONGEST
    )
    summary = textarea("More about it (optional)", "The provider sees this once you tell it about the issue.")
    staff_note = textarea("For the council only (optional)", "The provider never sees this.")
    look = {"urn": FieldOptions(width="10")}

    def clean_concerns(self) -> list[str]:
        return lines_of(self.cleaned_data["concerns"])


class StageTextsMixin(GovukFormMixin):
    """What a change of stage must say, depending on the stage that `chosen_stage` gives."""

    issue: ContractIssue
    stages: dict[str, IssueStage]

    def require_for(self, stage: IssueStage | None) -> None:
        if stage is None:
            return
        if stage.name_for_provider and not self.cleaned_data.get("told"):
            self.add_error("told", "Enter what you tell the provider: it sees this stage")
        down = stage.number < self.issue.stage.number
        if down and "evidence" in self.fields and not self.cleaned_data.get("evidence"):
            self.add_error("evidence", "Enter what shows that it is better now")


class TriageForm(StageTextsMixin, forms.Form):
    severity = severity_field()
    outcome = forms.ChoiceField(
        label="What happens next?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens next"},
    )
    note = textarea("What triage found", "For the council only.", required="Enter what triage found")
    concerns = textarea("Concerns to add, one a line (optional)", CONCERNS_HINT)
    told = told_field()

    def __init__(self, *args: Any, issue: Any, stages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.issue, self.stages = issue, {str(stage.number): stage for stage in stages}
        choices = stage_choices(issue, stages, down=False)
        self.fields["outcome"].choices = [*choices, (CLOSE, "Close it: there is nothing to follow up")]

    def clean_concerns(self) -> list[str]:
        return lines_of(self.cleaned_data["concerns"])

    def clean(self) -> dict[str, Any]:
        self.require_for(self.stages.get(self.cleaned_data.get("outcome", "")))
        return self.cleaned_data


class StageDecisionForm(GovukFormMixin, forms.Form):
    approved = forms.ChoiceField(
        label="Your decision",
        choices=[("yes", "Approve the stage"), ("no", "Do not approve it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your decision"},
    )
    reason = textarea("Reason", "It stands in the history of the issue.", required="Enter a reason")
    told = told_field()


class ReviewForm(GovukFormMixin, forms.Form):
    ACCEPT, RETURN, UP = "accept", "return", "up"
    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    reason = textarea("What is missing, or why the issue goes further", "The provider sees it.")

    def __init__(self, *args: Any, may_return: bool, next_stage: IssueStage, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(self.ACCEPT, "Accept the plan")]
        if may_return:
            choices.append((self.RETURN, "Return it to the provider"))
        choices.append((self.UP, f"Take the issue up to “{next_stage.name}”"))
        self.fields["decision"].choices = choices

    def clean(self) -> dict[str, Any]:
        for decision in (self.RETURN, self.UP):
            self.require_if("reason", "decision", decision, "Enter what is missing, or why it goes further")
        return self.cleaned_data


class WatchForm(StageTextsMixin, forms.Form):
    decision = forms.ChoiceField(
        label="What happens next?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens next"},
    )
    until = DateField(
        label="Look at it again on",
        name_in_errors="the day on which you look at it again",
        future=True,
        required=False,
    )
    reason = textarea("Why", required="Enter why")
    evidence = textarea("What shows that it is better now", "Needed to step down or to lift a suspension.")
    told = told_field()

    def __init__(self, *args: Any, issue: Any, stages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.issue, self.stages = issue, {str(stage.number): stage for stage in stages}
        choices = [(WATCH, "Keep watching until a day"), (CLOSE, "Close the issue")]
        if issue.stage.asks_for_plan:
            choices.append((ASK_AGAIN, "Ask the provider for a new plan"))
        self.fields["decision"].choices = choices + stage_choices(issue, stages, down=True)

    def clean(self) -> dict[str, Any]:
        self.require_if("until", "decision", WATCH, "Enter the day on which you look at it again")
        self.require_for(self.stages.get(self.cleaned_data.get("decision", "")))
        return self.cleaned_data


class MoveForm(StageTextsMixin, forms.Form):
    stage = forms.ChoiceField(
        label="To which stage?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a stage"},
    )
    reason = textarea("Why", "A stage that is skipped needs its reason too.", required="Enter why")
    evidence = textarea("What shows that it is better now", "Needed to step down.")
    told = told_field()

    def __init__(self, *args: Any, issue: Any, stages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.issue, self.stages = issue, {str(stage.number): stage for stage in stages}
        self.fields["stage"].choices = [(str(stage.number), str(stage)) for stage in stages]

    def clean(self) -> dict[str, Any]:
        self.require_for(self.stages.get(self.cleaned_data.get("stage", "")))
        return self.cleaned_data


def is_filled(value: str | dict | None) -> bool:
    """Return whether anything was entered; a date is three boxes."""
    return any(value.values()) if isinstance(value, dict) else bool(value)


class PlanForm(GovukFormMixin, forms.Form):
    """For each concern three steps, of which the first is needed; a step is filled in wholly or not at all."""

    def __init__(self, *args: Any, concerns: list[Concern], **options: Any) -> None:
        super().__init__(*args, **options)
        self.concerns = concerns
        for place, concern in enumerate(concerns, start=1):
            for number in range(1, STEPS_A_CONCERN + 1):
                self.add_step(concern, place, number)

    def add_step(self, concern: Concern, place: int, number: int) -> None:
        """`place` is the number the page gives the concern, by which the errors name it."""
        key, which = f"c{concern.pk}_{number}", f"step {number}" + ("" if number == 1 else " (optional)")
        needed = number == 1
        self.fields[f"{key}_text"] = textarea(
            f"What will be done, {which}",
            required=f"Concern {place}: enter at least one step" if needed else "",
            max_length=LONGEST,
        )
        self.fields[f"{key}_owner"] = forms.CharField(
            label=f"Who is responsible, {which}",
            help_text="A role, for example registered manager.",
            max_length=120,
            required=needed,
            error_messages={"required": f"Concern {place}: enter who sees to {which}"},
        )
        self.fields[f"{key}_due"] = DateField(
            label=f"Done by, {which}",
            name_in_errors=f"the day of {which} of concern {place}",
            future=True,
            required=needed,
        )

    def groups(self) -> Iterator[Any]:
        """(concern, fields of its first step, fields of its others, whether these are shown) in page order."""
        for concern in self.concerns:
            fields = [self[name] for name in self.fields if name.startswith(f"c{concern.pk}_")]
            first, others = fields[:PARTS_OF_A_STEP], fields[PARTS_OF_A_STEP:]
            yield concern, first, others, any(field.errors or is_filled(field.value()) for field in others)

    def clean(self) -> dict[str, Any]:
        for concern in self.concerns:
            for number in range(2, STEPS_A_CONCERN + 1):
                key = f"c{concern.pk}_{number}"
                given = {part: self.cleaned_data.get(f"{key}_{part}") for part in ("text", "owner", "due")}
                for part, value in given.items():
                    if any(given.values()) and not value and f"{key}_{part}" not in self.errors:
                        self.add_error(f"{key}_{part}", "Fill in the whole step, or leave all of it empty")
        return self.cleaned_data

    def steps(self) -> list[tuple[Concern, str, str, object]]:
        data = self.cleaned_data
        return [
            (concern, data[f"{key}_text"], data[f"{key}_owner"], data[f"{key}_due"])
            for concern in self.concerns
            for key in (f"c{concern.pk}_{number}" for number in range(1, STEPS_A_CONCERN + 1))
            if data.get(f"{key}_text")
        ]


class ConcernForm(GovukFormMixin, forms.Form):
    text = textarea("What is wrong?", CONCERNS_HINT, required="Enter what is wrong")


class NoticeForm(GovukFormMixin, forms.Form):
    seen_to = forms.ChoiceField(
        label="What did you do?",
        choices=[("sent", "I have sent this letter"), ("not_needed", "It is not needed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you did"},
    )
    not_needed_reason = textarea("Why it is not needed")
    look = {"seen_to": FieldOptions(reveals={"not_needed": ["not_needed_reason"]})}

    def clean(self) -> dict[str, Any]:
        sentence = "Enter why it is not needed"
        self.require_if("not_needed_reason", "seen_to", "not_needed", sentence)
        return self.cleaned_data


class IssuesFilter(GovukFormMixin, forms.Form):
    """Every answer may be left out."""

    state = forms.ChoiceField(
        label="Show", choices=[("", "Open"), ("closed", "Closed"), ("all", "All")], required=False
    )
    stage = forms.ChoiceField(label="Stage", required=False)
    setting = forms.CharField(label="Setting", help_text="Name or URN", max_length=100, required=False)

    def __init__(self, *args: Any, stages: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stage"].choices = [("", "All"), *stages]
