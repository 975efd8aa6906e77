"""The council's pages of campaigns."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from inspections.question_sets.models import QuestionSet, QuestionSetVersion
from inspections.self_assessments.models import Campaign, SelfAssessment, State
from inspections.self_assessments.selectors import COUNTED, counts, progress_status, settings_to_ask
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.bars import BarPart, share_bar
from qa_portal.core.ui.lists import page_of
from qa_portal.core.ui.views import ServiceFormView
from workflows.self_assessments.forms import CampaignForm
from workflows.self_assessments.presenters import progress_tag
from workflows.self_assessments.services import start_campaign

FILLS = {
    "not_started": ("#cecece", "#0b0c0c"),
    "in_progress": ("#1d70b8", "#ffffff"),
    "overdue": ("#ca3535", "#ffffff"),
    State.SUBMITTED: ("#54319f", "#ffffff"),
    State.RETURNED: ("#ffdd00", "#0b0c0c"),
    State.VALIDATED: ("#0f7a52", "#ffffff"),
    State.NOT_RETURNED: ("#484949", "#ffffff"),
}


class CampaignsMixin(PermissionMixin):
    permission = Permission.VIEW_CASES

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.scope.is_council:
            raise Http404


class Campaigns(CampaignsMixin, TemplateView):
    template_name = "self_assessments/campaigns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        campaigns = Campaign.objects.visible_to(user).select_related("version__question_set")
        page = page_of(
            self.request,
            campaigns.annotate(
                asked=Count("assessments"),
                validated=Count("assessments", filter=Q(assessments__state=State.VALIDATED)),
                to_validate=Count("assessments", filter=Q(assessments__state=State.SUBMITTED)),
            ).order_by("-opens_on", "-pk"),
        )
        return super().get_context_data(
            page_obj=page, may_open=user.scope.may(Permission.MANAGE_CAMPAIGNS), **kwargs
        )


class ChooseQuestionSet(CampaignsMixin, TemplateView):
    """Choose the question set, on which the settings to choose from depend."""

    permission = Permission.MANAGE_CAMPAIGNS
    template_name = "self_assessments/choose_question_set.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = QuestionSetVersion.objects.visible_to(self.request.user).in_force(today())
        versions = versions.select_related("question_set").order_by(
            "question_set__order", "question_set__name"
        )
        return super().get_context_data(
            versions=versions.annotate(questions=Count("standards__questions")), **kwargs
        )


class OpenCampaign(CampaignsMixin, ServiceFormView):
    permission = Permission.MANAGE_CAMPAIGNS
    template_name = "self_assessments/open_campaign.html"
    form_class = CampaignForm
    button = "Open the campaign"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        question_sets = QuestionSet.objects.visible_to(request.user)
        self.question_set = get_object_or_404(question_sets, code=kwargs["code"])
        version = self.question_set.versions.visible_to(request.user).in_force(today()).first()
        if version is None:
            raise Http404
        settings = settings_to_ask(request.user, version)
        self.asked = [setting for setting in settings if not setting.obstacle]
        self.not_asked = [setting for setting in settings if setting.obstacle]

    @property
    def page_title(self) -> str:
        return f"Open a campaign: {self.question_set.name.lower()}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"asked": self.asked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=self.asked, not_asked=self.not_asked, **kwargs)

    def act(self, form: Any) -> None:
        told = form.cleaned_data
        self.campaign = start_campaign(
            by=self.request.user,
            question_set=self.question_set,
            settings=form.settings,
            **{name: told[name] for name in ("name", "opens_on", "due_on", "validation_due_on")},
        )

    def success_message(self, form: Any) -> str:
        number = len(form.settings)
        return f"{self.campaign} asks {number} setting{'' if number == 1 else 's'}."

    def get_success_url(self) -> str:
        return reverse("campaign", args=[self.campaign.public_id])


class CampaignPage(CampaignsMixin, TemplateView):
    template_name = "self_assessments/campaign.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = Campaign.objects.visible_to(request.user).select_related("version__question_set", "council")
        self.campaign = get_object_or_404(visible, public_id=kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        everything = list(
            SelfAssessment.objects.visible_to(user)
            .filter(campaign=self.campaign)
            .with_progress()
            .select_related("campaign", "setting__provision_type", "provider")
            .order_by("setting__working_name", "setting__ofsted_name", "setting__urn")
        )
        number_of, chosen = counts(everything), self.request.GET.get("state", "")
        shown = [one for one in everything if not chosen or progress_status(one) == chosen]
        page = page_of(self.request, shown)
        parts = [BarPart(label, number_of[key], *FILLS[key]) for key, label in COUNTED]
        return super().get_context_data(
            campaign=self.campaign,
            total=len(everything),
            chosen=dict(COUNTED).get(chosen, ""),
            counted=[(key, label, number_of[key]) for key, label in COUNTED if number_of[key]],
            bar=share_bar(parts, title="Self-assessments by progress", chart_id="standings"),
            page_obj=page,
            lines=[(one, *progress_tag(one)) for one in page],
            timeline=timeline(self.campaign, names=names_told_to(user)),
            **kwargs,
        )
