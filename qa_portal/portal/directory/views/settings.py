from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView

from inspections.issues.selectors import suspension_of
from inspections.scorecards.queries import may_read_setting
from providers.contracts.models import PlacingCount
from providers.directory.models import ContactNote, Premises, SettingContact, SettingOwnership
from providers.directory.services import check_can_change_place, check_can_edit
from providers.people.models import SettingLead
from providers.people.rules import can, check_can_name_lead
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.charts import step_chart
from qa_portal.portal.directory.cases import cases_of
from qa_portal.portal.directory.grades import grade_bands, grade_history, inspections_of
from qa_portal.portal.directory.selectors import (
    directory_of,
    file_it_is_gone_from,
    with_grades,
    withdrawn_file_of,
)


class SettingMixin(PermissionMixin):
    """Pages about one setting; `rule` guards the page as it does the service."""

    permission = Permission.VIEW_REGISTER
    rule = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        visible = directory_of(request.user, today()).with_address_rule(request.user)
        self.setting = get_object_or_404(visible, public_id=kwargs["public_id"])
        if self.rule and not can(type(self).rule, request.user, self.setting):
            raise Http404

    def get_context_data(self, **kwargs):
        return super().get_context_data(setting=self.setting, **kwargs)


class SettingPage(SettingMixin, DetailView):
    template_name = "directory/setting.html"

    def get_object(self, queryset=None):
        return self.setting

    def get_context_data(self, **kwargs):
        user, [setting] = self.request.user, with_grades([self.setting])
        inspections = inspections_of(setting, user)
        history = grade_history(inspections)
        owners = SettingOwnership.objects.visible_to(user).filter(setting=setting)
        owners = owners.select_related("provider__merger__into")
        seen = PlacingCount.objects.visible_to(user).filter(setting=setting)
        counts = seen.holding(today()).filter(count__gt=0) | seen.waiting(today())
        leads = SettingLead.objects.visible_to(user).in_force(today()).filter(setting=setting)
        return super().get_context_data(
            lead=leads.with_names().first(),
            may_name_lead=can(check_can_name_lead, user, setting),
            inspections=inspections,
            history=history[::-1],
            chart=step_chart(
                grade_bands(history, today()), title="Grades over time", chart_id="grade-history"
            ),
            owners=owners,
            owner=next((owned.provider.present for owned in owners if owned.to_on is None), None),
            counts=counts.select_related("placing_authority").order_by("placing_authority__name", "as_at"),
            gone_from=file_it_is_gone_from(setting, user),
            withdrawn_file=withdrawn_file_of(setting, user),
            may_edit=can(check_can_edit, user, setting),
            may_change_place=can(check_can_change_place, user, setting),
            may_count=user.scope.may(Permission.RECORD_PLACING_COUNTS),
            suspended_on=suspension_of(setting, user),
            cases=cases_of(setting, user),
            may_read_scorecard=may_read_setting(user, setting),
            **self.private_parts(),
            **kwargs,
        )

    def private_parts(self) -> dict:
        """What only those who know the setting see; its history tells old addresses, so it is among them."""
        user, setting = self.request.user, self.setting
        contacts = list(SettingContact.objects.visible_to(user).filter(setting=setting))
        premises = list(Premises.objects.visible_to(user).filter(setting=setting))
        known = type(setting).objects.known_to(user).filter(pk=setting.pk).exists()
        told = timeline(setting, *contacts, *premises, names=names_told_to(user)) if known else None
        return {
            "known": known,
            "declared": setting.is_declared,
            "may_plan": known and user.scope.may(Permission.PLAN_VISITS),
            "may_rate": known and user.scope.may(Permission.RECORD_INSPECTIONS),
            "may_raise": known and user.scope.is_council and user.scope.may(Permission.RAISE_ISSUES),
            "contacts": [contact for contact in contacts if contact.to_on is None],
            "past_contacts": [contact for contact in contacts if contact.to_on],
            "premises": premises,
            "notes": ContactNote.objects.visible_to(user).filter(setting=setting) if known else None,
            "timeline": told,
            "may_see_messages": user.scope.may(Permission.VIEW_CASES) and (known or user.scope.is_council),
        }
