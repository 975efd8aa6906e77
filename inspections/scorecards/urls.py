from collections.abc import Iterable, Iterator

from django.urls import URLPattern, path

from inspections.scorecards.presentation.exports import FORMATS, PROFILE_FORMATS
from inspections.scorecards.views import downloads, pages

SETTING = "scorecards/settings/<uuid:public_id>/"
PROVIDER = "scorecards/providers/<uuid:public_id>/"


def files(route: str, page: str, view, formats: Iterable[str]) -> Iterator[URLPattern]:
    """Yield one address for each format, beside the page's: scorecards_csv, scorecard_setting_pdf."""
    for name in formats:
        yield path(f"{route}scorecard.{name}", view.as_view(format=name), name=f"{page}_{name}")


urlpatterns = [
    path("scorecards/", pages.RegionPage.as_view(), name="scorecards"),
    path(SETTING, pages.SettingProfile.as_view(), name="scorecard_setting"),
    path(PROVIDER, pages.ProviderProfile.as_view(), name="scorecard_provider"),
    *files("scorecards/", "scorecards", downloads.RegionFile, FORMATS),
    *files(SETTING, "scorecard_setting", downloads.SettingFile, PROFILE_FORMATS),
    *files(PROVIDER, "scorecard_provider", downloads.ProviderFile, PROFILE_FORMATS),
]
