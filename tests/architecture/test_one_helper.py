"""What has a helper is not written by hand again, and no class has the name of another module's."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.architecture.test_source import CODE, ROOT

BY_HAND = {
    "qa_portal/core/ui/fields.py: textarea": r"forms\.Textarea",
    "qa_portal/core/ui/lists.py: page_of": r"\bPaginator\(",
    "providers/people/rules.py: check_acts_for": r"not may_act_for\(",
}
MAY = {
    "qa_portal/core/ui/fields.py: textarea": {
        "qa_portal/core/ui/bound_field.py",  # draws it
        "qa_portal/portal/code_lists/forms.py",  # one answer a line, cleaned into a list
        "inspections/question_sets/forms.py",  # the widget of a question's kind
    },
    "qa_portal/core/ui/lists.py: page_of": {"qa_portal/portal/directory/exports.py"},  # reads in portions
}
OF_DJANGO = {"Meta", "Command", "Migration"}


@pytest.mark.parametrize(("helper", "pattern"), BY_HAND.items(), ids=BY_HAND)
def test_what_has_a_helper_is_not_written_by_hand(helper, pattern):
    home = helper.partition(":")[0]
    found = {str(path.relative_to(ROOT)) for path in CODE if re.search(pattern, path.read_text())}
    assert home in found, "the helper has moved: say where"
    assert found - {home} == MAY.get(helper, set())


def locked_by_hand(source: str) -> Iterator[int]:
    """Yield the lines of `….select_for_update(…)….get(pk=…)`."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", "") == "get"
            and any(keyword.arg == "pk" for keyword in node.keywords)
            and "select_for_update" in ast.unparse(node.func)
        ):
            yield node.lineno


def test_one_row_is_locked_by_the_helper():
    assert list(locked_by_hand("Visit.objects.select_for_update().with_names().get(pk=1)")) == [1]
    found = {str(path.relative_to(ROOT)) for path in CODE if list(locked_by_hand(path.read_text()))}
    assert found == {"qa_portal/core/audit/locking.py"}


def test_no_class_has_the_name_of_another_module_s():
    modules = defaultdict(set)
    for path in CODE:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and node.name not in OF_DJANGO:
                modules[node.name].add(str(path.relative_to(ROOT)))
    assert len(modules) > 500
    assert {name: paths for name, paths in modules.items() if len(paths) > 1} == {}
