"""Lists the lines that refuse somebody (`raise Refused`, `Conflict`, `NotYours`) and that no test has reached.

Reads the coverage data of `make test COVERAGE=1`. Exit code 1 where a line is neither reached nor in the list of
exceptions, or where an exception is reached by now and must leave the list.
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


def unreached(data: CoverageData, root: Path = ROOT) -> dict[str, int]:
    """Map "path: function-free text of the line" to its line number, for each refusal that no test executed."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            reached = set(data.lines(str(path)) or [])
            for line, text in refusals(path.read_text()):
                if line not in reached:
                    found[f"{path.relative_to(root)}: {text}"] = line
    return found


def main(arguments: list[str]) -> int:
    data = CoverageData(arguments[0] if arguments else str(ROOT / ".coverage"))
    data.read()
    if not data.measured_files():
        print("No coverage data: run make test COVERAGE=1 first.")
        return 1
    allowed = set(filter(None, EXCEPTIONS.read_text().splitlines())) if EXCEPTIONS.exists() else set()
    found = unreached(data)
    for key in sorted(found.keys() - allowed):
        path, text = key.split(": ", 1)
        print(f"{path}:{found[key]}: no test reaches: {text}")
    for key in sorted(allowed - found.keys()):
        print(f"{EXCEPTIONS.name}: reached by now, or gone: {key}")
    print(f"{len(found)} refusals that no test reaches, {len(allowed)} of them allowed.")
    return 1 if found.keys() ^ allowed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
