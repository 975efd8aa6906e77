"""Pages that compose what every slice knows."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from providers.people.models import Invitation, Membership, Organisation, Share
from providers.people.rules import roles_to_invite
from providers.people.selectors import told_names
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.portal.more import entries_for
from workflows.shared.lines import line_of
from workflows.shared.selectors import count_overdue, open_tasks

MOST_STEPS, MOST_CHANGES = 8, 5


class Home(TemplateView):
    """What waits for the person, and what changed where they work."""

    template_name = "portal/home.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        invitations = Invitation.objects.visible_to(user).open().select_related("organisation")
        organisation = Organisation.objects.visible_to(user).get(pk=user.scope.organisation_id)
        colleagues = Membership.objects.visible_to(user).in_force().filter(organisation=organisation)
        shares = Share.objects.visible_to(user).in_force(today())
        steps = open_tasks(user)
        return super().get_context_data(
            steps=count_overdue(steps),
            lines=[line_of(task, user) for task in steps[:MOST_STEPS]],
            organisation=organisation,
            invitations=list(invitations[:20]),
            may_invite=bool(roles_to_invite(user, organisation)),
            colleagues=colleagues.count() if user.scope.may(Permission.VIEW_COLLEAGUES) else None,
            shares=shares.count() if user.scope.may(Permission.MANAGE_SHARES) else None,
            timeline=timeline(organisation, *recent(colleagues), names=told_names, limit=MOST_CHANGES),
            **kwargs,
        )


class More(TemplateView):
    """Everything that is opened now and then."""

    template_name = "portal/more.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(groups=entries_for(self.request.user.scope), **kwargs)


def recent(colleagues) -> list[Membership]:
    return list(colleagues.order_by("-from_on", "-pk")[:MOST_CHANGES])


@method_decorator(login_not_required, name="dispatch")
class Help(TemplateView):
    template_name = "portal/help.html"


@method_decorator(login_not_required, name="dispatch")
class Accessibility(TemplateView):
    template_name = "portal/accessibility.html"


@method_decorator(login_not_required, name="dispatch")
class Privacy(TemplateView):
    template_name = "portal/privacy.html"
