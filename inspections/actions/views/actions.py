from typing import Any

from django.views.generic import DetailView

from inspections.actions.selectors import provider_timeline
from inspections.actions.views.steps import STEPS, ActionMixin
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.audit.timeline import timeline


class ActionPage(ActionMixin, DetailView):
    template_name = "actions/action.html"

    def get_object(self, queryset: Any = None) -> Any:
        return self.action

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, action = self.request.user, self.action
        evidence = list(action.evidence.select_related("added_by__organisation", "document"))
        return super().get_context_data(
            steps=[(step.name, step.link) for step in STEPS if can(step.may_do, user, action)],
            evidence=evidence,
            extensions=list(action.extensions.all()),
            timeline=self.told(evidence),
            **kwargs,
        )

    def told(self, evidence: Any) -> list:
        """Return the whole timeline for the council; for others one without the council's drafts."""
        if not self.request.user.scope.is_council:
            return provider_timeline(self.action)
        return timeline(self.action, *evidence, names=names_told_to(self.request.user))
