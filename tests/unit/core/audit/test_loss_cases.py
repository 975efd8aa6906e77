"""The ordinary ways in which simple-history loses or falsifies the audit: each cannot commit.

The models are plain simple-history without our base model, so the database guard is the only defence.
"""

import pytest
from django.core import serializers
from django.db import connection, models
from django.db.migrations.state import ProjectState
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from qa_portal.core.audit import guard
from tests.lossy.models import Home, ProxyHome, Region

pytestmark = pytest.mark.django_db


def home(name: str = "Beck House", **values) -> Home:
    return Home.objects.create(name=name, **values)


def set_update():
    Home.objects.filter(pk=home().pk).update(beds=9)


def bulk_create():
    Home.objects.bulk_create([Home(name="Beck House")])


def bulk_update():
    row = home()
    row.beds = 7
    Home.objects.bulk_update([row], ["beds"])


def insert_or_update():
    home()
    Home.objects.bulk_create(
        [Home(name="Beck House", beds=44)],
        update_conflicts=True,
        update_fields=["beds"],
        unique_fields=["name"],
    )


def related_add():
    Region.objects.create(name="Eden").homes.add(home())


def related_set():
    Region.objects.create(name="Eden").homes.set([home()])


def related_clear():
    region = Region.objects.create(name="Eden")
    home(region=region)
    region.homes.clear()


def target_of_set_null_deleted():
    region = Region.objects.create(name="Eden")
    home(region=region)
    region.delete()


def proxy_save():
    row = ProxyHome.objects.get(pk=home().pk)
    row.beds = 19
    row.save()


def migration_model_save():
    from django.apps import apps

    frozen = ProjectState.from_apps(apps).apps.get_model("lossy", "Home")
    row = frozen.objects.get(pk=home().pk)
    row.beds = 55
    row.save()


def loaded_fixture():
    data = serializers.serialize("json", [home()]).replace('"beds": 1', '"beds": 31')
    for item in serializers.deserialize("json", data):
        item.save()


def raw_sql():
    with connection.cursor() as cursor:
        cursor.execute("update lossy_home set beds = 77 where id = %s", [home().pk])


def raw_delete():
    Home.objects.filter(pk=home().pk)._raw_delete("default")


def save_told_to_skip_history():
    row = home()
    row.beds = 6
    row.save_without_historical_record()


def partial_save_with_another_change():
    row = home()
    row.beds, row.grade = 3, "poor"
    row.save(update_fields=["beds"])


def partial_save_of_a_stale_row():
    key = home().pk
    first, second = Home.objects.get(pk=key), Home.objects.get(pk=key)
    first.beds = 10
    first.save(update_fields=["beds"])
    second.grade = "poor"
    second.save(update_fields=["grade"])


def bulk_update_with_another_change():
    row = home()
    row.beds, row.grade = 4, "poor"
    bulk_update_with_history([row], Home, ["beds"])


LOSSES = [
    set_update,
    bulk_create,
    bulk_update,
    insert_or_update,
    related_add,
    related_set,
    related_clear,
    target_of_set_null_deleted,
    proxy_save,
    migration_model_save,
    loaded_fixture,
    raw_sql,
    raw_delete,
    save_told_to_skip_history,
    partial_save_with_another_change,
    partial_save_of_a_stale_row,
    bulk_update_with_another_change,
]


def base_save_marked_raw():
    row = home()
    row.beds = 8
    row.save_base(raw=True)


def ignored_conflict_recorded_as_written():
    home(beds=3)
    rows = [Home(name="Beck House", beds=99), Home(name="Tarn House")]
    bulk_create_with_history(rows, Home, ignore_conflicts=True)


def test_seventeen_cases_are_all_here():
    assert len(LOSSES) == 17


@pytest.mark.parametrize("lose", [*LOSSES, base_save_marked_raw], ids=lambda case: case.__name__)
def test_loss_cannot_commit(lose, commit_would_fail):
    assert commit_would_fail(lose)


@pytest.mark.parametrize("lose", LOSSES, ids=lambda case: case.__name__)
def test_loss_would_commit_without_the_guard(lose, commit_would_fail):
    """The control: each case really loses history when nothing stops it."""
    guard.unlock(connection)
    assert not commit_would_fail(lose)


def ordinary_saves():
    row = home()
    row.beds = 5
    row.save()
    Home.objects.get_or_create(name="Tarn House")
    Home.objects.update_or_create(name="Tarn House", defaults={"beds": 12})
    only = Home.objects.only("id", "beds").get(pk=row.pk)
    only.beds = 2
    only.save()


def ordinary_deletes():
    home().delete()
    home()
    Home.objects.filter(name="Beck House").delete()


def bulk_with_history():
    bulk_create_with_history([Home(name="Tarn House")], Home)


@pytest.mark.parametrize(
    "keep", [ordinary_saves, ordinary_deletes, bulk_with_history], ids=lambda case: case.__name__
)
def test_what_is_recorded_commits(keep, commit_would_fail):
    assert not commit_would_fail(keep)


@pytest.mark.parametrize(
    "rewrite",
    [lambda: Home.history.all().delete(), lambda: Home.history.all().update(grade="poor")],
    ids=["delete", "update"],
)
def test_history_cannot_be_rewritten(rewrite, commit_would_fail):
    home()
    assert commit_would_fail(rewrite)


def test_many_to_many_is_banned_because_no_guard_sees_it():
    """simple-history's m2m rows are outside the guard, so `audit.E003` refuses the model itself."""
    from qa_portal.core.audit.checks import _relation_faults

    class Tagged(models.Model):
        tags = models.ManyToManyField(Region)
        gone = models.ForeignKey(Region, models.SET_NULL, null=True, related_name="+")

        class Meta:
            app_label = "lossy"
            managed = False

    from django.apps import apps

    apps.all_models["lossy"].pop("tagged")
    apps.all_models["lossy"].pop("tagged_tags", None)
    apps.clear_cache()
    assert {fault.id for fault in _relation_faults(Tagged)} == {"audit.E003", "audit.E004"}
