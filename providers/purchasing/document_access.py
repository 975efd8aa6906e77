"""Councils read what was sent with an application they see, and its contents stay once it was sent."""

from django.db.models import Q

from providers.documents import access_rules
from providers.purchasing.models import Application, ApplicationDocument
from qa_portal.core.access.scope import scope_of


@access_rules.register_reader
def sent_with_applications(user) -> Q:
    if not scope_of(user).is_council:
        return access_rules.NOTHING
    sent = ApplicationDocument.objects.visible_to(user)
    return Q(pk__in=sent.values("document"))


@access_rules.register_retention_hold
def sent_and_not_withdrawn() -> Q:
    sent = ApplicationDocument.objects.exclude(
        application__state__in=[Application.State.DRAFT, Application.State.WITHDRAWN]
    )
    return Q(pk__in=sent.values("document"))
