"""What Ofsted publishes: files of our own generator, in which the homes that councils use get better and worse."""

import datetime as dt

from inspections.ofsted.sample.files import SAMPLE_YEARS, register_as_at, sample_file, sample_filename
from inspections.ofsted.sample.words import GRADES, OUTCOMES, SUPPORTED
from inspections.ofsted.sample.world import SampleInspection, sample_settings
from qa_portal.core.dates import ONE_DAY, today
from qa_portal.portal.demo.replay import once
from qa_portal.portal.demo.story.story_steps import as_, day_of_story
from workflows.reactions.imports import import_register

OUTSTANDING, GOOD, IMPROVE, INADEQUATE = GRADES
STRONG, MIXED, WEAK = OUTCOMES
NEWS = {
    "SC900011": [(-820, GOOD), (-500, GOOD), (-160, GOOD)],
    "SC900077": [(-790, GOOD), (-440, IMPROVE), (-55, INADEQUATE)],
    "2900034": [(-800, INADEQUATE), (-480, IMPROVE)],
    "2900053": [(-770, IMPROVE), (-420, IMPROVE), (-252, INADEQUATE)],
    "2900055": [(-830, GOOD), (-470, GOOD), (-120, GOOD)],
    "2900040": [(-810, OUTSTANDING), (-460, OUTSTANDING), (-110, OUTSTANDING)],
    "2900005": [(-400, MIXED)],
    "2900071": [(-300, MIXED), (-53, STRONG)],
    "2900070": [(-790, INADEQUATE)],
}
"""By URN, days from the end of the story on which Ofsted was there, and its grade.

The last two reports, one bad and one good, come out within the month that the board's home looks back on.
"""
TO_PUBLISH = 30
"""Days from an inspection to its report."""


@once
def years_before() -> None:
    """Import the yearly files that councils had before the story begins, each in the layout of its year."""
    for year in SAMPLE_YEARS:
        if dt.date(year, 3, 31) < today() - 30 * ONE_DAY:
            bring_in(sample_file(year), sample_filename(year))


@once
def file_as_at(days: int) -> None:
    """`days` before the day of the import."""
    day = today() - days * ONE_DAY
    bring_in(register_as_at(day, told=told(), published_by=today()), f"register_as_at_{day.isoformat()}.csv")


def bring_in(content: bytes, filename: str) -> None:
    with as_("installation") as administrator:
        import_register(by=administrator, content=content, filename=filename)


def told() -> dict[str, list[SampleInspection]]:
    """Return what became of the settings of the story, by URN: their own past, then the news."""
    past = {one.urn: one for one in sample_settings(1, 120)}
    return {
        urn: [
            *(one for one in past[urn].inspections if one.on < day_of_story(news[0][0] - 90)),
            *(
                inspected(past[urn].kind, number, day_of_story(days), grade)
                for number, (days, grade) in enumerate(news)
            ),
        ]
        for urn, news in NEWS.items()
    }


def inspected(kind: str, number: int, on: dt.date, grade: str) -> SampleInspection:
    judged = {"overall": grade, "helped": grade, "leaders": grade}
    graded = {"outcome": grade} if kind == SUPPORTED else judged
    return SampleInspection(
        event_number=f"{on:%Y%m%d}{number:02}", on=on, published_on=on + TO_PUBLISH * ONE_DAY, **graded
    )
