"""Only known elements, attributes and addresses reach the engine, each written anew."""

import pytest

from qa_portal.core.pdf import ForbiddenMarkup, PdfLimits
from qa_portal.core.pdf.markup import checked_markup
from tests.unit.core.pdf.test_limits import picture

FORBIDDEN = [
    "<script>alert(1)</script>",
    "<style>p { color: red }</style>",
    '<link rel="stylesheet" href="https://a.example/a.css">',
    '<iframe src="https://a.example/"></iframe>',
    '<object data="https://a.example/"></object>',
    "<form><input></form>",
    "<font color=\"[[[getattr(pow, '__globals__')]]]\">x</font>",  # CVE-2023-33733 of the layer below
    '<pdf:barcode value="x"></pdf:barcode>',
    '<pdf:insertpdf src="a.pdf"></pdf:insertpdf>',
    '<canvas type="graph">{}</canvas>',
    "<math><mi>x</mi></math>",
    "<svg><path d='M0 0'/></svg>",
    '<svg role="img" aria-label="Falls from 3 to 2"><path d="M0 0"/></svg>',
    '<p style="color: red">x</p>',
    '<p onclick="alert(1)">x</p>',
    '<table background="a.png"><tr><td>x</td></tr></table>',
    "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>",
    "<table><tr><td><div><table><tr><td>x</td></tr></table></div></td></tr></table>",
    '<img src="a.png">',
    '<img src="https://a.example/a.png">',
    '<img src="file:///etc/passwd">',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
    '<img src="data:text/html;base64,PHN2Zy8+">',
    '<img src="data:image/png;base64,AAAA url(http://a.example)">',
    '<p src="data:image/png;base64,AAAA">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="/visits/7/">x</a>',
    '<a href="">x</a>',
    '<p href="https://a.example/">x</p>',
    '<table><tr><td colspan="1000000">x</td></tr></table>',
    '<table><tr><td rowspan="51">x</td></tr></table>',
    '<table><tr><td colspan="-1">x</td></tr></table>',
    '<table><tr><td colspan="many">x</td></tr></table>',
]


def known(content: str) -> str:
    return checked_markup(f"<html><body>{content}</body></html>", PdfLimits())


@pytest.mark.parametrize("content", FORBIDDEN)
def test_unknown_markup_is_refused(content):
    with pytest.raises(ForbiddenMarkup):
        known(content)


@pytest.mark.parametrize(
    "content",
    [
        '<h2 id="a" class="b">Heading</h2><p lang="cy" dir="ltr">Croeso<br><em>i</em></p>',
        '<table><thead><tr><th scope="col" width="20%">A</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
        '<ol start="3"><li>Three</li></ol><dl><dt>Setting</dt><dd>Fellside</dd></dl>',
        '<a href="https://a.example/?a=1&amp;b=2" rel="nofollow">x</a><a href="mailto:a@b.example">y</a>',
        '<p>&lt;script&gt; &amp; "quoted"</p>',
        '<div aria-label="x" data-x="y">Text</div>',
    ],
)
def test_known_markup_passes_as_it_is(content):
    assert f"<body>{content}</body>" in known(content)


def test_picture_that_is_part_of_the_document_passes():
    assert picture() in known(f'<img src="{picture()}" alt="Red">')


def test_comments_are_left_out():
    assert known("<p>a<!-- b --></p><!--[if IE]><script></script><![endif]-->").count("<p>a</p>") == 1


def test_decoration_is_left_out_and_the_text_after_it_stays():
    drawing = '<svg aria-hidden="true"><path d="M1 6l4 4"/><script>x</script></svg>'
    assert "<span>Good</span>" in known(f"<span>{drawing}Good</span>")


@pytest.mark.parametrize(
    "content",
    ["<p>a</p", "<p>a<", '<p class="x', "<b><i>a</b></i>", "</p></p>a", "<![CDATA[<script>]]>a"],
)
def test_broken_markup_is_written_anew_whole(content):
    written = known(content)
    assert written == checked_markup(written, PdfLimits())
    assert "script" not in written or "&lt;script" in written
