import re

from qa_portal.core.ui.line_chart import MOST_LABELS, Point, Zone, line_chart

ZONES = [Zone("Red", 0, 40, "#f4d7d3"), Zone("Green", 40, 100, "#cce2d8")]


def point(height: int | None, label: str = "May 26", *, firm: bool = True) -> Point:
    return Point(label, height, f"told {height}", firm)


def drawn(*points: Point) -> str:
    return str(line_chart(points, ZONES, title="Score", chart_id="score"))


def heights(svg: str) -> list[float]:
    return [float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', svg)]


def test_nothing_is_drawn_without_a_figure():
    assert drawn() == drawn(point(None)) == ""


def test_more_stands_higher_and_the_ends_lie_on_the_edges_of_the_zones():
    svg = drawn(point(0), point(4000), point(10_000))
    lowest, middle, highest = heights(svg)
    assert lowest > middle > highest
    edges = {float(y) for y in re.findall(r'<line [^>]*y1="([\d.]+)"', svg)}
    assert {middle, highest} == edges


def test_line_breaks_where_a_figure_is_missing():
    path = re.search(r'<path d="([^"]+)"', drawn(point(1), point(2), point(None), point(3), point(4)))[1]
    assert path.count("M") == 2
    assert path.count("L") == 2


def test_point_that_is_not_firm_is_hollow():
    assert 'fill="#ffffff"' in drawn(point(5000, firm=False))
    assert 'fill="#ffffff"' not in drawn(point(5000))


def test_labels_are_thinned_out_and_the_last_always_stands():
    svg = drawn(*(point(100, f"Month {number}") for number in range(20)))
    labels = re.findall(r'text-anchor="middle">([^<]+)<', svg)
    assert len(labels) <= MOST_LABELS
    assert labels[-1] == "Month 19"


def test_the_same_is_told_in_words_and_the_policy_of_content_is_kept():
    svg = str(
        line_chart([Point("<May>", 10, "a & b")], [Zone("<Red>", 0, 100, "#fff")], title="T", chart_id="x")
    )
    assert "&lt;May&gt;: a &amp; b." in svg
    assert "<Red>" not in svg
    assert "style=" not in svg
