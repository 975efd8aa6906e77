"""Panels of the scorecard in short: counts by band, the worst with the reason, changes in a month."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from inspections.scorecards.inputs.visibility import scope_for
from inspections.scorecards.presentation.charts import bar_of_bands
from inspections.scorecards.presentation.presenters import LEVELS, tag_words
from inspections.scorecards.scoring import words
from inspections.scorecards.scoring.arithmetic import WORST_FIRST, Band, Limit, Score
from inspections.scorecards.scoring.results import Row
from inspections.scorecards.selectors import scorecard
from qa_portal.portal.home.panels import (
    BarShare,
    Cell,
    Figure,
    Lines,
    Link,
    PanelLine,
    PanelTag,
    Shares,
    Table,
    counted,
    day_words,
)
from qa_portal.portal.home.region import MONTH, Region

WORST, MOST = 5, 8


def region_figures(region: Region) -> list[Figure]:
    bands = region.card.bands
    moved, alerts = len(region.moved), len(region.alerts)
    return [
        figure_of(Band.RED, bands[Band.RED], "red"),
        figure_of(Band.INSUFFICIENT, bands[Band.INSUFFICIENT], "with insufficient evidence"),
        Figure(moved, "changed rating this month", "#moved"),
        Figure(alerts, "new alert" if alerts == 1 else "new alerts", "#alerts", is_alert=bool(alerts)),
    ]


def figure_of(band: Band, count: int, how: str) -> Figure:
    return Figure(count, f"setting{'' if count == 1 else 's'} {how}", f"{reverse('scorecards')}?band={band}")


def bands_panel(region: Region) -> Shares:
    page, bands = reverse("scorecards"), region.card.bands
    return Shares(
        title="Ratings at a glance",
        note=f"{region.card.whose}, {counted(len(region.card.rows), 'setting')}.",
        bar=bar_of_bands(bands),
        shares=[
            BarShare(words.BANDS[band], bands[band], level=LEVELS[band], href=f"{page}?band={band}")
            for band in WORST_FIRST
            if bands[band]
        ],
        nothing="No setting is monitored yet: none is hosted, in use, visited or has an open contract issue.",
        more=[Link("The whole scorecard", page)],
    )


def ratings_table(rows: Sequence[Row], **panel) -> Table:
    return Table(columns=["Setting", "Rating", "Why"], cells=[rating_row(row) for row in rows], **panel)


def rating_row(row: Row) -> list[Cell]:
    return [
        Cell(row.subject.name, scorecard_url(row), row.subject.provision_type),
        Cell("", mark=band_mark(row.score)),
        Cell(capitalised(words.reason(row.score))),
    ]


def worst_panel(region: Region) -> Table:
    return ratings_table(
        region.card.rows[:WORST],
        title=f"The worst {WORST}, and why" if len(region.card.rows) > WORST else "Worst first, and why",
        nothing="Ratings appear here once a setting is monitored.",
        more=[Link("All settings, worst first", reverse("scorecards"))],
    )


def own_panel(user, on: dt.date, among) -> Table:
    """Return a provider's own settings, scored by what has been disclosed to it."""
    card = scorecard(as_at=on, scope=scope_for(user), among=among, before=False, with_evidence=False)
    return ratings_table(
        card.rows[:MOST],
        title="Your ratings, and why",
        nothing="No setting of yours is on Ofsted’s register yet, so there is nothing to score.",
        more=[Link("Your scorecard, with the evidence", reverse("scorecards"))],
    )


def moved_panel(region: Region) -> Lines:
    since = day_words(region.card.as_at - MONTH)
    return Lines(
        name="moved",
        title=f"What changed since {since}",
        lines=[moved_line(row, region.month_ago[row.subject.pk]) for row in region.moved[:MOST]],
        nothing=f"No setting has changed rating since {since}.",
    )


def moved_line(row: Row, before: Score) -> PanelLine:
    was = tag_words(before.band, before.assured)
    return PanelLine(row.subject.name, scorecard_url(row), f"Was {was}", mark=band_mark(row.score))


def alerts_panel(region: Region) -> Lines:
    return Lines(
        name="alerts",
        title="Alerts of the last 90 days",
        lines=[
            PanelLine(
                row.subject.name,
                scorecard_url(row),
                capitalised(limit.says),
                limit.evidence.on,
                cap_mark(limit),
            )
            for row, limit in region.alerts[:MOST]
        ],
        nothing="Nothing new caps a rating: no Inadequate judgement, suspension or key question not met.",
    )


def nothing_shared() -> Lines:
    return Lines(
        title="Ratings at a glance",
        nothing="No council shares its scorecard with you yet. Ask the council’s administrator to share it.",
    )


def cap_mark(limit: Limit) -> PanelTag:
    return PanelTag(f"Cannot be better than {words.BANDS[limit.cap].lower()}", level=LEVELS[limit.cap])


def band_mark(score: Score) -> PanelTag:
    return PanelTag(tag_words(score.band, score.assured), level=LEVELS[score.band])


def scorecard_url(row: Row) -> str:
    return reverse("scorecard_setting", args=[row.subject.ref])


def capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
