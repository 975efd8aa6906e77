import datetime as dt

import pytest

from inspections.ofsted.reader.headings import JUDGEMENTS
from inspections.ofsted.reader.shapes import HEADLINES
from providers.directory.code_lists import load_code_lists
from providers.directory.models import Clock, Grade, GradeScale, ProvisionType

pytestmark = pytest.mark.django_db


def test_code_lists_are_loaded_once_and_changed_codes_are_left_alone():
    clock = Clock.objects.get(code="improvement_plan")
    clock.amount = 10
    clock.save()
    assert load_code_lists() == 0
    assert Clock.objects.get(code="improvement_plan").amount == 10


def test_missing_code_is_added_again_with_history():
    ProvisionType.objects.get(code="holiday_scheme").delete()
    assert load_code_lists() == 1
    assert (
        ProvisionType.objects.get(code="holiday_scheme").history.get().history_change_reason
        == "Reference data"
    )


def test_all_fourteen_provision_types_are_there():
    assert ProvisionType.objects.count() == 14
    assert ProvisionType.objects.get(code="supported_accommodation").scale.code == "SA-3"


def test_scales_agree_with_what_the_reader_of_files_calls_them():
    scales = {scale.code: scale for scale in GradeScale.objects.prefetch_related("judgements")}
    assert {code: scales[code].headline for code in HEADLINES} == HEADLINES
    read = {one.code for code in ("SCCIF-4", "SA-3") for one in scales[code].judgements.all()}
    assert read == set(JUDGEMENTS)


def test_every_scale_has_one_best_and_one_worst():
    for scale in GradeScale.objects.all():
        ranks = [grade.rank for grade in scale.grades.exclude(rank=None)]
        assert ranks == list(range(1, len(ranks) + 1))
        assert scale.grades.get(is_worst=True).rank == len(ranks)


def test_new_scale_takes_effect_on_its_day_and_old_grades_keep_theirs():
    """Scenario 10: a scale of 2027 without an overall grade."""
    GradeScale.objects.create(code="SCCIF-2027", label="SCCIF without overall grade", from_on="2027-04-01")
    before, after = dt.date(2027, 3, 31), dt.date(2027, 4, 1)
    assert not GradeScale.objects.in_force(before).filter(code="SCCIF-2027").exists()
    assert GradeScale.objects.in_force(after).filter(code="SCCIF-2027", headline="").exists()
    assert Grade.objects.get(scale__code="SCCIF-4", code="good").label == "Good"
