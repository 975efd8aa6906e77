"""JSON of a scorecard and of a profile: docs/scorecard-json.md tells its shape. Keys keep their order."""

import json
from typing import Any

from inspections.scorecards import words
from inspections.scorecards.exports.profiles import Profile
from inspections.scorecards.plain import digest, plain
from inspections.scorecards.results import Point, Scorecard


def as_json(scorecard: Scorecard) -> bytes:
    return written({**plain(scorecard), "digest": digest(scorecard)})


def profile_as_json(profile: Profile) -> bytes:
    told = plain(profile.scorecard)
    return written(
        {**told, "trend": list(map(plain_point, profile.trend)), "digest": digest(profile.scorecard)}
    )


def plain_point(point: Point) -> dict[str, Any]:
    score = point.score
    return {
        "on": point.on.isoformat(),
        "band": score.band.value if score else None,
        "assured": words.points_words(score.assured) if score else None,
        "coverage": score.coverage if score else None,
    }


def written(told: dict[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
