import re

import pytest

from qa_portal.core.ui.bars import NARROWEST, BarPart, length_bar, share_bar


def drawn(*counts: int) -> str:
    parts = [BarPart(f"Part {number}", number, "#1d70b8") for number in counts]
    return str(share_bar(parts, title="How many", chart_id="bar"))


def widths(svg: str) -> list[float]:
    return [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)%"', svg)]


def test_nothing_to_count_draws_nothing():
    assert drawn() == drawn(0, 0) == ""


@pytest.mark.parametrize("counts", [(1, 1, 1), (1, 998), (5,), tuple(range(1, 40))])
def test_parts_fill_the_bar(counts):
    assert sum(widths(drawn(*counts))) == pytest.approx(100, abs=0.5)


def test_no_part_is_too_narrow_for_its_figure():
    assert min(widths(drawn(1, 998))) >= NARROWEST


def test_part_without_a_count_is_left_out():
    assert len(widths(drawn(3, 0, 2))) == 2


def test_the_same_is_told_in_words():
    assert "Part 3: 3 of 5; Part 2: 2 of 5." in drawn(3, 2)


def test_label_is_escaped_and_policy_of_content_is_kept():
    svg = str(share_bar([BarPart("<script>", 1, "#1d70b8")], title="a & b", chart_id="bar"))
    assert "<script>" not in svg and "a &amp; b" in svg
    assert "style=" not in svg


def test_length_is_a_share_of_the_longest_with_what_is_late_first():
    assert widths(length_bar(1, 5, 10)) == [50, 10]
    assert length_bar(0, 0, 0) == ""


def test_length_is_not_read_out_because_its_figures_stand_beside_it():
    assert 'aria-hidden="true"' in length_bar(1, 5, 10)
