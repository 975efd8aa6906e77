"""A PDF that acts is refused by what it does, wherever that hangs; the same PDF without it is taken."""

import io
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.documents.validation import pdf_content
from providers.documents.validation.pdf_allowed import ANNOTATIONS, AT_ONCE, WHEN_PRESSED
from providers.documents.validation.pdf_objects import Objects
from providers.documents.validation.pdfs import LOCKED, check_pdf
from qa_portal.core.rules import Refused
from tests.factories import active, files
from tests.factories.active import acting_pdf, packed_pdf

JS = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
OWN = b'<</S/JavaScript/JS(AFDate_FormatEx\\("dd/mm/yyyy"\\);)>>'


def refusal(content: bytes) -> str:
    try:
        check_pdf(io.BytesIO(content))
    except Refused as refused:
        return refused.sentence
    return ""


def link(action: bytes) -> bytes:
    return b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A %s>>]" % action


def lying(kind: bytes) -> bytes:
    return b"/Annots[<</Type/Annot/Subtype/%s/Rect[0 0 9 9]>>]" % kind


TAKEN = {
    "plain": acting_pdf(),
    "opens at a page": acting_pdf(root=b"/OpenAction[3 0 R/Fit]"),
    "opens by an action": acting_pdf(root=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"),
    "link to the web": acting_pdf(page=link(b"<</S/URI/URI(https://gov.uk)>>")),
    "link as it is typed": acting_pdf(page=link(b"<</S/URI/URI(www.gov.uk)>>")),
    "mail": acting_pdf(page=link(b"<</S/URI/URI(mailto:a@b.uk)>>")),
    "next page": acting_pdf(page=link(b"<</S/Named/N/NextPage>>")),
    "transition, tags and borders": acting_pdf(
        b"<</Type/StructElem/S/Textbody/A<</O/Layout>>>>",
        page=b"/Trans<</S/Dissolve>>/Group<</S/Transparency>>",
    ),
    "outline": acting_pdf(b"<</Title(a)/Next 5 0 R>>", b"<</Title(b)/A<</S/GoTo/D[3 0 R/Fit]>>>>"),
    "note": acting_pdf(page=lying(b"Highlight")),
    "field with a date format": acting_pdf(
        b"<</FT/Tx/T(d)/AA<</F %s/K %s>>>>" % (OWN, OWN), root=b"/AcroForm<</Fields[4 0 R]>>"
    ),
    "date format elsewhere": acting_pdf(b"<</FT/Tx/AA 5 0 R>>", b"<</F 6 0 R>>", OWN),
    "files taken out": acting_pdf(root=b"/Names<</EmbeddedFiles<</Names[]>>/JavaScript<</Names[]>>>>/AF[]"),
    "words that are no names": acting_pdf(b"(/S/JavaScript /Launch)", b"<</Title(<</S/Launch>>)>>"),
    "in an object stream": packed_pdf(b"<</S/GoTo/D[3 0 R/Fit]>>"),
    "fan-out": active.fan_out_pdf(),
    "byte order mark": b"\xef\xbb\xbf" + acting_pdf(),
    "line end first": b"\r\n" + acting_pdf(),
    "zeros behind": acting_pdf() + bytes(5000),
}
REFUSED = {
    "script as it opens": (acting_pdf(root=b"/OpenAction %s" % JS), "program (JavaScript)"),
    "escaped name": (acting_pdf(root=b"/OpenAction<</S/J#61vaScript/JS(x)>>"), "program (JavaScript)"),
    "script by name": (acting_pdf(JS, root=b"/Names<</JavaScript<</Names[(a)4 0 R]>>>>"), "program"),
    "script that nothing leads to": (acting_pdf(JS), "program (JavaScript)"),
    "script in an object stream": (packed_pdf(JS), "program (JavaScript)"),
    "script whose kind is elsewhere": (
        acting_pdf(b"<</S 5 0 R/JS 6 0 R>>", b"/JavaScript", b"(x)"),
        "program",
    ),
    "second of two kinds": (acting_pdf(root=b"/OpenAction<</S/GoTo/S/Launch/F(cmd)>>"), "(/Launch)"),
    "kind elsewhere": (acting_pdf(b"/Launch", page=link(b"<</S 4 0 R>>")), "(/Launch)"),
    "broken before it": (acting_pdf(b"<</A (x) (y) /B <zz> /C<</S/Launch>>>>"), "(/Launch)"),
    "outline": (acting_pdf(b"<</Title(b)/A<</S/SubmitForm/F(http://x)>>>>"), "(/SubmitForm)"),
    "page is turned": (acting_pdf(page=b"/AA<</O<</S/URI/URI(http://x)>>>>"), "(/URI)"),
    "link as it opens": (acting_pdf(root=b"/OpenAction<</S/URI/URI(http://x)>>"), "(/URI)"),
    "link after it opens": (
        acting_pdf(b"<</S/GoTo/Next 5 0 R>>", b"<</S/URI/URI(http://x)>>", root=b"/OpenAction 4 0 R"),
        "(/URI)",
    ),
    "print": (acting_pdf(page=link(b"<</S/Named/N/Print>>")), "(/Print)"),
    "other file": (acting_pdf(page=link(b"<</S/GoToR/F(x.pdf)>>")), "(/GoToR)"),
    "file on a machine": (acting_pdf(page=link(b"<</S/URI/URI(file:///c:/x.exe)>>")), "file:///c:/x.exe"),
    "share on a machine": (acting_pdf(page=link(b"<</S/URI/URI(\\\\\\\\host\\\\x)>>")), "no web page"),
    "imports": (acting_pdf(b"<</Type/Action/S/ImportData>>"), "(/ImportData)"),
    "attachment": (acting_pdf(b"<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>"), "other files inside"),
    "attachment, escaped": (acting_pdf(b"<</#45F<</F 5 0 R>>>>"), "other files inside"),
    "associated": (acting_pdf(root=b"/AF[<</F(a)>>]"), "other files inside"),
    "portfolio": (acting_pdf(root=b"/Collection<</View/D>>"), "other files inside"),
    "rich media": (acting_pdf(page=lying(b"RichMedia")), "plays sound, film or 3D"),
    "film": (acting_pdf(page=lying(b"Screen")), "plays sound"),
    "3D": (acting_pdf(page=lying(b"3D")), "(/3D)"),
    "XFA": (acting_pdf(root=b"/AcroForm<</XFA 5 0 R>>"), "LiveCycle"),
    "content of another file": (
        acting_pdf(b"<</F(\\\\\\\\host\\\\x)/Length 0>>\nstream\n\nendstream"),
        "another file",
    ),
    "format with something after": (
        acting_pdf(
            b'<</FT/Tx/AA<</F<</S/JavaScript/JS(AFDate_FormatEx\\("d"\\);app.x\\(\\))>>>>>>',
            root=b"/AcroForm<</Fields[4 0 R]>>",
        ),
        "fields run scripts",
    ),
    "script elsewhere": (
        acting_pdf(b"<</AA 5 0 R>>", b"<</F<</S/JavaScript/JS 6 0 R>>>>", b"(x)"),
        "program",
    ),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_pdf_without_anything_that_acts_is_taken(kind):
    assert refusal(TAKEN[kind]) == ""


@pytest.mark.parametrize("kind", REFUSED)
def test_pdf_that_acts_is_refused_by_what_it_does(kind):
    content, words = REFUSED[kind]
    assert words in refusal(content)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_pdf_that_opens_without_a_password_is_looked_into(algorithm):
    """Its strings are readable: a link to the web is told from one to a machine, a format from a script."""
    for kind in ("link to the web", "field with a date format", "plain"):
        assert refusal(active.owner_locked(TAKEN[kind], algorithm)) == ""
    for kind in ("script as it opens", "file on a machine", "format with something after"):
        assert REFUSED[kind][1] in refusal(active.owner_locked(REFUSED[kind][0], algorithm))


def test_pdf_that_asks_for_a_password_is_refused():
    assert refusal(files.pdf(password="secret")) == LOCKED


JUMBLED = {
    "word of an object": b"<</Type/Action/X obj%s>>",
    "end of an object": b"<</Type/Action/X endobj%s>>",
    "hexadecimal with other letters": b"<</Type/Action/X<zz>>%s>>",
    "array that was never opened": b"<</Type/Action/X ]%s>>",
    "dictionary closed in an array": b"<</Type/Action/X[ >> >> ]%s>>",
    "sign that is no value": b"<</Type/Action/X }%s>>",
    "word that is no value": b"<</Type/Action/X oops%s>>",
    "value too many": b"<</Type/Action/X 1 2%s>>",
}


@pytest.mark.parametrize("kind", JUMBLED)
def test_dictionary_that_a_viewer_reads_on_is_read_on(kind):
    """Poppler and pdf.js keep or skip what is no value, and go on to the bracket that closes the dictionary."""
    assert "(/Launch)" in refusal(acting_pdf(JUMBLED[kind] % b"/S/Launch/F(cmd.exe)"))
    assert refusal(acting_pdf(JUMBLED[kind] % b"/S/GoTo/D[3 0 R/Fit]")) == ""


@pytest.mark.parametrize(
    "written", [b"4 000000000000000 R", b"+4 0 R", b"4 -0 R", b"4%x\n0 R", b"000000000000004 0 R"]
)
def test_reference_is_followed_however_its_numbers_are_written(written):
    assert "(/Launch)" in refusal(acting_pdf(b"/Launch", page=link(b"<</S %s>>" % written)))
    assert refusal(acting_pdf(b"/GoTo", page=link(b"<</S %s>>" % written))) == ""


@pytest.mark.parametrize(
    "header",
    [
        b"4 +0 obj",
        b"4 00000000000000 obj",
        b"4 0obj",
        b"000000000000004 0 obj",
        b"4%x\n0%x\nobj",
        b"+4 0 obj",
    ],
)
def test_object_is_read_however_its_header_is_written(header):
    """`4 0 obj` is at its place in the table, so a viewer begins there."""
    for inside, words in ((JS, "program"), (b"<</S/GoTo>>", "")):
        content = acting_pdf(inside, root=b"/OpenAction 4 0 R").replace(b"4 0 obj", header)
        start = content.rindex(b"\nxref") + 1
        content = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % start, content)
        assert words in refusal(content) if words else refusal(content) == ""


def packed(inner: bytes, *more: bytes, written: str = "", before: bytes = b"") -> bytes:
    """As `packed_pdf`, with another object before it in the stream, and its dictionary as `written`."""
    head = b"8 0 9 %d " % len(before)
    data = head + before + inner
    told = {"first": len(head), "length": len(data)}
    words = (written or "/N 2/First {first}/Length {length}").format(**told).encode()
    stream = b"<</Type/ObjStm%s>>\nstream\n%s\nendstream" % (words, data)
    return acting_pdf(stream, *(b"%d" % told["length"] if one == b"length" else one for one in more))


def test_object_stream_is_read_as_long_as_it_says():
    """Its data may hold the word that ends data, and how long it is may stand in a later object."""
    inside, later = b"<</T(endstream endobj)>>", "/N 2/First {first}/Length 5 0 R"
    for written, more in (("", ()), (later, (b"length",))):
        assert "program" in refusal(packed(JS, *more, written=written, before=inside))
        assert refusal(packed(b"<</S/GoTo>>", *more, written=written, before=inside)) == ""


@pytest.mark.parametrize(
    "written",
    [
        "/N 2/First 5 0 R/Length {length}",
        "/N 2/First 0/First {first}/Length {length}",
        "/N 2/First 0/Length {length}",
        "/N 3/First {first}/Length {length}",
        "/N 2/First {first}/Length 99999",
        "/N 2/First {first}/Length {length}/Filter 6 0 R",
        "/N 2/First {first}/Length {length}/Filter null/Filter/FlateDecode",
    ],
)
def test_object_stream_that_viewers_read_in_different_ways_is_refused(written):
    numbers = (b"8", b"null")
    assert "damaged" in refusal(packed(b"<</S/GoTo>>", *numbers, written=written))
    assert refusal(packed(b"<</S/GoTo>>", *numbers)) == ""


NAMES = st.text(string.ascii_letters + string.digits, min_size=2, max_size=12)
ACTIONS = {*AT_ONCE, *WHEN_PRESSED}


@settings(max_examples=60, deadline=None)
@given(
    NAMES.filter(lambda name: name not in ACTIONS),
    st.sampled_from(["/OpenAction<</S/{}>>", "/OpenAction 4 0 R", "/AA<</WC<</S/{}>>>>", "/AA<</WC 4 0 R>>"]),
)
def test_kind_of_action_that_is_not_on_the_list_is_refused_by_its_name(name, hangs):
    content = acting_pdf(b"<</S/%s>>" % name.encode(), root=hangs.format(name).encode())
    assert f"/{name})" in refusal(content) or name == "JavaScript"


@settings(max_examples=40, deadline=None)
@given(NAMES.filter(lambda name: name not in ANNOTATIONS))
def test_kind_of_annotation_that_is_not_on_the_list_is_refused_by_its_name(name):
    assert f"/{name})" in refusal(acting_pdf(page=lying(name.encode()))) or "files" in refusal(
        acting_pdf(page=lying(name.encode()))
    )


def spent(content: bytes) -> tuple[int, int]:
    """Bytes and values that a look at the file reads."""
    from providers.documents.validation.pdfs import opened

    objects = Objects(content, opened(content))
    before = objects.budget.bytes, objects.budget.values
    pdf_content.Content(objects).check()
    return before[0] - objects.budget.bytes, before[1] - objects.budget.values


@pytest.mark.parametrize(
    "grown",
    [
        lambda size: active.fan_out_pdf(deep=size),
        lambda size: active.shared_list_pdf(size, size),
        lambda size: acting_pdf(b"<%s>" % (b"41" * size * 100)),
        lambda size: acting_pdf(b"[" * size * 50),
        lambda size: acting_pdf(*[b"<</A 4 0 R/S/GoTo/Next 4 0 R>>"] * size),
        lambda size: acting_pdf(b"%% %s" % (b"( < " * size * 20)),
    ],
    ids=["actions fan out", "pages share a list", "long hexadecimal", "deep", "all lead to one", "comments"],
)
def test_cost_of_a_look_grows_as_the_file_does(grown):
    """Read bytes and values, not seconds: twice the file costs about twice, however its objects are linked."""
    small, large = grown(100), grown(400)
    for few, many in zip(spent(small), spent(large), strict=True):
        assert many <= 2 * few * len(large) / len(small)


def test_pdf_with_more_comments_together_than_a_program_writes_is_given_up():
    assert refusal(acting_pdf(b"[%s]" % (b"% 1 0\n" * 400))) == ""
    assert "too complicated" in refusal(acting_pdf(b"[%s]" % (b"% 1 0\n" * 60_000)))


def test_pdf_whose_objects_overlap_without_end_is_given_up():
    """The positive control of the budget: each header begins a string that only the end of the file closes."""
    content = acting_pdf(b"1 0 obj(" * 20_000)
    assert "too complicated" in refusal(content)
