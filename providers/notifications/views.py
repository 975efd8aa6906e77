import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.views.generic import DetailView, View

from providers.directory.models import Setting
from providers.notifications.forms import PreferencesForm
from providers.notifications.models import Notification
from providers.notifications.rendering import facts_of
from providers.notifications.selectors import choosable_kinds, compulsory_kinds, outbox, preferences_of
from providers.notifications.services import choose_messages, try_again
from providers.people.models import Organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin, SignedInMixin
from qa_portal.core.dates import at_london, today
from qa_portal.core.ui.lists import ScopedListView
from qa_portal.core.ui.views import ServiceFormView

State = Notification.State


class MessageList(ScopedListView):
    """Messages to the person, whether they were mailed or not."""

    template_name = "notifications/messages.html"

    def visible(self) -> Any:
        return Notification.objects.addressed_to(self.request.user).without_digests()


class MessagePage(SignedInMixin, DetailView):
    """One message: what it tells, and the mail as it left."""

    template_name = "notifications/message.html"
    context_object_name = "told"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Notification.objects.visible_to(request.user).with_names()
        self.message = get_object_or_404(visible, public_id=kwargs["public_id"])

    def get_object(self, queryset: Any = None) -> Any:
        return self.message

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, message = self.request.user, self.message
        return super().get_context_data(
            facts=list(facts_of(message)),
            items=message.items.with_names().order_by("created_at", "pk"),
            is_own=message.to.person_id == user.person_id,
            is_colleague=message.to.organisation_id == user.scope.organisation_id,
            **kwargs,
        )


class CalendarEntry(View):
    """For a mail program that did not take up the invitation by itself."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        own = Notification.objects.addressed_to(request.user).exclude(invitation="")
        self.message = get_object_or_404(own, public_id=kwargs["public_id"])

    def get(self, request: Any, public_id: Any) -> HttpResponse:
        response = HttpResponse(self.message.invitation, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
        return response


class SettingMessages(PermissionMixin, ScopedListView):
    """Messages about one setting: a council sees all of its own, a provider those to its own people."""

    model = Notification
    permission = Permission.VIEW_CASES
    template_name = "notifications/setting_messages.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Setting.objects.visible_to(request.user).with_names()
        if request.user.scope.is_provider:
            visible = visible.known_to(request.user)
        self.setting = get_object_or_404(visible, public_id=kwargs["public_id"])

    def visible(self) -> Any:
        return super().visible().filter(setting=self.setting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.request.user.scope.organisation_id
        return super().get_context_data(setting=self.setting, own=own, **kwargs)


class Preferences(ServiceFormView):
    form_class = PreferencesForm
    template_name = "notifications/preferences.html"
    page_title = "Email settings"
    button = "Save"
    success_url = reverse_lazy("message_preferences")

    @property
    def organisation(self) -> Organisation:
        return self.request.user.membership.organisation

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "kinds": choosable_kinds(self.organisation),
            "organisation_kind": self.organisation.kind,
            "chosen": preferences_of(self.request.user.person),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.organisation.kind
        labels = [one.label_for(kind) for one in compulsory_kinds(self.organisation)]
        return super().get_context_data(compulsory=labels, **kwargs)

    def act(self, form: Any) -> None:
        choose_messages(by=self.request.user, choices=form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "Your choice is saved."


class MailMixin(SignedInMixin):
    """For whoever looks after people: the installation's administrator, and each council's."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        scope = request.user.scope
        self.may_try_again = scope.may(Permission.MANAGE_INSTALLATION)
        if not self.may_try_again and not (scope.is_council and scope.may(Permission.MANAGE_COLLEAGUES)):
            raise Http404


class MailPage(MailMixin, ScopedListView):
    """Numbers, and the messages that could not be delivered: to which organisation, and the kind of error."""

    template_name = "notifications/mail.html"

    def visible(self) -> Any:
        messages = Notification.objects.looked_after_by(self.request.user)
        failing = messages.exclude(error="").filter(state__in=[State.WAITING, State.DEAD])
        return failing.order_by("state", "next_try_at")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        messages = Notification.objects.looked_after_by(self.request.user)
        return super().get_context_data(
            outbox=outbox(messages, since=at_london(today(), dt.time())),
            may_try_again=self.may_try_again,
            **kwargs,
        )


class TryAgain(MailMixin, ServiceFormView):
    """All that could not be delivered, or one message."""

    button = "Try again"
    success_url = reverse_lazy("mail")
    intro = "They are mailed at the next pass of the worker, within a minute or so."
    page_title = "Try again what could not be delivered"
    message = None

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.may_try_again:
            raise Http404
        if "public_id" in kwargs:
            dead = Notification.objects.looked_after_by(request.user).filter(state=State.DEAD)
            self.message = get_object_or_404(dead, public_id=kwargs["public_id"])

    def act(self, form: Any) -> None:
        self.started = try_again(by=self.request.user, message=self.message)

    def success_message(self, form: Any) -> str:
        return f"{self.started} message{'' if self.started == 1 else 's'} will be tried again."
