from typing import Any

from django import forms

from providers.notifications.kinds import MessageKind
from providers.notifications.models import NotificationPreference
from providers.notifications.selectors import default_of
from qa_portal.core.ui.forms import FieldOptions, GovukFormMixin


class PreferencesForm(GovukFormMixin, forms.Form):
    """A question for each kind of message that can be switched off."""

    def __init__(
        self,
        *args: Any,
        kinds: list[MessageKind],
        organisation_kind: str,
        chosen: dict[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for kind in kinds:
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.label_for(organisation_kind),
                choices=NotificationPreference.How.choices,
                initial=chosen.get(kind.key, default_of(kind)),
                widget=forms.RadioSelect,
                error_messages={"required": "Choose how you want these messages"},
            )
        self.look = {kind.key: FieldOptions(small=True, inline=True) for kind in kinds}
