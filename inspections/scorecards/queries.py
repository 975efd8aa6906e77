"""Queries: parse the query string of a scorecard page or file, and give its scorecard.

The page and every file made from it read the same address here. Invalid values become form errors and the
default view is used.
"""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet

from inspections.scorecards import selectors
from inspections.scorecards.forms import EVERY, PROVIDERS, AsAtForm, RegionForm
from inspections.scorecards.inputs.visibility import EvidenceScope, councils_readable, scope_for
from inspections.scorecards.scoring.arithmetic import Band
from inspections.scorecards.scoring.results import Month, Row, Scorecard, Year
from providers.directory.models import Provider, Setting
from providers.people.models import Organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.dates import today
from qa_portal.core.present import present


class ScorecardQuery:
    """The day and the council whose evidence counts, as a profile's query string gives them."""

    def __init__(self, data, user, councils: list[Organisation] | None = None):
        """Read the query string. Give `councils` if they are already loaded."""
        self.user, self.data = user, data
        self.councils = councils_readable(user) if councils is None else councils
        self.form = self.make_form()

    def make_form(self) -> AsAtForm:
        return AsAtForm(self.data, councils=self.councils)

    @property
    def may_read(self) -> bool:
        """Return whether the user may read any scorecard. A partner may be shown none yet."""
        return self.provider is not None or bool(self.councils)

    @property
    def provider(self) -> int | None:
        """Return the provider that the reader acts for, if any. It sees only what was disclosed to it."""
        scope = scope_of(self.user)
        return scope.provider_id if scope.is_provider else None

    @property
    def day(self) -> dt.date:
        return self.form.chosen("as_at") or today()

    @property
    def year_before(self) -> dt.date:
        return selectors.a_year_before(self.day)

    @property
    def council(self) -> Organisation | None:
        """Return the council; None for a provider, which sees what each council has disclosed."""
        asked = self.form.chosen("council")
        named = (one for one in self.councils if str(one.public_id) == asked)
        return next(named, self.councils[0] if self.councils else None)

    @property
    def query(self) -> str:
        """Return the query string kept on links; empty for today and the default council."""
        asked = {}
        if self.day != today():
            asked["as_at"] = self.day.isoformat()
        if self.council and self.council != self.councils[0]:
            asked["council"] = str(self.council.public_id)
        return f"?{urlencode(asked)}" if asked else ""

    @cached_property
    def scope(self) -> EvidenceScope:
        if self.council is None:
            return scope_for(self.user)
        return EvidenceScope.of_council(self.council, reader=scope_of(self.user).organisation_id)

    def readable_settings(self):
        """Return the settings the reader may see.

        A provider sees those it owns, and those it owned on the day.
        """
        settings = Setting.objects.visible_to(self.user)
        if self.provider is None:
            return settings
        return settings.owned_by(self.provider, self.day) | settings.owned_by(self.provider, today())

    def readable_providers(self):
        providers = Provider.objects.visible_to(self.user)
        return providers if self.provider is None else providers.one_with(self.provider)


class ProfileQuery(ScorecardQuery):
    """Query of the profile of one setting or provider that the reader may see."""

    @cached_property
    def year(self) -> Year:
        raise NotImplementedError

    @cached_property
    def scorecard(self) -> Scorecard:
        raise NotImplementedError

    @property
    def months(self) -> tuple[Month, ...]:
        return self.year.months


class SettingQuery(ProfileQuery):
    def __init__(self, data, user, setting: Setting, councils: list[Organisation] | None = None):
        super().__init__(data, user, councils)
        self.setting = setting

    @cached_property
    def year(self) -> Year:
        return selectors.year_of_setting(
            self.setting, as_at=self.day, scope=self.scope, among=Setting.objects.visible_to(self.user)
        )

    @cached_property
    def scorecard(self) -> Scorecard:
        """Return a scorecard of one row, or none if the setting was not registered on the day."""
        return selectors.with_recorders(self.year.scorecard)


class ProviderQuery(ProfileQuery):
    def __init__(self, data, user, provider: Provider, councils: list[Organisation] | None = None):
        super().__init__(data, user, councils)
        self.subject = provider

    @cached_property
    def year(self) -> Year:
        return selectors.year_of_provider(
            self.subject, as_at=self.day, scope=self.scope, among=Setting.objects.visible_to(self.user)
        )

    @property
    def settings(self) -> Scorecard:
        """Return a row for each setting that the provider owned on the day."""
        return self.year.scorecard

    @cached_property
    def scorecard(self) -> Scorecard:
        """Return a scorecard of one row, or none if the provider owned nothing on the day."""
        return selectors.with_recorders(selectors.by_provider(self.settings))


class RegionQuery(ScorecardQuery):
    """Query of the region's page. Adds settings, band, and whether rows are settings or providers."""

    form: RegionForm

    def __init__(self, data, user, *, with_evidence: bool = False):
        """Read the query string. Set `with_evidence` for output with more than figures, such as a digest."""
        super().__init__(data, user)
        self.with_evidence = with_evidence

    def make_form(self) -> RegionForm:
        return RegionForm(self.data, user=self.user, councils=self.councils)

    @cached_property
    def scorecard(self) -> Scorecard:
        """Return a row for each setting, or each provider, before the band filter, worst first."""
        by_provider, among = self.form.chosen("by") == PROVIDERS, self.among()
        if by_provider and self.leaves_settings_out:
            among = selectors.all_settings_of_their_owners(among, self.day)
        found = selectors.scorecard(
            as_at=self.day,
            scope=self.scope,
            among=among.with_name_rule(self.user),
            with_evidence=self.with_evidence,
        )
        return selectors.by_provider(found) if by_provider else found

    @property
    def leaves_settings_out(self) -> bool:
        asked = self.form.chosen
        return asked("only") != EVERY or bool(asked("type") or asked("authority"))

    @property
    def noun(self) -> str:
        return "provider" if self.form.chosen("by") == PROVIDERS else "setting"

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        band = self.form.chosen("band")
        return tuple(row for row in self.scorecard.rows if not band or row.score.band is Band(band))

    def among(self):
        settings = Setting.objects.visible_to(self.user)
        if self.provider is not None:
            settings = settings.owned_by(self.provider, self.day)
        elif self.form.chosen("only") != EVERY:
            settings = selectors.settings_shown(present(self.council), self.day, self.scope)
        if kind := self.form.chosen("type"):
            settings = settings.filter(provision_type=kind)
        if authority := self.form.chosen("authority"):
            settings = settings.in_footprint(authority)
        return settings


def may_read_setting(user, setting: Setting) -> bool:
    """Return whether the user may open the setting's profile.

    A council's people may open all, so no query is run for them.
    """
    return _may_read(user, lambda asked: asked.readable_settings().filter(pk=setting.pk))


def may_read_provider(user, provider: Provider) -> bool:
    return _may_read(user, lambda asked: asked.readable_providers().filter(pk=provider.pk))


def _may_read(user, found: Callable[[ScorecardQuery], QuerySet]) -> bool:
    scope = scope_of(user)
    if scope.is_council or not scope.may(Permission.VIEW_SCORECARDS):
        return scope.may(Permission.VIEW_SCORECARDS)
    asked = ScorecardQuery({}, user)
    return asked.may_read and found(asked).exists()
