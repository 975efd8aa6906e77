"""Whatever reads the bytes of a stranger's file is called in a child process, through one door.

A parser is named in `READERS` alone; elsewhere a function of theirs is only ever handed to `read_in_child`. What
writes files, or reads our own, is listed with what it needs.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("qa_portal", "providers", "inspections", "workflows")
CODE = [p for package in PACKAGES for p in (ROOT / package).rglob("*.py") if "migrations" not in p.parts]
PARSERS = {
    *("PIL", "pypdf", "openpyxl", "pandas", "lxml", "filetype", "xlrd", "odf", "docx", "pdfminer", "magic"),
    *("csv", "zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib", "xml", "html5lib", "defusedxml", "email"),
    *("marshal", "shelve", "plistlib", "wave", "icalendar"),
}
READERS = {
    *(
        f"providers.documents.validation.{n}"
        for n in ("content_checks", "archives", "pictures", "picture_parts")
    ),
    *("providers.documents.validation.pdf*", "providers.documents.validation.texts"),
    *(f"providers.documents.validation.{n}" for n in ("links", "open_*", "xml_reading")),
    *(
        "providers.contracts.counts_file",
        "inspections.ofsted.reader.feed",
        "inspections.ofsted.reader.tables",
    ),
}
OUR_OWN = {
    "qa_portal.core.exports": {"csv", "openpyxl"},
    "qa_portal.core.pdf.engine": {"pypdf"},
    "qa_portal.core.pdf.markup": {"lxml"},
    "inspections.scorecards.presentation.exports.paper": {"PIL"},
    "inspections.ofsted.sample.files": {"csv"},
    "providers.notifications.calendar": {"icalendar"},
    "qa_portal.portal.demo.mail": {"email"},
}
"""Tables, papers and mails that the portal writes, and our own pages on their way into a PDF."""


def is_reader(module: str) -> bool:
    return any(module == name or (name[-1] == "*" and module.startswith(name[:-1])) for name in READERS)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """(module, name in it or nothing, what it is called here), wherever in the source it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.name, "", one.asname or one.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield node.module, one.name, one.asname or one.name


def functions_of(module: str) -> set[str]:
    path = ROOT / (module.replace(".", "/") + ".py")
    if not path.exists():
        return set()
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}


def handed_over(tree: ast.AST) -> set[int]:
    """The expressions that are the first argument of `read_in_child`."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {id(c.args[0]) for c in calls if getattr(c.func, "id", "") == "read_in_child" and c.args}


def readings(tree: ast.AST) -> Iterator[str]:
    """Every use of a reader's function that is not handed to the door."""
    functions: dict[str, str] = {}
    modules: dict[str, str] = {}
    for module, name, here in imports_of(tree):
        if is_reader(module) and name in functions_of(module):
            functions[here] = f"{module}.{name}"
        elif is_reader(whole := f"{module}.{name}".rstrip(".")):
            modules[here] = whole
    allowed = handed_over(tree)
    for node in ast.walk(tree):
        if id(node) in allowed:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in functions:
            yield f"line {node.lineno}: {functions[node.id]}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            module = modules[node.value.id]
            if node.attr in functions_of(module):
                yield f"line {node.lineno}: {module}.{node.attr}"


def faults_of(source: str, module: str) -> list[str]:
    if is_reader(module):
        return []
    tree = ast.parse(source)
    found = {name.partition(".")[0] for name, _, _ in imports_of(tree)} & PARSERS
    parsers = [f"imports {name}" for name in sorted(found - OUR_OWN.get(module, set()))]
    return parsers + list(readings(tree))


PLANTED = {
    "import zipfile": "imports zipfile",
    "def f(x):\n    from PIL import Image\n": "imports PIL",
    "import xml.etree.ElementTree as E": "imports xml",
    "from inspections.ofsted.reader.feed import read_feed as r\nr(b'')": "line 2: inspections.ofsted.reader.feed.read_feed",
    "from inspections.ofsted.reader import tables as feed_tables\nfeed_tables.open_tables(b'', '')": (
        "line 2: inspections.ofsted.reader.tables.open_tables"
    ),
    "from providers.contracts.counts_file import read_counts\nmap(read_counts, [b''])": (
        "line 2: providers.contracts.counts_file.read_counts"
    ),
}


@pytest.mark.parametrize("source", PLANTED)
def test_reading_of_a_file_in_our_own_process_is_found(source):
    assert faults_of(source, "qa_portal.portal.views") == [PLANTED[source]]


def test_reading_in_a_child_and_the_shapes_and_limits_of_a_reader_are_no_fault():
    source = (
        "from inspections.ofsted.reader.feed import Feed, read_feed\n"
        "from providers.contracts.counts_file import MOST_BYTES\n"
        "from qa_portal.core.untrusted import read_in_child\n"
        "read_in_child(read_feed, b'', budget=MOST_BYTES, refusal='')\n"
    )
    assert faults_of(source, "qa_portal.portal.views") == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_bytes_of_a_stranger_are_read_in_a_child_alone(path):
    assert faults_of(path.read_text(), module_of(path)) == []
