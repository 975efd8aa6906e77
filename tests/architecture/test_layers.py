"""The import contract holds, covers everything, and breaks when it should."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("qa_portal", "providers", "inspections", "workflows")
LINT = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": "."}
    )


@pytest.fixture
def copy(tmp_path) -> Path:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("static", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contract_is_kept():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


PLANTED = [
    ("qa_portal/core/dates.py", "import providers.directory.models"),
    ("providers/directory/models/__init__.py", "import providers.people.models"),
    ("providers/people/selectors.py", "import providers.people.services.shares"),
    ("inspections/ofsted/limiting_judgements.py", "import qa_portal.portal.views"),
    ("providers/people/rules.py", "import viewflow.workflow.models"),
    ("qa_portal/core/rules.py", "import qa_portal.core.audit.models"),
    ("qa_portal/core/exports.py", "import xhtml2pdf"),
    ("qa_portal/core/pdf/rendering.py", "import reportlab.platypus"),
]


@pytest.mark.parametrize(("where", "what"), PLANTED)
def test_planted_wrong_import_breaks_the_contract(copy, where, what):
    target = copy / where
    if not target.exists():
        target = copy / "providers/directory/models.py"
    target.write_text(f"{what}\n{target.read_text()}")
    result = lint(copy)
    assert result.returncode != 0
    assert "BROKEN" in result.stdout


def test_new_module_without_a_layer_breaks_the_contract(copy):
    (copy / "providers/people/helpers.py").write_text("")
    result = lint(copy)
    assert result.returncode != 0
    assert "helpers" in result.stdout


def test_every_container_of_the_contract_is_exhaustive():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert all(contract.get("exhaustive") for contract in contracts if "containers" in contract)
