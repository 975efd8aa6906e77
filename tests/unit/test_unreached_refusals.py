"""The list of refusals that no test reaches is read from coverage data, line by line."""

from coverage import CoverageData

from tools.unreached_refusals import allowed_in, refusals, unreached

CODE = """
def check(user):
    if user is None:
        raise Refused("Sign in first.")
    if user.left:
        raise rules.Conflict
    raise ValueError
"""


def test_refusals_are_found_however_they_are_raised():
    assert list(refusals(CODE)) == [(4, 'raise Refused("Sign in first.")'), (6, "raise rules.Conflict")]


def test_line_that_no_test_reached_is_told_and_reached_one_is_not(tmp_path):
    module = tmp_path / "providers" / "rules.py"
    module.parent.mkdir()
    module.write_text(CODE)
    data = CoverageData(no_disk=True)
    data.add_lines({str(module): [1, 2, 3, 4]})
    assert unreached(data, tmp_path) == {"providers/rules.py": [(6, "raise rules.Conflict")]}


def test_list_of_exceptions_has_a_number_for_each_module():
    assert allowed_in("# why\nproviders/rules.py 2  # child process\n\n") == {"providers/rules.py": 2}
