"""One setting's inspections, and its ratings over time."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from inspections.ofsted.models import Inspection
from providers.directory.models import Grade, GradeScale, Setting
from qa_portal.core.present import present
from qa_portal.core.ui.charts import ChartBand, ChartStep


def inspections_of(setting: Setting, user) -> list[Inspection]:
    """Newest first, with the judgements in the words of their scale."""
    inspections = (
        Inspection.objects.visible_to(user)
        .filter(setting=setting)
        .select_related("inspection_type", "scale")
        .prefetch_related("judgements__grade", "scale__judgements", "scale__grades")
        .newest_first()
    )
    for inspection in inspections:
        asked = inspection.scale.judgements.all() if inspection.scale else ()
        labels = {question.code: question.label for question in asked}
        inspection.told = [
            (labels.get(judgement.subject, judgement.subject), judgement.words)
            for judgement in inspection.judgements.all()
        ]
    return list(inspections)


def is_rating(inspection: Inspection) -> bool:
    """Return whether the inspection gives a grade; the newest that does is the current judgement."""
    return bool(inspection.scale and inspection.scale.sets_rating and inspection.counts and _day(inspection))


def grade_history(inspections: Iterable[Inspection]) -> list[Inspection]:
    """Return the inspections that give a grade, oldest first."""
    return sorted(filter(is_rating, inspections), key=day_of_rating)


def grade_bands(history: list[Inspection], until: dt.date) -> list[ChartBand]:
    """Return the bands of the chart: a grade holds until the next one, on whichever scale.

    Words without a rank leave a gap.
    """
    bands: dict[int, ChartBand] = {}
    days = pairwise([*map(day_of_rating, history), until])
    for inspection, (start, end) in zip(history, days, strict=True):
        scale = present(inspection.scale)
        ranked = best_first(scale)
        names = [grade.label for grade in ranked]
        band = bands.setdefault(scale.pk, ChartBand(scale.label, names, []))
        if inspection.headline and inspection.headline.grade in ranked:
            level = ranked.index(inspection.headline.grade)
            band.steps.append(ChartStep(start, max(start, end), level))
    return [band for band in bands.values() if band.steps]


def best_first(scale: GradeScale) -> list[Grade]:
    """Return the scale's ranked grades, the best first. `grades` must be prefetched."""
    return sorted((grade for grade in scale.grades.all() if grade.rank), key=lambda grade: grade.rank or 0)


def day_of_rating(inspection: Inspection) -> dt.date:
    """Return the day from which the grade of an inspection that `is_rating` counts."""
    return present(_day(inspection))


def _day(inspection: Inspection) -> dt.date | None:
    return inspection.inspected_on or inspection.published_on
