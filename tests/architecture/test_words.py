"""Words that people read: one name for one thing, and none of the sentences that officers could not follow.

Read are templates, letters and mails, the sentences that Python code shows (labels, hints, refusals, subjects of
messages), the names in the scorecard's definition, and the guides. Code, JSON keys and codes keep their words.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("qa_portal", "providers", "inspections", "workflows")

PHRASES = [
    # stiff or translated, whole kinds
    r"whoever|whomever",
    r"(?<!under)(?<!stand-)\bstands?\b(?! in\b)(?! still\b)(?!-in)",
    r"\b(?:is|are) told\b",
    r"\bgoes on\b|\bgo on (?:as|with)\b|\bgoing on as\b",
    r"\bsees? to it\b|\blooks? after your\b",
    r"\bof the weight\b|\bover what is known\b|\bsets no band\b",
    r"\bwhat was asked\b|\bwhat is not (?:known|wound)\b",
    r"\bshows and names no\b|\bnames and shows no\b",
    r"\bnobody has looked\b(?! at)|\bkept back\b|\btold on a scale\b",
    r"\bends undone\b|\bwaits for others\b|\bbeen here\b",
    r"(?<!one )\bby itself\b",
    r"\bof them on the\b",
    r"\bcannot wait that\b",
    # single sentences of the reading
    r"press a name|the terminal says",
    r"come back by \"",
    r"warnings put together",
    r"too little of it is",
    r"in the night in which",
    r"be somebody and look around",
    r"lots pause whose",
    r"in another band than",
    r"how many stand where|that we watch|(?<!one )row for each",
    r"for every day alike|and no column:",
    r"newer evidence of their own kind ends",
    r"falls due fills it",
    r"most is lost on",
    r"who has it, and how it goes",
    r"from stage to stage",
    r"nothing that tells who",
    r"moves (?:nobody|no child)",
    r"what you know that bears",
    r"known inadequate, no case|inadequate without a case",
    r"how i am told",
    r"a step waits for you|a step of a process",
    r"something you (?:could|can) do",
    r"the visit keeps this version",
    r"why this visit, and why now|who goes along",
    r"what shows this|did you tell them before",
    r"save, then go",
    r"finding by finding",
    r"what do you say to",
    r"every page saves",
    r"is anybody of",
    r"time to decide stands",
    r"no last day|^last day$",
    r"sum insured",
    r"on the day that a file speaks for",
    r"second factor",
    r"reading a restricted record is recorded",
    r"somebody asks something of you",
    r"the same in words",
    r"you can: nothing",
]
"""Anywhere in what people read. Each is a regular expression, whatever the capitals."""

NAMES = {
    "task": r"(?<!two-)\bsteps?\b(?! (?:to|you|that you will) (?:take|reach)?)(?<!next step)",
    "setting, home": r"\bplaces?\b(?<!^places)",
    "scorecard rating": r"\bbands?\b",
    "question set": r"(?<!light-touch )(?<!open )\bframeworks?\b",
    "Ofsted files": r"\bofsted['’]s files\b|^imports?$|^import a file",
    "monitoring visit": r"^visits$",
    "contract issue": r"^issues$|^cases$|\bcase\b",
    "completed, in progress, not started": r"\bvalidated\b|\bfinished\b|\bnot yet complete\b",
}
"""In titles, headings, buttons, table heads, menu entries, labels and subjects: the one name, and what it is not."""

BAND = re.compile(r"\bbands?\b", re.IGNORECASE)
FORBIDDEN = re.compile("|".join(f"(?:{phrase})" for phrase in PHRASES), re.IGNORECASE)

HEADINGS = re.compile(
    r"<(?P<tag>h1|h2|h3|th|button|legend|caption|label)\b[^>]*>(?P<text>.*?)</(?P=tag)>"
    r"|{% block title %}(?P<title>.*?){% endblock",
    re.DOTALL,
)
NOT_READ = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)
NAMING_KEYWORDS = {
    "label",
    "provider_label",
    "title",
    "button",
    "legend",
    "heading",
    "verbose_name",
    "subject",
}
NAMING_ATTRIBUTES = {"title", "button", "heading", "label"}


def words_of_template(text: str) -> Iterator[str]:
    """Yield what a template shows: text between tags, and quoted words handed to other templates."""
    text = NOT_READ.sub(" ", text)
    for tag in re.findall(r"{%.*?%}|{{.*?}}", text, re.DOTALL):
        yield from (words for words in re.findall(r'"([^"]*)"', tag) if " " in words)
    bare = re.sub(r"{%.*?%}", "\n", text, flags=re.DOTALL)
    bare = re.sub(r"{{.*?}}", "…", bare, flags=re.DOTALL)
    yield from re.findall(r'(?:aria-label|title|alt|data-label)="([^"]+)"', bare)
    yield from (" ".join(part.split()) for part in re.split(r"<[^>]*>|\n\s*\n", bare) if part.strip())


def names_of_template(text: str) -> Iterator[str]:
    """Yield the titles, headings, buttons, labels and table heads of a template, without their mark-up."""
    for found in HEADINGS.finditer(NOT_READ.sub(" ", text)):
        inner = found["text"] if found["text"] is not None else found["title"]
        words = re.sub(r"<[^>]*>|{%.*?%}|{{.*?}}", " ", inner, flags=re.DOTALL)
        if words.strip():
            yield " ".join(words.split())


def documented(tree: ast.AST) -> set[int]:
    """Return the ids of strings that nobody is shown: docstrings and strings that stand alone."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def words_of_code(source: str) -> Iterator[str]:
    """Yield every string of more than one word, the fixed parts of f-strings too."""
    tree = ast.parse(source)
    unread = documented(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"compile", "ValueError"}:
            unread |= {id(part) for part in ast.walk(node)}
        if not isinstance(node, ast.Constant) or id(node) in unread or not isinstance(node.value, str):
            continue
        if " " in node.value.strip():
            yield node.value


def names_of_code(source: str) -> Iterator[str]:
    """Yield labels, titles, buttons and subjects: keywords, attributes of views, and labels of choices."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg in NAMING_KEYWORDS:
            yield from strings_in(node.value)
        elif isinstance(node, ast.ClassDef):
            is_choices = any("Choices" in ast.unparse(base) for base in node.bases)
            for line in node.body:
                if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
                    continue
                if line.targets[0].id in NAMING_ATTRIBUTES:
                    yield from strings_in(line.value)
                elif is_choices and isinstance(line.value, ast.Tuple) and len(line.value.elts) > 1:
                    yield from strings_in(line.value.elts[1])


def strings_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def faults(words: list[str], names: list[str]) -> list[str]:
    """Return what is wrong with the words of one file, as sentences for the developer."""
    found = [
        f"“{' '.join(text.split())[:90]}”: {hit[0]}" for text in words if (hit := FORBIDDEN.search(text))
    ]
    found += [f"“{' '.join(text.split())[:90]}”: band" for text in words if BAND.search(text)]
    for name in names:
        for right, wrong in NAMES.items():
            if re.search(wrong, name, re.IGNORECASE):
                found.append(f"“{name[:90]}” is called {right}")
    return sorted(set(found))


def faults_of(path: Path) -> list[str]:
    text = path.read_text()
    if path.suffix == ".py":
        return faults(list(words_of_code(text)), list(names_of_code(text)))
    if path.suffix == ".html":
        return faults(list(words_of_template(text)), list(names_of_template(text)))
    if path.suffix == ".json":
        return faults(list(words_of_data(json.loads(text))), [])
    if path.suffix == ".md":
        return faults(text.split("\n\n"), re.findall(r"^#+ (.*)$", text, re.MULTILINE))
    return faults(list(words_of_template(text)), [])


def words_of_data(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from words_of_data(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_of_data(part)
    elif isinstance(value, str) and " " in value:
        yield value


def read_files() -> list[Path]:
    code = [
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if not {"migrations", "management", "logs", "audit"} & set(path.parts)
    ]
    pages = [path for kind in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{kind}")]
    guides = [*(ROOT / "docs" / "first-hour").glob("*.md")]
    data = [*(ROOT / "inspections" / "scorecards").rglob("definition.json")]
    return sorted(code + pages + guides + data)


FILES = read_files()


def test_what_people_read_says_it_plainly():
    """`python -m tests.architecture.test_words [FOLDER]` prints what is left."""
    assert len(FILES) > 500
    left = {str(path.relative_to(ROOT)): found for path in FILES if (found := faults_of(path))}
    assert left == {}


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("<p>Whoever signs may see it.</p>", "Whoever"),
        ("<p>It <strong>stands</strong> there.</p>", "stands"),
        ('{% include "x.html" with text="It is told to you" %}', "is told"),
        ("<p>Settings in this band</p>", "band"),
        ("<h1>Compare {{ a }} frameworks</h1>", "question set"),
        ("<th scope='col'>Step</th>", "task"),
        ("{% block title %}Issues{% endblock %}", "contract issue"),
        ("<p>We moved\n     nobody. It moves\n  nobody by night.</p>", "moves nobody"),
    ],
)
def test_planted_words_of_a_template_are_found(template, fault):
    found = faults(list(words_of_template(template)), list(names_of_template(template)))
    assert len(found) >= 1
    assert any(fault in line for line in found)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('raise Refused("Somebody else goes on with it.")', "goes on"),
        ('raise Refused(f"{name} stands there.")', "stands"),
        ('field = forms.CharField(label="Framework")', "question set"),
        ('class State(TextChoices):\n    DONE = "done", "Validated"', "completed"),
        ('class Page(View):\n    title = "Take a step"', "task"),
        ('Kind(key="x", label="A step is due", text="It is due.")', "task"),
    ],
)
def test_planted_words_of_code_are_found(source, fault):
    found = faults(list(words_of_code(source)), list(names_of_code(source)))
    assert len(found) >= 1
    assert any(fault in line for line in found)


def test_planted_words_of_data_are_found():
    assert faults(list(words_of_data({"areas": [{"says": "Settings in this band"}]})), []) != []


@pytest.mark.parametrize(
    "source",
    [
        '"""Whoever stands here."""',
        'BAND = "band"',
        'key = {"band": 1}',
        'raise Refused("A stand-in may do this. We understand. The clock stands still.")',
    ],
)
def test_code_and_plain_sentences_are_left_alone(source):
    assert faults(list(words_of_code(source)), list(names_of_code(source))) == []


@pytest.mark.parametrize(
    "template",
    ["{# whoever stands #}<p>Rating</p>", '<p class="band">Rating: {{ row.band }}</p>{% url "issues" %}'],
)
def test_markup_is_left_alone(template):
    assert faults(list(words_of_template(template)), list(names_of_template(template))) == []


LONG_FORMS = [
    "actions/record.html",
    "applications/check_and_send.html",
    "applications/draft.html",
    "documents/add.html",
    "issues/give_plan.html",
    "issues/raise.html",
    "recorded_inspections/record.html",
    "self_assessments/submit.html",
    "visits/plan.html",
    "visits/record.html",
]


@pytest.mark.parametrize("name", LONG_FORMS)
def test_a_long_form_says_what_happens_next(name):
    _, said, after = (ROOT / "templates" / name).read_text().partition("What happens next</h2>")
    assert said
    assert re.search(r'<p class="govuk-body">[^<]{60,}</p>', after)


if __name__ == "__main__":
    for path in FILES:
        name = str(path.relative_to(ROOT))
        if all(name.startswith(start) for start in sys.argv[1:2]):
            for fault in faults_of(path):
                print(f"{name}: {fault}")
