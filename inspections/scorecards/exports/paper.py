"""The PDF of a scorecard and of a profile: the same figures, set out for paper.

The engine draws no SVG, so a band's shape is a letter of the font: tick, triangle, cross, dash, as on the page.
A bar is one small picture of a colour, stretched to its length.
"""

import base64
import io
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any

from inspections.scorecards import words
from inspections.scorecards.figures import area_shown, line_of
from inspections.scorecards.profiles import MonthEnd, Profile
from inspections.scorecards.results import Row, Scorecard
from inspections.scorecards.scoring import WORST_FIRST, Band, Cell, Definition, Domain, Status
from qa_portal.core.pdf import Limits, render_pdf
from qa_portal.core.rules import Refused

AT_A_TIME = 100
"""Rows of one table: what a table costs grows faster than its rows."""
MOST = 300
"""Rows that a PDF made for a page may have: some 40 sheets, and a few seconds."""
ROOM_FOR_NAMES = 7
"""Areas beside each other whose heads can be words. With more, heads are numbers and a key tells them."""
NAMED = 5
SHAPES = {Band.RED: "✗", Band.AMBER: "▲", Band.GREEN: "✓", Band.INSUFFICIENT: "–"}
LEVELS = {Band.RED: "red", Band.AMBER: "amber", Band.GREEN: "green", Band.INSUFFICIENT: "none"}
FILLS = {
    Band.RED: (148, 37, 20),
    Band.AMBER: (255, 221, 0),
    Band.GREEN: (0, 90, 48),
    Band.INSUFFICIENT: (80, 90, 95),
}
BAR = 240
"""Pixels of a whole bar."""
FOR_A_JOB = Limits(
    characters=30_000_000, elements=1_000_000, cells=200_000, pages=2_000, pictures=100, seconds=900.0
)
TITLE = "Scorecard of children’s placements"


def as_pdf(
    scorecard: Scorecard,
    *,
    address: str,
    narrowed: Sequence[str] = (),
    council: object = "",
    in_job: bool = False,
) -> bytes:
    """`narrowed` are the filters in words. Raises Refused for more rows than a page may ask for at once."""
    if len(scorecard.rows) > MOST and not in_job:
        raise Refused(
            f"A PDF holds up to {MOST} rows, and this scorecard has {len(scorecard.rows):,}. Choose a type, "
            "an authority or a band, or only the settings that you watch. The CSV and XLSX hold every row."
        )
    return render_pdf(
        "pdf/scorecard.html",
        {**region(scorecard), "narrowed": narrowed, "council": council},
        title=f"{TITLE}, {words_of(scorecard.as_at)}",
        address=address,
        landscape=True,
        limits=FOR_A_JOB if in_job else Limits(),
    )


def profile_as_pdf(profile: Profile, *, address: str, council: object = "") -> bytes:
    subject = profile.row.subject
    return render_pdf(
        "pdf/scorecard_profile.html",
        {**profile_sheet(profile), "council": council},
        title=f"Scorecard of {subject.name}, {words_of(profile.scorecard.as_at)}",
        address=address,
    )


def region(scorecard: Scorecard) -> dict[str, Any]:
    told, silent = areas_with_data(scorecard)
    rows = [row_sheet(row, told, scorecard.definition) for row in scorecard.rows]
    return {
        "scorecard": scorecard,
        "bands": [(band_sheet(band), scorecard.bands[band]) for band in WORST_FIRST],
        "moves": moves(scorecard),
        "told": [(str(n) if len(told) > ROOM_FOR_NAMES else area.label, n, area) for n, area in numbered(told)],
        "has_key": len(told) > ROOM_FOR_NAMES,
        "silent": silent,
        "tables": [rows[start : start + AT_A_TIME] for start in range(0, len(rows), AT_A_TIME)],
    }


def numbered(areas: Sequence[Domain]) -> list[tuple[int, Domain]]:
    return list(enumerate(areas, start=1))


def areas_with_data(scorecard: Scorecard) -> tuple[list[Domain], list[Domain]]:
    """Those of which a row knows something, be it stale; and those of which none knows anything."""
    told = {
        cell.domain.code
        for row in scorecard.rows
        for cell in row.score.cells
        if cell.status is not Status.NO_DATA
    }
    domains = scorecard.definition.domains
    return [one for one in domains if one.code in told], [one for one in domains if one.code not in told]


def row_sheet(row: Row, told: Sequence[Domain], definition: Definition) -> dict[str, Any]:
    shown = {area.code for area in told}
    return {
        "line": line_of(row),
        "band": band_sheet(row.score.band),
        "was": band_sheet(row.before.band) if row.before else None,
        "cells": [cell_sheet(cell, definition) for cell in row.score.cells if cell.domain.code in shown],
    }


def band_sheet(band: Band) -> dict[str, str]:
    return {"shape": SHAPES[band], "label": words.band_label(band), "level": LEVELS[band]}


def cell_sheet(cell: Cell, definition: Definition) -> dict[str, Any]:
    """An area's points stand in the band that they alone would give, as on the page."""
    band = None if cell.points is None else band_sheet(definition.band_of(cell.points))
    return {"cell": cell, "shown": area_shown(cell), "band": band}


def moves(scorecard: Scorecard) -> list[str]:
    """What changed in 12 months, in sentences: "From Green to Amber: 2 (Beck Hall, Fellside)"."""
    moved: dict[tuple[Band, Band], list[str]] = {}
    for row in scorecard.rows:
        if row.before and row.before.band is not row.score.band:
            moved.setdefault((row.before.band, row.score.band), []).append(row.subject.name)
    order = sorted(moved, key=lambda pair: (WORST_FIRST.index(pair[1]), WORST_FIRST.index(pair[0])))
    return [move_in_words(was, now, moved[was, now]) for was, now in order]


def move_in_words(was: Band, now: Band, names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    said = f"From {words.band_label(was)} to {words.band_label(now)}: {len(names)}"
    return f"{said} ({', '.join(islice(names, NAMED))}{more})"


def profile_sheet(profile: Profile) -> dict[str, Any]:
    row, scorecard = profile.row, profile.scorecard
    counts = Counter(cell.status.counts for cell in row.score.cells)
    return {
        "scorecard": scorecard,
        **row_sheet(row, scorecard.definition.domains, scorecard.definition),
        "counted": counts[True],
        "areas": len(row.score.cells),
        "limits": row.score.limits,
        "months": [month_sheet(end) for end in profile.trend],
    }


def month_sheet(end: MonthEnd) -> dict[str, Any]:
    return {
        "end": end,
        "band": band_sheet(end.band),
        "assured": words.points(end.assured),
        "bar": bar(FILLS[end.band]),
        "width": max(1, end.assured * BAR // 10_000),
    }


@cache
def bar(colour: tuple[int, int, int]) -> str:
    """A picture of one dot, as an address that holds it."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1, 1), colour).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def words_of(day) -> str:
    return f"{day.day} {day:%B %Y}"
