"""Downloads of a page: the same address, reader and scorecard, as a file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inspections.scorecards.presentation.exports import (
    FORMATS,
    PROFILE_FORMATS,
    ExportFormat,
    PaperText,
    ProfileExport,
)
from inspections.scorecards.queries import ProviderQuery, RegionQuery, ScorecardQuery, SettingQuery
from inspections.scorecards.scoring.words import day_words
from inspections.scorecards.views.pages import ProviderProfile, ScorecardPage, SettingProfile
from qa_portal.core.exports import download
from qa_portal.core.rules import Refused

NARROWING = ("only", "type", "authority", "band")


class FileMixin:
    """Base of downloads.

    `page` is the url name of the page with the same content; `format` the key of the file's format.
    """

    page: ClassVar[str]
    format: str = ""
    request: Any
    kwargs: dict[str, Any]

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Return the file; or a page (422) that says why there is none and links to the full page."""
        try:
            return self.file()
        except Refused as refusal:
            told = {"sentence": refusal.sentence, "address": self.address()}
            return render(request, "scorecards/no_file.html", told, status=422)

    def file(self) -> HttpResponse:
        raise NotImplementedError

    def address(self) -> str:
        query = self.request.GET.urlencode()
        return reverse(self.page, kwargs=self.kwargs) + (f"?{query}" if query else "")

    def sheet(self, asked: ScorecardQuery) -> PaperText:
        return PaperText(self.address(), tuple(narrowed(asked)), str(asked.council or ""))

    def made(self, form: ExportFormat, told: Any, asked: ScorecardQuery, *named: str) -> HttpResponse:
        return download(
            form.make(told, self.sheet(asked)), form.filename(asked.day, *named), form.content_type
        )


def checked(asked: ScorecardQuery) -> None:
    """Refuse an invalid query string.

    A page can show today with an error, but a file of another day would pass as requested.

    Raises Refused with the first thing that is wrong.
    """
    if wrong := [sentence for sentences in asked.form.errors.values() for sentence in sentences]:
        raise Refused(f"{wrong[0]}.")


def narrowed(asked: ScorecardQuery) -> Iterator[str]:
    """Yield the filters in words, as the form of the page has them: "Type: Children's home"."""
    for name in NARROWING:
        if name not in asked.form.fields:
            continue
        choices = dict(asked.form.fields[name].choices)
        chosen = asked.form.chosen(name) or next(iter(choices))
        if chosen:
            yield f"{asked.form.fields[name].label}: {choices[chosen]}"


class RegionFile(FileMixin, ScorecardPage):
    page = "scorecards"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.asked = RegionQuery(request.GET, request.user, with_evidence=True)
        if not self.asked.may_read:
            raise Http404

    def file(self) -> HttpResponse:
        asked = self.asked
        checked(asked)
        scorecard = replace(asked.scorecard, rows=asked.rows)
        return self.made(FORMATS[self.format], scorecard, asked)


class ProfileFile(FileMixin):
    """A file of a profile. The profile's page finds the subject, or answers 404."""

    asked: SettingQuery | ProviderQuery

    def file(self) -> HttpResponse:
        asked = self.asked
        checked(asked)
        if not asked.scorecard.rows:
            raise Refused(
                f"There is no score on {day_words(asked.day)}: it was not in the register that day."
            )
        profile = ProfileExport(asked.scorecard, asked.months)
        return self.made(PROFILE_FORMATS[self.format], profile, asked, profile.row.subject.name)


class SettingFile(ProfileFile, SettingProfile):
    page = "scorecard_setting"


class ProviderFile(ProfileFile, ProviderProfile):
    page = "scorecard_provider"
