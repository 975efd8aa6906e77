"""Inspections as an import would have left them, and what a page costs."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.ofsted.models import Inspection, Judgement
from providers.directory.models import GradeScale, InspectionType, Setting


def inspected(of: Setting, words: str, on: dt.date, scale: str = "SCCIF-4", **values) -> Inspection:
    """A full inspection whose headline says `words`, published a month later."""
    graded_on = GradeScale.objects.get(code=scale)
    inspection = Inspection.objects.create(
        setting=of,
        event_number=f"{of.urn}-{on:%Y%m%d}",
        inspection_type=InspectionType.objects.get(code="full"),
        inspected_on=on,
        published_on=on + dt.timedelta(days=30),
        scale=graded_on,
        source=Inspection.Source.IMPORTED,
        **values,
    )
    Judgement.objects.create(
        inspection=inspection,
        subject=graded_on.headline,
        grade=graded_on.grades.filter(label=words).first(),
        words=words,
    )
    return inspection


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
