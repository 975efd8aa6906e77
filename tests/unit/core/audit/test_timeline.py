import datetime as dt

import pytest

from qa_portal.core.audit.audit_context import Actor, audit_as
from qa_portal.core.audit.timeline import By, timeline
from tests.lossy.models import KeptHome, KeptRegion

pytestmark = pytest.mark.django_db


def names(rows):
    return [By(f"Person {row.history_person_id}", row.history_role) for row in rows]


def told(record):
    return timeline(record, names=names)


def test_timeline_tells_changes_in_words_newest_first():
    with audit_as(Actor(person_id=7, role="officer"), reason="Opened"):
        home = KeptHome.objects.create(name="Beck House", opened_on=dt.date(2026, 5, 1))
    home.grade, home.region = "poor", KeptRegion.objects.create(name="Eden")
    home.save()
    newest, oldest = told(home)
    assert [(c.label, c.old, c.new) for c in newest.changes] == [
        ("Grade", "Good", "Poor"),
        ("Region", "", "Eden"),
    ]
    assert (oldest.who, oldest.acting_for, oldest.why) == ("Person 7", "officer", "Opened")
    assert ("Opened on", "", "1 May 2026") in [(c.label, c.old, c.new) for c in oldest.changes]
    assert oldest.headline == "Kept home added"


def test_timeline_of_a_record_whose_target_is_gone_keeps_its_number():
    region = KeptRegion.objects.create(name="Eden")
    home = KeptHome.objects.create(name="Beck House", region=region)
    number = region.pk
    home.region = None
    home.save()
    region.delete()
    assert ("Region", f"number {number}", "") in [(c.label, c.old, c.new) for c in told(home)[0].changes]


def test_timeline_costs_the_same_for_three_changes_and_thirty(django_assert_num_queries):
    home = KeptHome.objects.create(name="Beck House")
    for beds in range(2, 5):
        home.beds = beds
        home.save()
    with django_assert_num_queries(2):
        told(home)
    for beds in range(5, 35):
        home.beds = beds
        home.save()
    with django_assert_num_queries(2):
        told(home)
