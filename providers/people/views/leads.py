"""Who looks after which setting, and who is away."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from providers.directory.models import Setting
from providers.people.filters import LeadFilter
from providers.people.lead_forms import AbsenceForm, EndLeadForm, LeadForm, LeadsForm
from providers.people.models import Absence, Membership, SettingLead
from providers.people.rules import can, check_can_name_lead, check_can_record_absence
from providers.people.selectors import absent_on, names_told_to
from providers.people.services.leads import end_absence, end_lead, name_lead, name_leads, record_absence
from providers.people.views.members import MembershipMixin
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.lists import page_of
from qa_portal.core.ui.views import ServiceFormView


class LeadList(PermissionMixin, ServiceFormView):
    """The council's settings with their officers; those that are ticked get the officers chosen below."""

    permission = Permission.MANAGE_LEADS
    form_class = LeadsForm
    template_name = "people/leads.html"
    page_title = "Lead officers"

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, today()
        settings = Setting.objects.known_to(user).exclude(registration_state__is_open=False)
        found = LeadFilter(self.request.GET, settings.with_names(), user=user)
        page = page_of(self.request, found.qs)
        named = SettingLead.objects.visible_to(user).in_force(now).filter(setting__in=page.object_list)
        leads = {row.setting_id: row for row in named.with_names()}
        return super().get_context_data(
            filter=found,
            page_obj=page,
            rows=[(setting, leads.get(setting.pk)) for setting in page.object_list],
            away=set(
                absent_on(now).filter(organisation=user.scope.organisation_id).values_list("pk", flat=True)
            ),
            **kwargs,
        )

    def act(self, form: Any) -> None:
        self.named = len(name_leads(by=self.request.user, **form.cleaned_data))

    def success_message(self, form: Any) -> str:
        lead = form.cleaned_data["lead"].person
        return f"{lead} leads {self.named} setting{'' if self.named == 1 else 's'}."

    def get_success_url(self) -> str:
        return self.request.get_full_path()


class LeadStep(ServiceFormView):
    """One setting that the user may name a lead of."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Setting.objects.visible_to(request.user).with_names()
        self.setting = get_object_or_404(visible, public_id=kwargs["public_id"])
        if not can(check_can_name_lead, request.user, self.setting):
            raise Http404
        leads = SettingLead.objects.visible_to(request.user).filter(setting=self.setting)
        self.leads = list(leads.with_names())

    @property
    def last(self) -> SettingLead | None:
        return next((row for row in self.leads if row.to_on is None), None)

    def get_success_url(self) -> str:
        return reverse("set_lead", args=[self.setting.public_id])


class SetLead(LeadStep):
    form_class = LeadForm
    template_name = "people/set_lead.html"
    button = "Save"

    @property
    def page_title(self) -> str:
        return f"Lead officer of {self.setting}"

    def get_initial(self) -> dict[str, Any]:
        officers = {"lead": self.last.lead_id, "deputy": self.last.deputy_id} if self.last else {}
        return officers | {"on": today()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            setting=self.setting,
            leads=self.leads,
            last=self.last,
            today=today(),
            timeline=timeline(*self.leads, names=names_told_to(self.request.user)),
            **kwargs,
        )

    def act(self, form: Any) -> None:
        name_lead(by=self.request.user, setting=self.setting, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{form.cleaned_data['lead'].person} is the lead officer."


class EndLead(LeadStep):
    form_class = EndLeadForm
    button = "End without a successor"
    intro = "Tasks about the setting then go to everybody whose role allows them."

    @property
    def page_title(self) -> str:
        return f"Nobody leads {self.setting}"

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: Any) -> None:
        end_lead(by=self.request.user, setting=self.setting, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"Nobody leads {self.setting} from {form.cleaned_data['on']:%-d %B %Y}."


class AbsencePage(ServiceFormView):
    """What is recorded of one membership, and a form for more."""

    form_class = AbsenceForm
    template_name = "people/absences.html"
    button = "Record the absence"
    membership: Membership

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        absences = Absence.objects.visible_to(self.request.user).not_over(today())
        return super().get_context_data(absences=absences.filter(membership=self.membership), **kwargs)

    def act(self, form: Any) -> None:
        self.absence = record_absence(by=self.request.user, membership=self.membership, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{self.absence}: recorded."


class MyAbsences(AbsencePage):
    page_title = "Your absences"
    success_url = reverse_lazy("my_absences")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.membership = request.user.membership

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(membership=self.membership, **kwargs)


class ColleagueAbsences(MembershipMixin, AbsencePage):
    """For whoever names the leads: a colleague who cannot record it."""

    may_see = check_can_record_absence

    @property
    def page_title(self) -> str:
        return f"Absences of {self.membership.person}"

    def get_success_url(self) -> str:
        return reverse("absences_of", args=[self.membership.public_id])


class EndAbsence(ServiceFormView):
    button = "End the absence"
    intro = "An absence that has begun ends today; one that has not is called off."

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Absence.objects.visible_to(request.user).not_over(today())
        visible = visible.select_related("membership__person__details", "membership__organisation")
        self.absence = get_object_or_404(visible, public_id=kwargs["public_id"])
        if not can(check_can_record_absence, request.user, self.absence.membership):
            raise Http404

    @property
    def is_own(self) -> bool:
        return self.absence.membership.person_id == self.request.user.person_id

    @property
    def page_title(self) -> str:
        return "End your absence" if self.is_own else f"End the absence of {self.absence.membership.person}"

    def act(self, form: Any) -> None:
        end_absence(by=self.request.user, absence=self.absence)

    def success_message(self, form: Any) -> str:
        return "The absence is ended."

    def get_success_url(self) -> str:
        if self.is_own:
            return reverse("my_absences")
        return reverse("absences_of", args=[self.absence.membership.public_id])
