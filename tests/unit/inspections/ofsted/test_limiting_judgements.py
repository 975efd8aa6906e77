import pytest

from inspections.ofsted.limiting_judgements import limiting_flags


def flags(overall: str, helped: str = "Good", leaders: str = "Good") -> tuple[str, ...]:
    return limiting_flags(
        {
            "overall_experiences_and_progress": overall,
            "helped_and_protected": helped,
            "leaders_and_managers": leaders,
        }
    )


@pytest.mark.parametrize("overall", ["Outstanding", "Good", "Requires improvement to be good"])
def test_flags_when_children_are_not_protected_and_the_overall_is_better(overall):
    assert flags(overall, helped="Inadequate") == (
        "How well children are helped and protected is Inadequate, "
        f"so the overall grade must be Inadequate, not {overall}.",
    )


@pytest.mark.parametrize("overall", ["Outstanding", "Good"])
def test_flags_when_leaders_are_inadequate_and_the_overall_is_good(overall):
    assert flags(overall, leaders="Inadequate") == (
        "The effectiveness of leaders and managers is Inadequate, so the overall grade can be no better "
        f"than Requires improvement to be good, not {overall}.",
    )


@pytest.mark.parametrize("overall", ["Requires improvement to be good", "Inadequate"])
def test_flags_nothing_when_leaders_are_inadequate_and_the_overall_follows(overall):
    assert flags(overall, leaders="Inadequate") == ()


def test_flags_both_rules_when_both_are_broken():
    assert len(flags("Good", helped="Inadequate", leaders="Inadequate")) == 2


def test_flags_nothing_when_all_is_inadequate():
    assert flags("Inadequate", "Inadequate", "Inadequate") == ()


@pytest.mark.parametrize("overall", ["", "Not judged", "Not yet inspected"])
def test_flags_nothing_when_there_is_no_overall_grade(overall):
    assert flags(overall, "Inadequate", "Inadequate") == ()


def test_flags_when_the_spelling_differs_in_case():
    assert len(flags("Requires Improvement to be good", helped="inadequate")) == 1


def test_flags_nothing_on_another_scale():
    assert limiting_flags({"supported_accommodation_outcome": "Serious or widespread weaknesses"}) == ()
