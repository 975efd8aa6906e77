"""A setting's page: the overview, and a tab at an address of its own for each kind of fact."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from inspections.issues.selectors import suspension_of
from providers.contracts.models import PlacingCount
from providers.directory.models import ContactNote, Premises, SettingContact, SettingOwnership
from providers.directory.services import check_can_change_place, check_can_edit
from providers.people.rules import can
from providers.people.selectors import names_told_to
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.charts import step_chart
from qa_portal.portal.directory.cases import cases_of
from qa_portal.portal.directory.grades import grade_bands, grade_history, inspections_of
from qa_portal.portal.directory.hub import TABS, Reader, cards_for, tabs_for
from qa_portal.portal.directory.selectors import (
    directory_of,
    file_it_is_gone_from,
    with_grades,
    withdrawn_file_of,
)


class SettingMixin(PermissionMixin):
    """A page about one setting; whoever `may_see` refuses finds no page."""

    permission = Permission.VIEW_REGISTER
    may_see: Callable[..., None] | None = None

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        visible = directory_of(request.user, today()).with_address_rule(request.user)
        self.setting = get_object_or_404(visible, public_id=kwargs["public_id"])
        if self.may_see and not can(type(self).may_see, request.user, self.setting):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(setting=self.setting, **kwargs)


class SettingTab(SettingMixin, TemplateView):
    """One tab of a setting's page; `page` is the name of its address, as in `hub.TABS`."""

    page: str
    reader: Reader

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        with_grades([self.setting])
        self.reader = Reader(request.user, self.setting)
        [tab] = [tab for tab in TABS if tab.page == self.page]
        if not tab.is_open(self.reader):
            raise Http404
        self.label = tab.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tabs=tabs_for(self.reader, self.page),
            tab=self.label,
            known=self.reader.knows,
            **kwargs,
        )


class SettingPage(SettingTab):
    """The overview: what matters at a glance, what the reader may do, and what the register says."""

    page = "setting"
    template_name = "directory/setting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, setting, known = self.request.user, self.setting, self.reader.knows
        may = user.scope.may
        owned = SettingOwnership.objects.visible_to(user).filter(setting=setting, to_on=None)
        owner = owned.select_related("provider__merger__into").first()
        return super().get_context_data(
            cards=cards_for(self.reader),
            owner=owner.provider.present if owner else None,
            counts=counts_seen(setting, user),
            gone_from=file_it_is_gone_from(setting, user),
            withdrawn_file=withdrawn_file_of(setting, user),
            suspended_on=suspension_of(setting, user),
            may_change_place=can(check_can_change_place, user, setting),
            may_count=may(Permission.RECORD_PLACING_COUNTS),
            may_plan=known and may(Permission.PLAN_VISITS),
            may_rate=known and may(Permission.RECORD_INSPECTIONS),
            may_raise=known and user.scope.is_council and may(Permission.RAISE_ISSUES),
            may_see_messages=may(Permission.VIEW_CASES) and (known or user.scope.is_council),
            declared=setting.is_declared,
            **kwargs,
        )


class SettingInspections(SettingTab):
    """Ofsted's inspections, the newest open and older ones folded, and the grades over time."""

    page = "setting_inspections"
    template_name = "directory/setting_inspections.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inspections = inspections_of(self.setting, self.request.user)
        history = grade_history(inspections)
        chart = step_chart(grade_bands(history, today()), title="Grades over time", chart_id="grade-history")
        return super().get_context_data(
            inspections=inspections[:1],
            older=inspections[1:],
            asked_for_older=self.request.GET.get("inspection")
            in {str(one.public_id) for one in inspections[1:]},
            history=history[::-1],
            chart=chart,
            **kwargs,
        )


class SettingMonitoring(SettingTab):
    """Monitoring visits, contract issues, actions and self-assessments, as far as the reader was told."""

    page = "setting_monitoring"
    template_name = "directory/setting_monitoring.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cases=cases_of(self.setting, self.request.user), **kwargs)


class SettingOwners(SettingTab):
    """Who owned it when, and which councils use it."""

    page = "setting_owners"
    template_name = "directory/setting_owners.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        owners = SettingOwnership.objects.visible_to(user).filter(setting=self.setting)
        return super().get_context_data(
            owners=owners.select_related("provider__merger__into"),
            counts=counts_seen(self.setting, user),
            may_count=user.scope.may(Permission.RECORD_PLACING_COUNTS),
            **kwargs,
        )


class SettingContacts(SettingTab):
    """Whom to ring, where its premises are, and the council's own notes."""

    page = "setting_contacts"
    template_name = "directory/setting_contacts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, setting = self.request.user, self.setting
        contacts = list(SettingContact.objects.visible_to(user).filter(setting=setting))
        return super().get_context_data(
            may_edit=can(check_can_edit, user, setting),
            may_change_place=can(check_can_change_place, user, setting),
            contacts=[contact for contact in contacts if contact.to_on is None],
            past_contacts=[contact for contact in contacts if contact.to_on],
            premises=Premises.objects.visible_to(user).filter(setting=setting),
            notes=ContactNote.objects.visible_to(user).filter(setting=setting),
            **kwargs,
        )


class SettingHistory(SettingTab):
    """Every change with who made it and why; it tells old addresses, so it is for those who know the setting."""

    page = "setting_history"
    template_name = "directory/setting_history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, setting = self.request.user, self.setting
        parts = [
            *SettingContact.objects.visible_to(user).filter(setting=setting),
            *Premises.objects.visible_to(user).filter(setting=setting),
        ]
        told = timeline(setting, *parts, names=names_told_to(user))
        return super().get_context_data(timeline=told, **kwargs)


TAB_VIEWS = (SettingInspections, SettingMonitoring, SettingOwners, SettingContacts, SettingHistory)


def counts_seen(setting: Any, user: Any) -> Any:
    """Return the counts of children placed now that the reader may see, confirmed or waiting."""
    seen = PlacingCount.objects.visible_to(user).filter(setting=setting)
    counts = seen.holding(today()).filter(count__gt=0) | seen.waiting(today())
    return counts.select_related("placing_authority").order_by("placing_authority__name", "as_at")
