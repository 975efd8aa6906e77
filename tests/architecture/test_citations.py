"""A source that the code names stands in docs/domain.md: nobody needs a document that is not here."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = (ROOT / "docs" / "domain.md").read_text()
FACT = re.compile(r"facts\s+(\d\.\d)(?:\s+\[(\d+)\])?")
OTHER = re.compile(r"\b(requirement|scenario|finding)\s+(\d+)\b")
PRODUCT = ("qa_portal", "providers", "inspections", "workflows")


def sources_of(text: str) -> set[str]:
    """Returns the sources that a text cites: sections of facts, numbers in brackets, numbered items."""
    found = set()
    for section, number in FACT.findall(text):
        found |= {f"### {section} ", f"[{number}]"} if number else {f"### {section} "}
    return found | {f"{kind} {number}" for kind, number in OTHER.findall(text)}


def product_files() -> list[Path]:
    return [
        path for folder in PRODUCT for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    ]


def test_every_source_cited_in_code_is_in_the_repository():
    cited = {source for path in product_files() for source in sources_of(path.read_text())}
    assert len(cited) > 10
    assert sorted(source for source in cited if source not in DOMAIN) == []


def test_a_source_that_is_nowhere_is_found():
    assert sources_of('"""As facts 2.9 [77] and requirement 99 say."""') == {
        "### 2.9 ",
        "[77]",
        "requirement 99",
    }
