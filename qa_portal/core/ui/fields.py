"""Form fields that many forms ask for."""

from django import forms


def textarea(
    label: str,
    hint: str = "",
    *,
    required: str = "",
    max_length: int | None = 2000,
    initial: str = "",
) -> forms.CharField:
    """Return a field of several lines. `required` is the sentence shown when it is empty, and makes it so.

    How many lines it shows is the form's to say: `look = {"reason": FieldOptions(rows=3)}`.
    """
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea,
        max_length=max_length,
        required=bool(required),
        error_messages={"required": required} if required else {},
        initial=initial or None,
    )
