"""No due work destroys what it did not make: each kind says here what it may destroy, and all are tried on a storage.

A kind that is new fails until it is listed. What "nothing" is claimed of is tried beside it: every kind runs over
databases that lack the rows of a full storage, and every byte must still be there.
"""

import uuid
from pathlib import Path

import pytest
from django.core.cache import cache

from providers.documents import sweeping
from providers.documents.models import Document
from providers.documents.storage import document_storage, name_for, stored_names
from qa_portal.core import due, stops
from qa_portal.core.installation import begin_restored, storage_ownership
from qa_portal.core.stops import WritesStopped
from tests.factories.documents import a_document
from tests.factories.storage import adopt_now, everything_in, stored

NOTHING = ""
MAY_DESTROY = {
    "documents past their time": "the contents of a document whose row names the day until which they are kept",
    sweeping.NAME: "contents whose row says that they were emptied; what lay in quarantine for QUARANTINE_DAYS",
    "preview imports of the register": "the uploaded copy in its own row, when it is refused",
    "import the register": "the uploaded copy in its own row, when it ends; rows of the register, with history",
} | dict.fromkeys(
    [
        "collect daily digests",
        "end the verification of what Ofsted has told",
        "finish joins",
        "finish parents",
        "fire timers",
        "hand on the work of the absent",
        "hold referrals of the excluded",
        "hold referrals of the suspended",
        "lift holds of exclusions that ended",
        "lift holds of suspensions that ended",
        "lift pauses of papers renewed",
        "open issues from verified judgements",
        "open issues from visit concerns",
        "open self-assessments",
        "pause lots whose papers ran out",
        "remind of actions",
        "remind of documents that run out",
        "remind of reviews of exclusion",
        "scan documents",
        "send invitations that did not leave",
        "send messages",
        "tell of infected documents",
        "tell of late steps",
        "tell of providers that may be excluded",
        "tell of steps due soon",
    ],
    NOTHING,
)
FILES = 57


@pytest.fixture
def full(settings, tmp_path) -> Path:
    """A storage of documents that no row of the test's database knows."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for number in range(FILES):
        stored(name_for(uuid.uuid4()), f"evidence {number}".encode(), hours=99)
    storage_ownership._seen.clear()
    cache.clear()
    return settings.MEDIA_ROOT


def run_everything() -> list[str]:
    """Each kind by itself, and all of them. Returns why a pass was stopped, each time that it was."""
    told = []
    for names in [(), *[(name,) for name in due._kinds], ()]:
        try:
            due.run_due(*names)
        except WritesStopped as stopped:
            told.append(stopped.sentence)
    return told


def bytes_of(folder: Path) -> list[bytes]:
    return sorted(everything_in(folder).values())


def test_every_kind_of_due_work_says_what_it_may_destroy():
    assert set(due._kinds) == set(MAY_DESTROY)


@pytest.mark.django_db
def test_no_due_work_touches_a_full_storage_beside_a_freshly_migrated_database(full):
    before = everything_in(full)
    assert len(set(run_everything())) == 1
    assert everything_in(full) == before


@pytest.mark.django_db
def test_no_due_work_touches_it_beside_an_older_copy_of_the_database(full, world):
    adopt_now()
    a_document(world.as_("provider_manager_x"), text="in the backup")
    begin_restored(document_storage(), kind="tests")
    before = everything_in(full)
    assert all("restored from a backup" in sentence for sentence in run_everything())
    assert everything_in(full) == before


@pytest.mark.django_db
@pytest.mark.parametrize("many", [20, FILES])
def test_without_what_stops_it_the_sweep_still_loses_nothing(full, monkeypatch, many):
    """Both locks off: a storage that was adopted by mistake."""
    adopt_now()
    monkeypatch.setattr(stops, "_stops", {})
    for path in list(full.glob("documents/*/*"))[many:]:
        path.unlink()
    before = bytes_of(full)
    assert run_everything() == []
    assert bytes_of(full) == before
    moved = sum("quarantine" in name for name in everything_in(full))
    assert moved == (many if many == 20 else 0)


@pytest.mark.django_db
def test_control_the_former_sweep_loses_everything(full, monkeypatch):
    """As it was: what had no row, and was older than a day, was deleted."""
    monkeypatch.setattr(stops, "_stops", {})
    monkeypatch.setattr(due, "_before", [])
    monkeypatch.setitem(due._kinds, sweeping.NAME, due.DueWork(sweeping.NAME, strays_of_old, delete_at_once))
    due.run_due()
    assert everything_in(full) == {}


def strays_of_old() -> list[sweeping.StrayFile]:
    found = [sweeping.StrayFile(f"{folder}/{name}") for folder, names in stored_names() for name in names]
    return [file for file in found if not Document.objects.filter(public_id=Path(file.pk).name).exists()]


def delete_at_once(file: sweeping.StrayFile) -> None:
    document_storage().delete(file.pk)
