"""What the source must not hold: ways around the audit, unsafe HTML, oversized rooms, addresses of registries."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("qa_portal", "providers", "inspections", "workflows")
SOURCES = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
CODE = [path for path in SOURCES if "migrations" not in path.parts]
MIGRATIONS = [path for path in SOURCES if "migrations" in path.parts]

AROUND_THE_AUDIT = {
    *("update", "aupdate", "bulk_create", "abulk_create", "bulk_update", "abulk_update"),
    *("_raw_delete", "save_without_historical_record", "raw", "execute", "executemany", "loaddata"),
}
HISTORY_SWITCHES = {"skip_history_when_saving", "_history_date"}


def ways_around(source: str) -> Iterator[tuple[int, str]]:
    """Calls that look like unaudited writes; `# audit-ok: reason` on the line allows one."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        name = getattr(node, "attr", getattr(node, "id", ""))
        if isinstance(node, ast.Attribute | ast.Name) and name in HISTORY_SWITCHES:
            yield node.lineno, name
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        allowed = "# audit-ok: " in " ".join(lines[node.lineno - 1 : node.end_lineno])
        of_a_dictionary = node.func.attr == "update" and not node.keywords
        of_super = (
            isinstance(node.func.value, ast.Call) and getattr(node.func.value.func, "id", "") == "super"
        )
        if node.func.attr in AROUND_THE_AUDIT and not (allowed or of_a_dictionary or of_super):
            yield node.lineno, node.func.attr


def test_scan_sees_what_it_looks_for():
    assert list(ways_around("Home.objects.filter(a=1).update(b=2)")) == [(1, "update")]
    assert list(ways_around("values.update(other)\nq.update(a=1)  # audit-ok: a projection")) == []
    assert [name for _, name in ways_around("row._history_date = then")] == ["_history_date"]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_has_no_way_around_the_audit(path):
    assert list(ways_around(path.read_text())) == []


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_migration_changes_no_rows(path):
    """A migration's model writes no history; reference data loads by a service after migrate."""
    assert not re.search(r"RunPython|INSERT INTO|UPDATE .* SET|DELETE FROM", path.read_text(), re.IGNORECASE)


def test_files_and_functions_keep_their_size():
    large = [f"{path}: {n}" for path in CODE if (n := len(path.read_text().splitlines())) > 500]
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and node.end_lineno - node.lineno >= 60
            ):
                large.append(f"{path}: {node.name}")
    for path in (ROOT / "templates").rglob("*.html"):
        if len(path.read_text().splitlines()) > 120:
            large.append(str(path))
    assert large == []


def test_no_committed_file_holds_the_address_of_a_registry_or_of_a_machine():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout
    pattern = re.compile(
        r"https?://[^\s\"]+\.(whl|tgz|tar\.gz)|index-url\s*=|registry\s*=|files\.pythonhosted|/root/"
    )
    found = [
        name
        for name in tracked.split("\0")
        if name
        and name.endswith((".lock", ".toml", ".py", ".md", ".json", ".yaml", ".txt"))
        and name != "tests/architecture/test_source.py"
        and pattern.search((ROOT / name).read_text(errors="replace"))
    ]
    assert found == []


def test_heavy_libraries_are_not_loaded_with_the_addresses():
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'qa_portal.settings'; django.setup();"
        "import qa_portal.urls; print({'pandas', 'xhtml2pdf', 'reportlab', 'lxml', 'openpyxl'} & set(sys.modules))"
    )
    import sys

    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert result.stdout.strip() == "set()", result.stderr
