"""What every document says of itself, and how it looks on paper."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from qa_portal.core.pdf import engine, render_pdf
from tests.factories.people import AgencyFactory

TEMPLATES = Path(__file__).parents[4] / "templates/pdf"
LONG_TABLE = """
<table><thead><tr><th>Setting</th><th>Finding</th></tr></thead><tbody>
{% for row in rows %}<tr><td>Setting {{ row }}</td><td>Some words of the finding</td></tr>{% endfor %}
</tbody></table>
"""


def fonts(reader: PdfReader) -> dict[str, bool]:
    """The fonts of the first page by name: whether the document carries each."""
    found = {}
    for reference in reader.pages[0]["/Resources"]["/Font"].values():
        font = reference.get_object()
        found[font["/BaseFont"]] = "/FontFile2" in font.get("/FontDescriptor", {})
    return found


def test_document_says_its_title_author_and_language(read):
    document = read("<p>Text</p>", {"council": "Northmere Council"}, title="Fellside & Ash House")
    assert document.metadata.title == "Fellside & Ash House"
    assert document.metadata.author == "Northmere Council"
    assert document.trailer["/Root"]["/Lang"] == "en-GB"


def test_title_stands_in_the_window_of_whoever_opens_it(read):
    """WCAG technique PDF18."""
    assert read("").viewer_preferences.display_doctitle


def test_author_is_the_name_of_a_council_given_whole(read):
    council = AgencyFactory.build()
    assert read("", {"council": council}).metadata.author == council.name


def test_without_a_council_the_service_is_the_author(read):
    assert read("").metadata.author == "Placements quality assurance"


def test_every_page_says_whose_it_is_what_it_is_and_where_its_accessible_version_is(read, settings):
    settings.PORTAL_URL = "https://qa.northmere.example"
    document = read(LONG_TABLE, {"council": "Northmere Council", "rows": range(80)}, address="/visits/7/")
    assert len(document.pages) > 2
    for number, page in enumerate(document.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert "Northmere Council Fellside House" in text
        assert f"Page {number} of {len(document.pages)}" in text
        assert "accessible version of this document is at https://qa.northmere.example/visits/7/" in text


def test_accessible_version_is_a_link(read):
    annotations = read("", address="https://elsewhere.example/page").pages[0]["/Annots"]
    assert [link.get_object()["/A"]["/URI"] for link in annotations] == ["https://elsewhere.example/page"]


def test_document_says_when_it_was_printed_by_london_time(read, time_machine):
    time_machine.move_to("2026-07-01T22:30:00+00:00")
    assert "Printed on 1 July 2026 at 11:30pm" in read("").pages[0].extract_text()


def test_head_of_a_table_stands_on_each_page_and_no_row_is_lost(read):
    pages = [page.extract_text() for page in read(LONG_TABLE, {"rows": range(200)}).pages]
    assert len(pages) > 5  # and not shrunk into fewer, where nobody could read it
    assert all("Finding" in page for page in pages)
    assert {f"Setting {row}" for row in range(200)} <= set("\n".join(pages).splitlines())


def test_a_row_taller_than_a_page_goes_on_overleaf(read):
    cell = "<table><tr><td>{% for n in rows %}Line {{ n }}<br>{% endfor %}</td></tr></table>"
    text = "\n".join(page.extract_text() for page in read(cell, {"rows": range(150)}).pages)
    assert {"Line 0", "Line 149"} <= set(text.splitlines())


def test_headings_are_an_outline(read):
    outline = read("<h2>Staffing</h2><p>Text</p><h2>Premises</h2><p>Text</p>").outline
    assert [entry.title for entry in _flat(outline)] == ["Fellside House", "Staffing", "Premises"]


def _flat(outline) -> list:
    return [entry for item in outline for entry in (_flat(item) if isinstance(item, list) else [item])]


@pytest.mark.parametrize(("landscape", "wider"), [(False, False), (True, True)])
def test_page_is_upright_unless_a_wide_table_asks_otherwise(read, landscape, wider):
    page = read("", landscape=landscape).pages[0].mediabox
    assert (page.width > page.height) is wider


@pytest.mark.parametrize(
    "name",
    [
        "Siân Llŷr ap Gŵyn",
        "Łukasz Żółć-Świątek",
        "Nguyễn Thị Ngọc Ánh",
        "Şêrko Çîçek",
        "Ελένη",
        "Жанна",
        "Ağrı",
    ],
)
def test_names_of_many_languages_are_printed(read, name):
    assert name in read("<p>{{ name }}</p>", {"name": name}).pages[0].extract_text()


def test_arabic_is_joined_and_has_a_glyph_for_each_letter(read):
    """The engine draws it right to left in its joined forms, which is what a reader of the text meets too."""
    text = read("<p>{{ name }}</p>", {"name": "محمد"}).pages[0].extract_text()
    assert any("\ufe70" <= letter <= "\ufefc" for letter in text)


def test_document_carries_every_font_that_it_writes_with(read):
    content = "<p>Plain <strong>bold</strong> <em>slanted</em> <strong><em>both</em></strong></p>"
    carried = fonts(read(content))
    written = {name: whole for name, whole in carried.items() if "DejaVu" in name}
    assert len(written) == 4
    assert all(written.values())


def test_fonts_come_with_their_licence():
    assert "Bitstream Vera Fonts Copyright" in (engine.ASSETS / "fonts/LICENSE.txt").read_text()


def test_rating_is_printed_as_its_word(read):
    """The shape is drawn on pages alone; the colour says nothing that the word does not."""
    text = read('<p>{% rag "amber" "Requires improvement" %} {% tag "Overdue" "red" %}</p>')
    assert "Requires improvement Overdue" in text.pages[0].extract_text()


def test_user_text_is_printed_as_typed(read):
    typed = '<b>Bold</b> & "quoted" <script>alert(1)</script> {{ title }}'
    assert typed in read("<p>{{ typed }}</p>", {"typed": typed}).pages[0].extract_text()


def test_what_cannot_be_printed_takes_nothing_else_with_it(read):
    """A zero byte ends a text for some parsers; half a pair cannot be written down."""
    text = read("<p>{{ typed }}</p>", {"typed": "before\x00\x0b\ud83d after"}).pages[0].extract_text()
    assert "before after" in text


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_of_a_pdf_lets_text_through_unescaped(path):
    assert not any(way in path.read_text() for way in ("|safe", "autoescape off", "|striptags"))


def test_documents_drawn_side_by_side_keep_apart(write):
    """The engine keeps fonts and styles in the process; the tasks of a server run in threads of it."""
    write("<h2>{{ title }}</h2><p>{{ title }} <strong>{{ title }}</strong></p>" * 20)
    titles = [f"House {number}" for number in range(6)]

    def draw(title: str) -> PdfReader:
        return PdfReader(io.BytesIO(render_pdf("test.html", {}, title=title, address="/visits/7/")))

    with ThreadPoolExecutor(3) as pool:
        documents = list(pool.map(draw, titles))
    for title, document in zip(titles, documents, strict=True):
        assert document.metadata.title == title
        text = "".join(page.extract_text() for page in document.pages)
        assert text.count("House ") == text.count(title)


def test_long_names_and_addresses_stay_whole_and_on_the_page(read, caplog):
    """What does not fit its place is shrunk by the engine, which says so in the log."""
    address = f"https://qa.example/visits/{'a' * 36}/report/{'b' * 90}/"
    context = {"council": "Northmere and Thamesmead Combined Authority " * 5}
    document = read(
        "<p>{{ word }}</p>", context | {"word": "x" * 300}, title="Fellside " * 30, address=address
    )
    text = "".join(document.pages[0].extract_text().split())
    assert address in text
    assert "x" * 300 in text
    assert ("Fellside" * 30) in text
    assert caplog.text == ""
