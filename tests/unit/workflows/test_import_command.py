"""The two commands as an operator runs them: what is printed where, and how they exit."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from inspections.ofsted.models import RegisterFile
from inspections.ofsted.reader.tables import MOST_BYTES
from providers.directory.models import Setting
from tests.unit.inspections.ofsted.building import HEADER, csv_bytes, register, row

pytestmark = pytest.mark.django_db
KEYS = [
    "new",
    "changed",
    "unchanged",
    "newly_inadequate",
    "improved",
    "declined",
    "suspended",
    "gone",
    "moved",
    "flagged",
    "refused",
    "scope",
    "listed",
    "leaving",
]
NO_LOCAL_AUTHORITY = [heading for heading in HEADER if heading != "Local authority"]


@pytest.fixture
def march(tmp_path: Path) -> Path:
    path = tmp_path / "provider_at_march_2024.csv"
    path.write_bytes(register(row(), row(urn="2590934", registered="31/02/2020"), row()))
    return path


def run(capsys, *arguments) -> str:
    call_command(*map(str, arguments))
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_import_prints_json_alone_with_the_result_keys(march, capsys):
    result = json.loads(run(capsys, "import_ofsted", march, "--format", "json"))
    assert list(result) == KEYS
    assert result["new"] == ["SC009423"]
    assert [(fault["line"], fault["urn"]) for fault in result["refused"]] == [(3, "2590934"), (4, "SC009423")]
    assert "31/02/2020" in result["refused"][0]["sentence"]


def test_import_tells_in_words_what_changed_and_what_was_refused(march, capsys):
    told = run(capsys, "import_ofsted", march)
    assert told.startswith(
        "As at 31 March 2024, the file changed:\n  Taken as a part of the register: Lancashire only.\n  new                   1  SC009423\n"
    )
    assert "Line 3: the registration date “31/02/2020” is not a date written dd/mm/yyyy." in told


def test_dry_run_says_the_same_and_writes_nothing(march, capsys):
    preview = json.loads(run(capsys, "import_ofsted", march, "--dry-run", "--format", "json"))
    assert not Setting.objects.exists()
    assert not RegisterFile.objects.exists()
    assert json.loads(run(capsys, "import_ofsted", march, "--format", "json")) == preview


def test_given_day_wins_over_the_files_name(march, capsys):
    run(capsys, "import_ofsted", march, "--as-at", "2023-12-31")
    assert str(RegisterFile.objects.get().as_at) == "2023-12-31"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("march_2024.ods", b"anything", "save it as CSV"),
        ("march_2024.pdf", b"%PDF-1.7", "neither a CSV file nor an Excel workbook"),
        ("march_2024.csv", b"URN,Places\nSC009423,4\n", "Line 1"),
        ("march_2024.csv", csv_bytes([NO_LOCAL_AUTHORITY, row()]), "no column for local authority"),
        ("march_2024.csv", register(), "there are no rows below it"),
        ("march_2024.csv", b"URN\r\nFostering \x81 North\r\n", "Line 2 is neither UTF-8 nor Windows-1252"),
        ("march_2024.csv", b"x" * (MOST_BYTES + 1), "over 20 MB"),
        ("register.csv", register(row()), "--as-at YYYY-MM-DD"),
    ],
)
def test_file_fault_is_one_sentence_and_exit_code_2(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        call_command("import_ofsted", str(path))
    assert caught.value.returncode == 2
    assert sentence in str(caught.value)
    assert not RegisterFile.objects.exists()


def test_missing_file_is_exit_code_2(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.csv cannot be read: No such file") as caught:
        call_command("import_ofsted", str(tmp_path / "absent.csv"))
    assert caught.value.returncode == 2


def test_day_in_another_form_is_refused(march):
    with pytest.raises(CommandError, match="is not a day written YYYY-MM-DD"):
        call_command("import_ofsted", str(march), "--as-at", "31/03/2024")


def test_summary_counts_the_register_of_a_day(march, capsys):
    run(capsys, "import_ofsted", march)
    summary = json.loads(run(capsys, "register_summary", "--as-at", "2024-03-31", "--format", "json"))
    assert summary == {
        "as_at": "2024-03-31",
        "providers": {"Children's home": 1},
        "status": {"Active": 1},
        "grades": {"SCCIF-4": {"Children's home": {"Good": 1}}},
        "places": {"Children's home": 4},
    }


def test_summary_of_an_authority_that_the_day_does_not_know_is_empty(march, capsys):
    run(capsys, "import_ofsted", march)
    summary = json.loads(run(capsys, "register_summary", "--as-at", "2024-03-31", "--authority", "Rutland"))
    assert summary["providers"] == summary["grades"] == summary["places"] == {}
