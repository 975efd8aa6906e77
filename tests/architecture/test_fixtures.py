"""A fixture that every test has keeps its name to itself: a test's own of that name would take its place unsaid."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]


def fixtures(source: str, *, only_automatic: bool = False) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        told = [ast.unparse(one) for one in node.decorator_list if "pytest.fixture" in ast.unparse(one)]
        if told and ("autouse=True" in told[0] or not only_automatic):
            yield node.name


def test_nothing_takes_the_place_of_what_every_test_has():
    every = set(fixtures((TESTS / "conftest.py").read_text(), only_automatic=True))
    assert "_no_reason_to_stop" in every
    taken = [
        f"{path.relative_to(TESTS)}: {name}"
        for path in TESTS.rglob("*.py")
        if path != TESTS / "conftest.py"
        for name in fixtures(path.read_text())
        if name in every
    ]
    assert taken == []
