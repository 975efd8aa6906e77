"""A document that would cost too much is refused with a sentence, and soon."""

import base64
import io
from dataclasses import replace

import pytest
from PIL import Image

from qa_portal.core.pdf import PdfLimits
from qa_portal.core.pdf.limits import TOO_LONG
from qa_portal.core.pdf.markup import HARD_SPACE
from qa_portal.core.rules import Refused

LIMITS = PdfLimits()
CELL = "<td>x</td>"


def picture(width: int = 4, height: int = 4, kind: str = "PNG") -> str:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


def drawn(reader) -> list:
    """Pictures of the document."""
    return [image for page in reader.pages for image in page.images]


TOO_LARGE = {
    "characters": f"<p>{'word ' * 3_000}</p>" * (LIMITS.characters // 15_000 + 1),
    "elements": "<br>" * (2 * LIMITS.elements),
    "hard spaces": f"<p>{HARD_SPACE * 1_000}</p>" * (LIMITS.elements // 1_000),
    "cells": f"<table>{f'<tr>{CELL * 10}</tr>' * (LIMITS.cells // 10 + 1)}</table>",
    "one paragraph": f"<p>{'x' * LIMITS.block}x</p>",
    "one paragraph in parts": f"<p>{'xxxxxxxxxx<br>' * (LIMITS.block // 10)}x</p>",
    "depth": "<div>" * LIMITS.depth + "x" + "</div>" * LIMITS.depth,
    "depth beyond the parser's own": "<div>" * 5_000 + "x" + "</div>" * 5_000,
    "page breaks": "<p>x</p><pdf:nextpage></pdf:nextpage>" * LIMITS.pages,
    "pictures": f'<img src="{picture()}" alt="">' * (LIMITS.pictures + 1),
    "size of a picture": f'<img src="{picture()}{"A" * LIMITS.picture_characters}" alt="">',
    "tags left open": "<b><p>" * LIMITS.elements,
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_too_large_is_refused_before_the_engine_sees_it(name, pdf, monkeypatch):
    monkeypatch.setattr(
        "qa_portal.core.pdf.rendering.draw", lambda *_, **__: pytest.fail("the engine was asked")
    )
    with pytest.raises(Refused, match=TOO_LONG):
        pdf("{{ content|safe }}", {"content": TOO_LARGE[name]})


def test_pages_are_counted_when_the_document_is_drawn(pdf):
    lines = "<p>Text</p>" * 200
    assert pdf(lines)
    with pytest.raises(Refused, match=TOO_LONG):
        pdf(lines, limits=replace(LIMITS, pages=2))


def test_drawing_stops_when_its_time_is_up(pdf):
    with pytest.raises(Refused, match=TOO_LONG):
        pdf("<p>Text</p>" * 2_000, limits=replace(LIMITS, seconds=0.05))


def test_job_may_ask_for_more(pdf):
    content = f"<table>{f'<tr>{CELL * 2}</tr>' * 30}</table>"
    with pytest.raises(Refused):
        pdf(content, limits=replace(LIMITS, cells=40))
    assert pdf(content, limits=replace(LIMITS, cells=80))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_small_picture_is_drawn(read, kind):
    assert len(drawn(read(f'<img src="{picture(kind=kind)}" alt="Red" width="40">'))) == 1


def test_picture_of_too_many_pixels_is_left_out_undecoded(read):
    """A few kilobytes may say that they are a billion pixels."""
    content = f'<p>Before</p><img src="{picture(3_000, 3_000)}" alt="">'
    document = read(content)
    assert drawn(document) == []
    assert "Before" in document.pages[0].extract_text()


def test_picture_wider_than_the_page_is_drawn_within_it(read):
    content = f'<img src="{picture()}" width="99999999" height="99999999" alt="">'
    assert len(read(content).pages) <= 2


def test_what_the_engine_cannot_draw_is_a_sentence_and_a_line_in_the_log(pdf, caplog):
    rows = '<tr><td rowspan="50">x</td><td>y</td></tr>' * 60
    with pytest.raises(Refused, match=r"could not be made\. The web page has the same content"):
        pdf(f"<table>{rows}</table>")
    assert "PDF not made" in caplog.text
