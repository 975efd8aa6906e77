from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView

from providers.people.forms import (
    EndMembershipForm,
    InviteForm,
    ReassignWorkForm,
    ResetSecondFactorForm,
)
from providers.people.models import Invitation, Membership, SecondFactorReset
from providers.people.rules import (
    can,
    check_can_end,
    check_can_reassign,
    check_can_record_absence,
    check_can_reset_second_factor,
    roles_to_invite,
)
from providers.people.selectors import names_told_to
from providers.people.services.invitations import invite, invite_again, withdraw
from providers.people.services.memberships import end_membership, reassign_work
from providers.people.services.second_factor import reset_second_factor
from providers.people.views.organisations import OrganisationMixin
from qa_portal.core import handover
from qa_portal.core.access.log import record_access
from qa_portal.core.access.views import SignedInMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.ui.views import ServiceFormView


class InviteSomebody(OrganisationMixin, ServiceFormView):
    form_class = InviteForm
    button = "Send the invitation"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not roles_to_invite(request.user, self.organisation):
            raise Http404

    @property
    def page_title(self) -> str:
        return f"Invite somebody to {self.organisation}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "organisation": self.organisation}

    def act(self, form: Any) -> None:
        invite(by=self.request.user, organisation=self.organisation, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"The invitation is on its way to {form.cleaned_data['email']}."

    def get_success_url(self) -> str:
        return reverse("organisation", args=[self.organisation.public_id])


class InvitationStep(ServiceFormView):
    """Something done to an open invitation that the user may see."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Invitation.objects.visible_to(request.user).select_related("organisation")
        self.invitation = get_object_or_404(visible, public_id=kwargs["public_id"])
        offered = roles_to_invite(request.user, self.invitation.organisation)
        if self.invitation.role not in {role.key for role in offered}:
            raise Http404

    def get_success_url(self) -> str:
        return reverse("organisation", args=[self.invitation.organisation.public_id])


class SendInvitationAgain(InvitationStep):
    page_title = "Send the invitation again"
    intro = "They get a new link. The old link stops working."
    button = "Send again"

    def act(self, form: Any) -> None:
        invite_again(by=self.request.user, invitation=self.invitation)

    def success_message(self, form: Any) -> str:
        return "The invitation is sent again."


class WithdrawInvitation(InvitationStep):
    page_title = "Withdraw the invitation"
    intro = "The link in their mail stops working."
    button = "Withdraw"

    def act(self, form: Any) -> None:
        withdraw(by=self.request.user, invitation=self.invitation)

    def success_message(self, form: Any) -> str:
        return "The invitation is withdrawn."


class MembershipMixin(SignedInMixin):
    """Pages about one person's membership that the user may see; whoever `may_see` refuses finds no page."""

    may_see: Callable[..., None] | None = None

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Membership.objects.visible_to(request.user).with_names()
        self.membership = get_object_or_404(visible, public_id=kwargs["public_id"])
        if self.may_see and not can(type(self).may_see, request.user, self.membership):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(membership=self.membership, **kwargs)

    def get_success_url(self) -> str:
        return reverse("membership", args=[self.membership.public_id])


class MembershipPage(MembershipMixin, DetailView):
    template_name = "people/membership.html"

    def get_object(self, queryset: Any = None) -> Any:
        return self.membership

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, membership = self.request.user, self.membership
        resets = SecondFactorReset.objects.visible_to(user).filter(person=membership.person)
        own = membership.organisation_id == user.scope.organisation_id
        return super().get_context_data(
            held=[kind.in_words(count) for kind, count in handover.assigned_to(membership)] if own else [],
            may_end=can(check_can_end, user, membership),
            may_reassign=can(check_can_reassign, user, membership),
            may_reset=can(check_can_reset_second_factor, user, membership),
            may_record_absence=can(check_can_record_absence, user, membership),
            resets=resets.select_related("by__details", "by_organisation"),
            timeline=timeline(membership, names=names_told_to(user)),
            **kwargs,
        )


class EndMembership(MembershipMixin, ServiceFormView):
    may_see = check_can_end
    form_class = EndMembershipForm
    button = "End the membership"
    template_name = "people/end_membership.html"

    @property
    def page_title(self) -> str:
        return f"End {self.membership.person}'s membership"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.held = handover.assigned_to(self.membership)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "membership": self.membership,
            "user": self.request.user,
            "has_work": bool(self.held),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(held=[k.in_words(n) for k, n in self.held], **kwargs)

    def act(self, form: Any) -> None:
        self.closed = end_membership(by=self.request.user, membership=self.membership, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        name = self.membership.person
        return f"{name}'s account is closed." if self.closed else f"{name}'s membership is ended."

    def get_success_url(self) -> str:
        return reverse("organisation", args=[self.membership.organisation.public_id])


class ReassignWork(MembershipMixin, ServiceFormView):
    may_see = check_can_reassign
    form_class = ReassignWorkForm
    button = "Hand over the work"
    template_name = "people/reassign.html"

    @property
    def page_title(self) -> str:
        return f"Hand over {self.membership.person}'s work"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"membership": self.membership, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = [kind.in_words(count) for kind, count in handover.assigned_to(self.membership)]
        return super().get_context_data(held=held, **kwargs)

    def act(self, form: Any) -> None:
        self.moved = reassign_work(by=self.request.user, of=self.membership, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{self.moved} piece{'' if self.moved == 1 else 's'} of work changed hands."


class ResetSecondFactor(MembershipMixin, ServiceFormView):
    may_see = check_can_reset_second_factor
    form_class = ResetSecondFactorForm
    button = "Reset two-step verification"
    intro = (
        "They are signed out everywhere. At their next sign-in they set up two-step verification again."
        " Do this only when you are sure who is asking."
    )

    @property
    def page_title(self) -> str:
        return f"Reset two-step verification for {self.membership.person}"

    def get_form_kwargs(self) -> dict[str, Any]:
        own = self.membership.organisation_id == self.request.user.scope.organisation_id
        return super().get_form_kwargs() | {"own_people": own}

    def act(self, form: Any) -> None:
        reset_second_factor(by=self.request.user, membership=self.membership, **form.call)

    def success_message(self, form: Any) -> str:
        return "Two-step verification is reset."


class ResetRecord(DetailView):
    """Restricted: reading it is written in the access log."""

    template_name = "people/reset_record.html"
    context_object_name = "reset"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = SecondFactorReset.objects.visible_to(request.user).select_related(
            "person__details", "organisation", "by__details", "by_organisation"
        )
        self.reset = get_object_or_404(visible, public_id=kwargs["public_id"])

    def get_object(self, queryset: Any = None) -> Any:
        record_access(by=self.request.user, item="two-step verification reset", item_id=self.reset.public_id)
        return self.reset
