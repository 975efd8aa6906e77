import datetime as dt
from xml.etree import ElementTree

from qa_portal.core.ui.charts import ChartBand, ChartStep, step_chart

GOOD, POOR, NOW = dt.date(2020, 1, 1), dt.date(2022, 7, 1), dt.date(2024, 12, 31)
FOUR = ChartBand("Four <grades>", ["Good", "Poor"], [ChartStep(GOOD, POOR, 0), ChartStep(POOR, NOW, 1)])
THREE = ChartBand("Three outcomes", ["Strong", "Weak"], [ChartStep(POOR, NOW, 1)])


def drawn(*bands: ChartBand) -> ElementTree.Element:
    return ElementTree.fromstring(step_chart(bands, title="Grades over time", chart_id="grades"))


def test_chart_is_an_image_with_a_title_and_a_description():
    svg = drawn(FOUR)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "grades-title grades-desc"
    assert svg.find("title[@id='grades-title']").text == "Grades over time"
    told = svg.find("desc[@id='grades-desc']").text
    assert told == "Four <grades>: Good from 1 January 2020; Poor from 1 July 2022."


def test_chart_uses_attributes_only():
    assert not [node for node in drawn(FOUR, THREE).iter() if "style" in node.attrib or node.tag == "style"]


def test_each_scale_has_a_band_of_its_own():
    first, second = (path.get("d") for path in drawn(FOUR, THREE).iter("path"))
    assert first.count("M") == second.count("M") == 1
    heights = [float(text.get("y")) for text in drawn(FOUR, THREE).iter("text") if text.get("x") == "0"]
    assert heights == sorted(heights)
    assert len(heights) == 2


def test_line_breaks_where_something_else_came_between():
    gap = ChartBand("Four", ["Good"], [ChartStep(GOOD, dt.date(2021, 1, 1), 0), ChartStep(POOR, NOW, 0)])
    assert drawn(gap).find("path").get("d").count("M") == 2


def test_single_day_is_still_drawn():
    assert drawn(ChartBand("Four", ["Good"], [ChartStep(GOOD, GOOD, 0)])).find("circle") is not None


def test_long_time_names_few_years():
    long = ChartBand("Four", ["Good"], [ChartStep(dt.date(1990, 1, 1), NOW, 0)])
    years = [text.text for text in drawn(long).iter("text") if (text.text or "").isdigit()]
    assert 5 <= len(years) <= 11


def test_no_grade_is_no_chart():
    assert step_chart([], title="Grades over time", chart_id="grades") == ""
