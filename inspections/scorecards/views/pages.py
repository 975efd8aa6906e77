from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.views.generic import TemplateView

from inspections.scorecards.presentation.charts import bar_of_bands, chart_of_months
from inspections.scorecards.presentation.domain_gaps import gaps_of
from inspections.scorecards.presentation.presenters import areas_with_data, legend_of, months_of, row_views
from inspections.scorecards.presentation.profiles import profile_of
from inspections.scorecards.queries import ProviderQuery, RegionQuery, ScorecardQuery, SettingQuery
from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import WORST_FIRST
from inspections.scorecards.scoring.results import Scorecard
from providers.directory.models import Setting
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.lists import page_of


class ScorecardPage(PermissionMixin, TemplateView):
    permission = Permission.VIEW_SCORECARDS

    def table(self, scorecard: Scorecard, rows: Any) -> dict:
        """Return the context of `scorecards/_table.html`: `rows`, and the domains with data in any row."""
        page = page_of(self.request, rows)
        areas = areas_with_data(scorecard)
        return {
            "page_obj": page,
            "areas": areas,
            "silent": [area for area in scorecard.definition.domains if area not in areas],
            "lines": row_views(page.object_list, scorecard.definition, areas),
        }

    def context(self, asked: ScorecardQuery, scorecard: Scorecard) -> dict:
        return {
            "asked": asked,
            "form": asked.form,
            "query": asked.query,
            "since": date_format(asked.year_before, "F Y"),
            "scorecard": scorecard,
            "legend": legend_of(scorecard.definition),
        }


class RegionPage(ScorecardPage):
    """Page of all settings' scores, worst first."""

    template_name = "scorecards/region.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = RegionQuery(self.request.GET, self.request.user)
        told = self.told(asked) if asked.may_read else {"asked": asked}
        return super().get_context_data(**told, **kwargs)

    def told(self, asked: RegionQuery) -> dict:
        scorecard, bands = asked.scorecard, asked.scorecard.bands
        return {
            **self.context(asked, scorecard),
            **self.table(scorecard, asked.rows),
            "noun": asked.noun,
            "bar": bar_of_bands(bands),
            "counts": [(band.value, words.BANDS[band], bands[band]) for band in WORST_FIRST if bands[band]],
        }


class ProfilePage(ScorecardPage):
    """Page of one profile; 404 if the reader has no scorecard of it."""

    asks: type[SettingQuery | ProviderQuery]
    asked: Any  # of the kind that `asks` names

    def readable(self, asked: ScorecardQuery) -> Any:
        raise NotImplementedError

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        asked = ScorecardQuery(request.GET, request.user)
        if not asked.may_read:
            raise Http404
        subject = get_object_or_404(self.readable(asked), public_id=kwargs["public_id"])
        self.asked = self.asks(request.GET, request.user, subject, asked.councils)

    def months(self, asked: SettingQuery | ProviderQuery) -> dict:
        chart = chart_of_months(asked.months, asked.scorecard.definition)
        return {"chart": chart, "months": months_of(asked.months)}

    def profile(self, scorecard: Scorecard, asked: ScorecardQuery, gaps: Any = None) -> dict:
        """Return the profile's context; empty if the subject did not exist that day."""
        if not scorecard.rows:
            return {}
        [row] = scorecard.rows
        [line] = row_views([row], scorecard.definition, ())
        return {
            "score": row.score,
            "line": line,
            "reason": words.reason(row.score),
            "assured": words.points_words(row.score.assured),
            "known_points": words.points_words(row.score.known),
            "profile": profile_of(row.score, scorecard.definition, self.request.user, gaps or {}),
        }


class SettingProfile(ProfilePage):
    template_name = "scorecards/setting.html"
    asks = SettingQuery

    def readable(self, asked: Any) -> Any:
        return asked.readable_settings().with_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = self.asked, self.request.user
        setting, scorecard = asked.setting, asked.scorecard
        known = Setting.objects.known_to(user).filter(pk=setting.pk).exists()
        return super().get_context_data(
            setting=setting,
            known=known,
            may_see_cases=user.scope.may(Permission.VIEW_CASES),
            **self.months(asked),
            **self.context(asked, scorecard),
            **self.profile(scorecard, asked, gaps_of(setting, user, known=known)),
            **kwargs,
        )


class ProviderProfile(ProfilePage):
    template_name = "scorecards/provider.html"
    asks = ProviderQuery

    def readable(self, asked: Any) -> Any:
        return asked.readable_providers().active()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked
        return super().get_context_data(
            provider=asked.subject,
            **self.context(asked, asked.scorecard),
            **self.months(asked),
            **self.table(asked.settings, asked.settings.rows),
            **self.profile(asked.scorecard, asked),
            **kwargs,
        )
