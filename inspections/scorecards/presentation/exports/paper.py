"""PDF of a scorecard and of a profile: the same figures, laid out for paper.

The engine draws no SVG, so a band's shape is a letter of the font: tick, triangle, cross, dash, as on the page.
A bar is one small picture of a colour, stretched to its length.
"""

import base64
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from inspections.scorecards.presentation.export_rows import line_of
from inspections.scorecards.presentation.exports.profiles import ProfileExport
from inspections.scorecards.presentation.presenters import LEVELS, areas_with_data
from inspections.scorecards.presentation.serializers import digest
from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import WHOLE, WORST_FIRST, Band, Definition, Domain, DomainCell
from inspections.scorecards.scoring.results import Month, Row, Scorecard
from qa_portal.core.pdf import PdfLimits, render_pdf
from qa_portal.core.rules import Refused

AT_A_TIME = 100
"""Rows of one table: the time to lay out a table grows faster than its rows."""
MOST = 200
"""Most rows of a PDF made for a page: some 20 sheets and a few seconds. A command has no such limit."""
ROOM_FOR_NAMES = 8
"""Most domains side by side with words as headings. With more, headings are numbers explained by a key."""
WIDEST_AREA = 800
"""Widths in hundredths of a per cent of the sheet. Space that few domains leave goes to the words."""
NAMED = 5
SHAPES = {Band.RED: "✗", Band.AMBER: "▲", Band.GREEN: "✓", Band.INSUFFICIENT: "–"}
FILLS = {
    Band.RED: (148, 37, 20),
    Band.AMBER: (255, 221, 0),
    Band.GREEN: (0, 90, 48),
    Band.INSUFFICIENT: (80, 90, 95),
}
BAR = 240
"""Pixels of a full bar."""
FOR_A_JOB = PdfLimits(
    characters=30_000_000, elements=1_000_000, cells=200_000, pages=2_000, pictures=100, seconds=3_600.0
)
TITLE = "Scorecard of children’s placements"


@dataclass(frozen=True, slots=True)
class PaperText:
    """The text of a document beside its figures.

    `address` is that of the page with the same content, `narrowed` its filters in words, `council` the author.
    `in_job`: a command makes it, which has longer than a page.
    """

    address: str
    narrowed: Sequence[str] = ()
    council: str = ""
    in_job: bool = False

    @property
    def limits(self) -> PdfLimits:
        return FOR_A_JOB if self.in_job else PdfLimits()


def as_pdf(scorecard: Scorecard, sheet: PaperText) -> bytes:
    """Return the PDF. Raises Refused for more rows than a page may ask for at once."""
    if len(scorecard.rows) > MOST and not sheet.in_job:
        raise Refused(
            f"A PDF holds up to {MOST} rows, and this scorecard has {len(scorecard.rows):,}. Choose a type, "
            "an authority or a rating, or only the settings that you monitor. The CSV and XLSX hold every row."
        )
    return render_pdf(
        "pdf/scorecard.html",
        {**region(scorecard), "narrowed": sheet.narrowed, "council": sheet.council},
        title=f"{TITLE}, {words.day_words(scorecard.as_at)}",
        address=sheet.address,
        landscape=True,
        limits=sheet.limits,
    )


def profile_as_pdf(profile: ProfileExport, sheet: PaperText) -> bytes:
    name, as_at = profile.row.subject.name, profile.scorecard.as_at
    return render_pdf(
        "pdf/scorecard_profile.html",
        {**profile_sheet(profile), "council": sheet.council},
        title=f"Scorecard of {name}, {words.day_words(as_at)}",
        address=sheet.address,
        limits=sheet.limits,
    )


def region(scorecard: Scorecard) -> dict[str, Any]:
    told = areas_with_data(scorecard)
    before = Counter(row.before.band for row in scorecard.rows if row.before)
    rows = [row_sheet(row, told, scorecard.definition) for row in scorecard.rows]
    return {
        "scorecard": scorecard,
        "kind": scorecard.rows[0].subject.kind if scorecard.rows else "row",
        "bands": [(band_sheet(band), scorecard.bands[band], before[band]) for band in WORST_FIRST],
        "moves": moves(scorecard),
        **heads(told),
        "silent": [area for area in scorecard.definition.domains if area not in told],
        "digest": digest(scorecard),
        "tables": [rows[start : start + AT_A_TIME] for start in range(0, len(rows), AT_A_TIME)],
    }


def heads(told: Sequence[Domain]) -> dict[str, Any]:
    """Return the heading of each column, and its width in per cent of the sheet.

    A space after each hyphen: the engine breaks at nothing else, and "Self-assessment" is wider than its column.
    """
    has_key = len(told) > ROOM_FOR_NAMES
    name, band, known, was = (15, 13, 6, 7) if has_key else (19, 18, 7, 9)
    left = 100 - name - band - known - was
    area = min(WIDEST_AREA, left * 100 // max(1, len(told)))
    spare = left - area * len(told) // 100
    widths = {"name": name + spare // 2, "band": band + (spare + 1) // 2, "known": known, "was": was}
    return {
        "has_key": has_key,
        "told": [
            (str(number) if has_key else one.label.replace("-", "- "), number, one)
            for number, one in enumerate(told, start=1)
        ],
        "widths": widths | {"area": f"{area // 100}.{area % 100:02}"},
    }


def row_sheet(row: Row, told: Sequence[Domain], definition: Definition) -> dict[str, Any]:
    shown = {area.code for area in told}
    subject = row.subject
    about = (
        subject.provision_type,
        f"URN {subject.urn}" if subject.urn else "",
        subject.authority,
        subject.provider,
        words.counted(subject.settings, "setting") if subject.kind == "provider" else "",
        "in use" if subject.in_use else "",
    )
    return {
        "line": line_of(row),
        "reason": words.reason(row.score),
        "about": [one for one in about if one],
        "band": band_sheet(row.score.band),
        "was": band_sheet(row.before.band) if row.before else None,
        "cells": [cell_sheet(cell, definition) for cell in row.score.cells if cell.domain.code in shown],
    }


def band_sheet(band: Band) -> dict[str, str]:
    return {"shape": SHAPES[band], "label": words.BANDS[band], "level": LEVELS[band]}


def cell_sheet(cell: DomainCell, definition: Definition) -> dict[str, Any]:
    """Return a domain's cell. Its points have the band that they alone would give, as on the page."""
    band = None if cell.points is None else band_sheet(definition.band_of(cell.points))
    return {"cell": cell, "shown": words.cell_words(cell), "band": band, "partly": words.partly(cell)}


def moves(scorecard: Scorecard) -> list[str]:
    """Return sentences on the changes of 12 months: "From Green to Amber: 2 (Beck Hall, Fellside)"."""
    moved: dict[tuple[Band, Band], list[str]] = {}
    for row in scorecard.rows:
        if row.before and row.before.band is not row.score.band:
            moved.setdefault((row.before.band, row.score.band), []).append(row.subject.name)
    order = sorted(moved, key=lambda pair: (WORST_FIRST.index(pair[1]), WORST_FIRST.index(pair[0])))
    return [move_in_words(was, now, moved[was, now]) for was, now in order]


def move_in_words(was: Band, now: Band, names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    said = f"From {words.BANDS[was]} to {words.BANDS[now]}: {len(names)}"
    return f"{said} ({', '.join(islice(names, NAMED))}{more})"


def profile_sheet(profile: ProfileExport) -> dict[str, Any]:
    row, scorecard = profile.row, profile.scorecard
    counts = Counter(cell.status.counts for cell in row.score.cells)
    return {
        "scorecard": scorecard,
        "digest": digest(scorecard),
        **row_sheet(row, scorecard.definition.domains, scorecard.definition),
        "counted": counts[True],
        "areas": len(row.score.cells),
        "limits": row.score.limits,
        "trend": [month_sheet(month) for month in profile.trend],
    }


def month_sheet(month: Month) -> dict[str, Any]:
    return {
        "month": month,
        "band": band_sheet(month.band),
        "assured": words.points_words(month.assured),
        "bar": bar(FILLS[month.band]),
        "width": max(1, month.assured * BAR // WHOLE),
    }


@cache
def bar(colour: tuple[int, int, int]) -> str:
    """Return a picture of one dot, as a data URL."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1, 1), colour).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
