"""PDF, CSV and JSON of a profile say the same, area by area and record by record."""

import csv
import io
import json

import pytest

from inspections.scorecards.presentation.exports import PROFILE_FORMATS, PaperText, ProfileExport
from tests.factories import scorecards as made
from tests.unit.inspections.scorecards.presentation.exports.reading import (
    SHAPES,
    area_on_paper,
    squeezed,
    text_of_pdf,
)

SHEET = PaperText("/scorecards/settings/7/")


def file_of(profile: ProfileExport, name: str) -> bytes:
    return PROFILE_FORMATS[name].make(profile, SHEET)


def rows_of(profile: ProfileExport, part: str) -> list[dict[str, str]]:
    text = file_of(profile, "csv").decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["Part"] == part]


@pytest.fixture(params=[0, 3, 4])
def profile(request) -> ProfileExport:
    return made.profile(request.param)


def test_every_area_with_its_records_stands_in_csv_and_json_alike(profile):
    told = [
        (
            *(area["label"], str(area["weight"]), area["status_words"], area["points"] or "", area["says"]),
            *((one["says"], one["on"], one["source"], one["recorded_by"] or "") if one else ("",) * 4),
        )
        for area in json.loads(file_of(profile, "json"))["rows"][0]["areas"]
        for one in area["evidence"] or [None]
    ]
    columns = ("Name", "Weight", "Status or rating", "Score", "In words")
    columns += ("Evidence", "Evidence on", "Source", "Recorded by")
    assert [tuple(row[name] for name in columns) for row in rows_of(profile, "Area")] == told


def test_every_area_with_its_records_stands_on_paper(profile):
    text = text_of_pdf(file_of(profile, "pdf"))
    for row in rows_of(profile, "Area"):
        shown = area_on_paper(row["Score"]) if row["Score"] else row["Status or rating"]
        shape = SHAPES[shown.split()[0]] if row["Score"] else ""
        assert squeezed(f"{row['Name']} {row['Weight']} of 100 {shape} {shown} {row['In words']}") in text
        assert squeezed(f"Source: {row['Source']}") in text
        assert squeezed(row["Recorded by"]) in text


def test_overall_score_limits_and_trend_are_the_same_everywhere(profile):
    [told] = json.loads(file_of(profile, "json"))["rows"]
    text = text_of_pdf(file_of(profile, "pdf"))
    [overall] = rows_of(profile, "Overall")
    assert (overall["Status or rating"], overall["Score"]) == (told["band_words"], told["assured"])
    assert squeezed(f"{overall['Status or rating']} {overall['Score']}") in text
    assert [row["In words"] for row in rows_of(profile, "Limiting rule")] == [
        one["says"] for one in told["limits"]
    ]
    assert all(squeezed(one["says"]) in text for one in told["limits"])


def test_trend_is_the_same_everywhere(profile):
    trend = json.loads(file_of(profile, "json"))["trend"]
    text = text_of_pdf(file_of(profile, "pdf"))
    rows = rows_of(profile, "Trend")
    assert [(row["On"], row["Score"]) for row in rows] == [(one["on"], one["assured"]) for one in trend]
    assert len(rows) == 13
    for row in rows:
        band = row["Status or rating"]
        shown = f"{row['Name']} {SHAPES[band]} {band} {row['Score']} {row['Coverage per cent']}%"
        assert squeezed(shown) in text
