"""Applications as both sides read them: the council's queue, the provider's list, and one application."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from providers.people.rules import can
from providers.people.selectors import names_told_to
from providers.purchasing.models import Application, PurchasingSystem
from providers.purchasing.rules import check_can_assess, check_can_prepare, check_can_withdraw
from providers.purchasing.selectors import documents_asked_for, missing_of
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.lists import page_of
from workflows.applications.exclusion_presenter import exclusion_context
from workflows.applications.selectors import (
    STAGES,
    documents_not_asked_for,
    ended_of,
    line_of,
    lines,
    queue_of,
    steps_for,
    tasks_of_draft,
    visible_checks,
    visible_lots,
    with_lots,
    with_replaced,
)


class Applications(PermissionMixin, TemplateView):
    """For a council the queue; for a provider its own applications and the systems that are open."""

    permission = Permission.VIEW_CASES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.scope.is_agency:
            raise Http404

    def get_template_names(self) -> list[str]:
        provider = self.request.user.scope.is_provider
        return ["applications/own_applications.html" if provider else "applications/queue.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.own() if self.request.user.scope.is_provider else self.queue()
        return super().get_context_data(**about, **kwargs)

    def own(self) -> dict:
        user = self.request.user
        own = with_lots(Application.objects.visible_to(user)).order_by("-started_at")
        systems = PurchasingSystem.objects.visible_to(user).open_on(today()).select_related("council")
        return {"applications": own, "systems": systems, "may_apply": user.scope.may(Permission.APPLY)}

    def queue(self) -> dict:
        if "ended" in self.request.GET:
            return {"ended": page_of(self.request, ended_of(self.request.user))}
        waiting = lines(queue_of(self.request.user), today())
        counts = {stage: sum(line.stage == stage for line in waiting) for stage in STAGES}
        chosen = self.request.GET.get("stage", "")
        shown = [line for line in waiting if chosen in ("", line.stage)]
        page = page_of(self.request, shown)
        return {
            "page_obj": page,
            "counts": counts.items(),
            "overdue": sum(line.is_overdue for line in waiting),
            "chosen": chosen if chosen in STAGES else "",
        }


class ApplicationMixin(PermissionMixin):
    """One application that the reader may see; whoever `may_see` refuses finds no page."""

    permission = Permission.VIEW_CASES
    may_see: Callable[..., None] | None = None

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Application.objects.visible_to(request.user).with_names()
        self.application = get_object_or_404(visible, public_id=kwargs["public_id"])
        if self.may_see and not can(type(self).may_see, request.user, self.application):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, **kwargs)


class ApplicationPage(ApplicationMixin, TemplateView):
    """A draft as a list of what is left to do; once sent, where each lot stands."""

    def get_template_names(self) -> list[str]:
        return ["applications/draft.html" if self.application.is_draft else "applications/application.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.draft() if self.application.is_draft else self.sent()
        return super().get_context_data(**about, **kwargs)

    def draft(self) -> dict:
        user, application = self.request.user, self.application
        return {
            "tasks": tasks_of_draft(application),
            "missing": missing_of(application),
            "may_prepare": can(check_can_prepare, user, application),
        }

    def sent(self) -> dict:
        user = self.request.user
        asked_for = documents_asked_for(self.application)
        application = with_lots(Application.objects.filter(pk=self.application.pk)).get()
        own_council = user.scope.organisation_id == application.system.council_id
        return {
            "line": line_of(application, today()),
            "lots": visible_lots(application, user),
            "checks": with_replaced(visible_checks(application, user)),
            "asked_for": asked_for,
            "also_sent": documents_not_asked_for(application, asked_for),
            "questions": application.clarifications.select_related("lot__lot"),
            "steps": steps_for(application, user),
            "may_withdraw": can(check_can_withdraw, user, application),
            "may_exempt": own_council and user.scope.may(Permission.DECIDE_SUSPENSIONS),
            "may_assess": can(check_can_assess, user, application),
            "timeline": timeline(application, names=names_told_to(user)),
        } | exclusion_context(application, user)
