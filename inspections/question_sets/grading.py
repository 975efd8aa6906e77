"""Grades from answers, in whole numbers: no database, no rounding before the page.

A total is the sum of scores over the sum of maxima, each times its weight, never the mean of standards.
A question that does not apply is left out of both sums. One without an answer scores like "Not assessed": 0.
The thresholds of 80 and 50 per cent are proposed (facts 2.2 [P] gives the scale, no source the thresholds).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from inspections.question_sets.grades import BEST, SCORES, AnswerGrade

MET_FROM, PARTLY_MET_FROM = 80, 50
ORDER = (AnswerGrade.NOT_MET, AnswerGrade.PARTLY_MET, AnswerGrade.MET)


@dataclass(frozen=True)
class AnswerMark:
    """Score of one question before weighting: `score` of `most`; `score` is None where it does not apply."""

    score: int | None
    most: int = BEST
    weight: int = 1
    is_key: bool = False
    is_assessed: bool = True

    @property
    def applies(self) -> bool:
        return self.score is not None and self.weight > 0


@dataclass(frozen=True)
class Total:
    score: int
    most: int

    @property
    def share(self) -> Fraction | None:
        """Return score over maximum; None where nothing applied."""
        return Fraction(self.score, self.most) if self.most else None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else round(float(self.share * 100), 1)

    def reaches(self, percent: int) -> bool:
        return self.score * 100 >= percent * self.most


@dataclass(frozen=True)
class Result:
    """A grade after the caps; `by_sum` is the grade that the sums alone would give."""

    total: Total
    grade: AnswerGrade
    by_sum: AnswerGrade
    assessed: int
    asked: int

    @property
    def is_capped(self) -> bool:
        return self.grade != self.by_sum


@dataclass(frozen=True)
class Section:
    """One standard.

    `weight` multiplies that of each question; if `is_limiting`, its grade caps the overall grade.
    """

    marks: Sequence[AnswerMark] = field(default=())
    weight: int = 1
    is_limiting: bool = False


@lru_cache(maxsize=1000)
def mark_of(grade: str, *, weight: int = 1, is_key: bool = False) -> AnswerMark:
    """Return the mark of a grade; an empty grade means no answer yet."""
    if grade == AnswerGrade.NOT_APPLICABLE:
        return AnswerMark(None, weight=weight, is_key=is_key)
    assessed = grade not in ("", AnswerGrade.NOT_ASSESSED)
    return AnswerMark(
        SCORES[AnswerGrade(grade)] if grade else 0, weight=weight, is_key=is_key, is_assessed=assessed
    )


def total_of(marks: Iterable[AnswerMark], weight: int = 1) -> Total:
    counted = [mark for mark in marks if mark.applies]
    return Total(
        sum((mark.score or 0) * mark.weight * weight for mark in counted),
        sum(mark.most * mark.weight * weight for mark in counted),
    )


def grade_section(section: Section) -> Result:
    """Grade a standard. Its worst key question caps it."""
    marks = [mark for mark in section.marks if mark.applies]
    caps = [_step(total_of([mark])) for mark in marks if mark.is_key]
    return _result(total_of(marks, section.weight), caps, marks)


def grade_whole(sections: Sequence[Section]) -> Result:
    """Grade everything. The worst limiting standard caps it."""
    marks = [mark for section in sections for mark in section.marks if mark.applies]
    totals = [total_of(section.marks, section.weight) for section in sections]
    total = Total(sum(one.score for one in totals), sum(one.most for one in totals))
    limits = [grade_section(section) for section in sections if section.is_limiting]
    caps = [_lowest(limit.grade) for limit in limits if limit.total.most]
    return _result(total, caps, marks)


def _result(total: Total, caps: Iterable[AnswerGrade], marks: Sequence[AnswerMark]) -> Result:
    assessed = sum(mark.is_assessed for mark in marks)
    if not total.most:
        return Result(total, AnswerGrade.NOT_APPLICABLE, AnswerGrade.NOT_APPLICABLE, 0, 0)
    if not assessed:
        return Result(total, AnswerGrade.NOT_ASSESSED, AnswerGrade.NOT_ASSESSED, 0, len(marks))
    by_sum = _step(total)
    return Result(total, min([by_sum, *caps], key=ORDER.index), by_sum, assessed, len(marks))


def _step(total: Total) -> AnswerGrade:
    if total.reaches(MET_FROM):
        return AnswerGrade.MET
    return AnswerGrade.PARTLY_MET if total.reaches(PARTLY_MET_FROM) else AnswerGrade.NOT_MET


def _lowest(grade: AnswerGrade) -> AnswerGrade:
    return AnswerGrade.NOT_MET if grade == AnswerGrade.NOT_ASSESSED else grade
