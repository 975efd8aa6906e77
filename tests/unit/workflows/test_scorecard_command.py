"""python manage.py scorecard: the scorecard of a day as a file, whole or not at all."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from inspections.scorecards.presentation.exports import FORMATS
from providers.directory.models import Authority
from providers.people.models import Organisation
from qa_portal.core.dates import today
from tests.factories.register import SettingFactory
from tests.unit.inspections.scorecards.presentation.exports import reading

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
SINCE = dt.date(2024, 4, 1)


@pytest.fixture
def council():
    authority = Authority.objects.get(name="Lancashire")
    return Organisation.objects.create(name="Lancashire County Council", kind="council", authority=authority)


@pytest.fixture(autouse=True)
def homes(council):
    elsewhere = Authority.objects.get(name="Leicestershire")
    for authority, name in ((council.authority, "Fellside House"), (elsewhere, "Beck Hall")):
        SettingFactory(authority=authority, working_name=name, registered_on=SINCE)


def run(*arguments: object, as_at: object = "") -> str:
    out = io.StringIO()
    call_command("scorecard", "--as-at", str(as_at or today()), *map(str, arguments), stdout=out)
    return out.getvalue()


def names(*arguments: str) -> list[str]:
    return sorted(row["name"] for row in json.loads(run(*arguments))["rows"])


def test_without_an_authority_every_registered_setting_has_a_row():
    assert names() == ["Beck Hall", "Fellside House"]


@pytest.mark.parametrize("name", ["Lancashire County Council", "lancashire"])
def test_council_is_found_by_its_own_name_or_its_authority_s_and_sees_what_it_watches(name):
    told = json.loads(run("--authority", name))
    assert [row["name"] for row in told["rows"]] == ["Fellside House"]
    assert told["whose"] == "Lancashire County Council"


def test_authority_without_a_council_in_the_portal_has_the_settings_there():
    assert names("--authority", "Leicestershire") == ["Beck Hall"]


def test_json_has_its_keys_in_their_order_and_is_the_same_every_time():
    once, again = run(), run()
    assert list(json.loads(once)) == ["as_at", "whose", "definition", "bands", "rows", "digest"]
    assert once == again


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_file_holds_what_the_output_would(name, tmp_path):
    out = tmp_path / f"scorecard.{name}"
    assert run("--format", name, "--out", out) == ""
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    readers = {
        "csv": reading.table_of_csv,
        "xlsx": reading.table_of_xlsx,
        "json": reading.table_of_json,
    }
    text = str(readers[name](out.read_bytes())) if name in readers else pdf_text(out)
    assert "Fellside House" in text
    assert "Beck Hall" in text


def pdf_text(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def test_pdf_over_every_council_s_records_says_that_no_page_has_just_these_figures(council, tmp_path):
    run("--format", "pdf", "--out", tmp_path / "a.pdf")
    assert "records of every council here" in " ".join(pdf_text(tmp_path / "a.pdf").split())
    run("--authority", council, "--format", "pdf", "--out", tmp_path / "b.pdf")
    assert "records of every council here" not in pdf_text(tmp_path / "b.pdf")


def test_pdf_says_whose_it_is_and_where_the_page_of_the_same_content_is(council, tmp_path):
    run("--authority", council, "--format", "pdf", "--out", tmp_path / "a.pdf")
    document = PdfReader(tmp_path / "a.pdf")
    assert document.metadata.author == "Lancashire County Council"
    address = document.pages[0]["/Annots"][0].get_object()["/A"]["/URI"]
    assert address.endswith(f"/scorecards/?as_at={today()}&council={council.public_id}")


def test_file_that_stood_there_is_replaced_and_keeps_who_may_read_it(tmp_path):
    out = tmp_path / "scorecard.csv"
    out.write_text("older")
    out.chmod(0o640)
    run("--format", "csv", "--out", out)
    assert "older" not in out.read_text()
    assert out.stat().st_mode & 0o777 == 0o640


def test_new_file_is_as_readable_as_any_other_of_the_process(tmp_path):
    (tmp_path / "plain").write_text("")
    run("--out", tmp_path / "scorecard.json")
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert len(modes) == 1


REFUSED = [
    (
        "a name that nobody has",
        ["--authority", "Atlantis"],
        "No council or authority here is called “Atlantis”.",
    ),
    ("a folder that is not there", ["--out", "nowhere/a.json"], "nowhere/a.json cannot be written: No such"),
    ("a folder", ["--out", "."], ". cannot be written: Is a directory."),
]


@pytest.mark.parametrize(
    ("arguments", "sentence"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_bad_input_is_one_sentence_and_no_file(arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as told:
        run(*arguments)
    assert str(told.value).startswith(sentence)
    assert told.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("as_at", "sentence"),
    [
        (dt.date(2999, 1, 1), "1 January 2999 is still to come: give today or a day before it."),
        (dt.date(1900, 1, 1), "No such setting is known to have been registered on 1 January 1900."),
        (dt.date.min, "Nothing is known of any day before 1900."),
    ],
)
def test_day_without_a_scorecard_is_one_sentence_and_no_file(as_at, sentence, tmp_path):
    with pytest.raises(CommandError) as told:
        run("--format", "pdf", "--out", tmp_path / "a.pdf", as_at=as_at.isoformat())
    assert str(told.value) == sentence
    assert list(tmp_path.iterdir()) == []


def test_file_that_breaks_off_leaves_the_older_one_and_nothing_beside_it(tmp_path, monkeypatch):
    out = tmp_path / "scorecard.json"
    out.write_text("older")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CommandError, match=r"cannot be written: No space left on device\.$"):
        run("--out", out)
    assert out.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_exit_code_is_1_with_the_sentence_on_the_error_output_alone(tmp_path):
    told = subprocess.run(
        [sys.executable, "manage.py", "scorecard", "--as-at", "2999-01-01"],
        cwd=ROOT,
        env=os.environ | {"QA_ENV": "local", "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.strip().splitlines()[-1].endswith("give today or a day before it.")
    assert "Traceback" not in told.stderr
