"""Lists the lines that refuse somebody (`raise Refused`, `Conflict`, `NotYours`) and that no test has reached.

Reads the coverage data of `make test COVERAGE=1`, and the file beside it: how many such lines each module may still
have. Exit code 1 where a module has more of them. `--write` makes the file anew, and only ever smaller.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).parents[1]
PACKAGES = ("qa_portal", "providers", "inspections", "workflows")
REFUSALS = {"Refused", "Conflict", "NotYours"}
EXCEPTIONS = Path(__file__).with_name("unreached_refusals.txt")


def refusals(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text of the line) of each `raise` of a refusal."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Raise) or node.exc is None:
            continue
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = getattr(raised, "id", getattr(raised, "attr", ""))
        if name in REFUSALS:
            yield node.lineno, lines[node.lineno - 1].strip()


def unreached(data: CoverageData, root: Path = ROOT) -> dict[str, list[tuple[int, str]]]:
    """Map each module's path to (line, text) of the refusals in it that no test executed."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            reached = set(data.lines(str(path)) or [])
            left = [one for one in refusals(path.read_text()) if one[0] not in reached]
            if left and "migrations" not in path.parts:
                found[str(path.relative_to(root))] = left
    return found


def allowed_in(text: str) -> dict[str, int]:
    """Read "path number" lines; what follows a # is a comment."""
    lines = filter(None, (line.split("#")[0].split() for line in text.splitlines()))
    return {path: int(number) for path, number in lines}


def main(arguments: list[str]) -> int:
    data = CoverageData(str(ROOT / ".coverage"))
    data.read()
    if not data.measured_files():
        print("No coverage data: run make test COVERAGE=1 first.")
        return 1
    head = [line for line in EXCEPTIONS.read_text().splitlines() if line.startswith("#")]
    allowed, found, failed = allowed_in(EXCEPTIONS.read_text()), unreached(data), False
    for path, left in found.items():
        too_many = len(left) > allowed.get(path, 0)
        failed |= too_many
        for line, text in left:
            print(f"{'FAILED ' if too_many else ''}{path}:{line}: no test reaches: {text}")
    if "--write" in arguments:
        rows = [
            f"{path} {min(len(left), allowed.get(path, 0))}"
            for path, left in found.items()
            if path in allowed
        ]
        EXCEPTIONS.write_text("\n".join([*head, *rows]) + "\n")
    print(f"{sum(map(len, found.values()))} refusals that no test reaches, in {len(found)} modules.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
