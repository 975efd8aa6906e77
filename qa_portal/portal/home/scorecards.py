"""The scorecard in short: how many stand where, the worst with the reason, what changed since a month ago."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from inspections.scorecards import words
from inspections.scorecards.charts import bar_of_bands
from inspections.scorecards.gathering import gather, registered
from inspections.scorecards.results import Row, Scorecard
from inspections.scorecards.scoring import WORST_FIRST, Limit, Score
from inspections.scorecards.selectors import scorecard, settings_watched
from inspections.scorecards.shown import LEVELS, tag_words
from inspections.scorecards.sight import Sight, councils_readable, sight_of
from providers.directory.models import Setting
from qa_portal.portal.home.panels import (
    Cell,
    Figure,
    Line,
    Lines,
    Link,
    Mark,
    Share,
    Shares,
    Table,
    counted,
    day_words,
)

MONTH, NEW = dt.timedelta(days=30), dt.timedelta(days=90)
WORST, MOST = 5, 8


@dataclass(frozen=True)
class Region:
    """The scorecard of a day, and each setting's score a month before it, where it was registered then."""

    card: Scorecard
    before: dict[int, Score]

    @property
    def moved(self) -> list[Row]:
        """Those in another band than a month ago, the worst first."""
        return [
            row
            for row in self.card.rows
            if row.subject.pk in self.before and row.score.band is not self.before[row.subject.pk].band
        ]

    @property
    def alerts(self) -> list[tuple[Row, Limit]]:
        """Limits that began in the last 90 days, the newest first."""
        since = self.card.as_at - NEW
        found = [
            (row, limit)
            for row in self.card.rows
            for limit in row.score.limits
            if limit.evidence.on and limit.evidence.on >= since
        ]
        return sorted(found, key=lambda one: one[1].evidence.on, reverse=True)


def region_of(user, on: dt.date) -> Region | None:
    """Of the first council whose scorecard the reader may open; a partner may be shown none."""
    councils = councils_readable(user)
    if not councils:
        return None
    sight = Sight.of_council(councils[0])
    among = Setting.objects.visible_to(user).filter(pk__in=settings_watched(councils[0], on).values("pk"))
    card = scorecard(as_at=on, sight=sight, among=among, before=False)
    return Region(card, scores_of(among, sight, on - MONTH))


def scores_of(among, sight: Sight, on: dt.date) -> dict[int, Score]:
    settings = list(among.filter(registered(on)).with_names())
    gathered = gather(settings, sight, [on])
    found = ((one.pk, gathered.score(one.pk, on)) for one in settings)
    return {pk: score for pk, score in found if score}


def region_figures(region: Region) -> list[Figure]:
    page, bands = reverse("scorecards"), region.card.bands
    moved, alerts = len(region.moved), len(region.alerts)
    return [
        *(
            Figure(
                bands[band], f"{words.BANDS[band][:1].lower()}{words.BANDS[band][1:]}", f"{page}?band={band}"
            )
            for band in WORST_FIRST[:2]
        ),
        Figure(moved, "in another band than a month ago", "#moved"),
        Figure(alerts, "new alert" if alerts == 1 else "new alerts", "#alerts", is_alert=bool(alerts)),
    ]


def bands_panel(region: Region) -> Shares:
    page, bands = reverse("scorecards"), region.card.bands
    return Shares(
        title="Where settings stand",
        note=f"{region.card.whose}, {counted(len(region.card.rows), 'setting')}.",
        bar=bar_of_bands(bands),
        shares=[
            Share(words.BANDS[band], bands[band], level=LEVELS[band], href=f"{page}?band={band}")
            for band in WORST_FIRST
            if bands[band]
        ],
        nothing="No setting is watched yet: none is hosted, in use, visited or under an issue.",
        more=[Link("The whole scorecard", page)],
    )


def standing_table(rows: Sequence[Row], **panel) -> Table:
    return Table(columns=["Setting", "Stands", "Why"], cells=[standing_row(row) for row in rows], **panel)


def standing_row(row: Row) -> list[Cell]:
    return [
        Cell(row.subject.name, page_of(row), row.subject.provision_type),
        Cell("", mark=band_mark(row.score)),
        Cell(capitalised(words.reason(row.score))),
    ]


def worst_panel(region: Region) -> Table:
    return standing_table(
        region.card.rows[:WORST],
        title=f"The worst {WORST}, and why" if len(region.card.rows) > WORST else "Worst first, and why",
        nothing="Where a setting stands, and why, is told here once one is watched.",
        more=[Link("All settings, worst first", reverse("scorecards"))],
    )


def own_panel(user, on: dt.date, among) -> Table:
    """A provider's own settings, by what it has been told."""
    card = scorecard(as_at=on, sight=sight_of(user), among=among, before=False)
    return standing_table(
        card.rows[:MOST],
        title="Where you stand, and why",
        nothing="No setting of yours is on Ofsted’s register yet, so there is nothing to score.",
        more=[Link("Your scorecard, with the evidence", reverse("scorecards"))],
    )


def moved_panel(region: Region) -> Lines:
    since = day_words(region.card.as_at - MONTH)
    return Lines(
        name="moved",
        title=f"What changed since {since}",
        lines=[moved_line(row, region.before[row.subject.pk]) for row in region.moved[:MOST]],
        nothing=f"Every setting is in the band that it was in on {since}.",
    )


def moved_line(row: Row, before: Score) -> Line:
    was = tag_words(before.band, before.assured)
    return Line(row.subject.name, page_of(row), f"Was {was}", mark=band_mark(row.score))


def alerts_panel(region: Region) -> Lines:
    return Lines(
        name="alerts",
        title="Alerts of the last 90 days",
        lines=[
            Line(row.subject.name, page_of(row), capitalised(limit.says), limit.evidence.on, cap_mark(limit))
            for row, limit in region.alerts[:MOST]
        ],
        nothing="Nothing has begun that limits a setting: no Inadequate judgement, suspension or key question not met.",
    )


def nothing_shared() -> Lines:
    return Lines(
        title="Where settings stand",
        nothing="No council shares its scorecard with you yet. Ask the council’s administrator to share it.",
    )


def cap_mark(limit: Limit) -> Mark:
    return Mark(f"{words.BANDS[limit.cap]} at best", level=LEVELS[limit.cap])


def band_mark(score: Score) -> Mark:
    return Mark(tag_words(score.band, score.assured), level=LEVELS[score.band])


def page_of(row: Row) -> str:
    return reverse("scorecard_setting", args=[row.subject.ref])


def capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
