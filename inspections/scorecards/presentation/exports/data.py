"""JSON of a scorecard and of a profile; docs/scorecard-json.md has its shape. Keys keep their order."""

import json
from typing import Any

from inspections.scorecards.presentation.exports.profiles import ProfileExport
from inspections.scorecards.presentation.serializers import digest, plain
from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.results import Month, Scorecard


def as_json(scorecard: Scorecard) -> bytes:
    return written({**plain(scorecard), "digest": digest(scorecard)})


def profile_as_json(profile: ProfileExport) -> bytes:
    told = plain(profile.scorecard)
    return written(
        {**told, "trend": list(map(plain_month, profile.trend)), "digest": digest(profile.scorecard)}
    )


def plain_month(month: Month) -> dict[str, Any]:
    return {
        "on": month.on.isoformat(),
        "band": month.band.value,
        "assured": words.points_words(month.assured),
        "coverage": month.coverage,
    }


def written(told: dict[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
