"""Messages that the flow sends: they lead to the portal and say nothing of what stands there."""

from django.urls import reverse

from providers.notifications.kinds import DECISION
from providers.notifications.services import About, notify_holders
from providers.people.services.organisations import provider_organisation
from providers.purchasing.models import Application
from qa_portal.core.access.permissions import Permission


def notify_outcome_letters(application: Application) -> None:
    """Tell those who apply for the provider, once for each application."""
    notify_holders(
        permission=Permission.APPLY,
        organisation=provider_organisation(application.provider),
        key=f"letters:{application.public_id}",
        kind=DECISION,
        about=About(
            path=reverse("application", args=[application.public_id]),
            council=application.system.council,
            provider=application.provider,
            subject_kind="application",
            subject_id=application.public_id,
        ),
    )
