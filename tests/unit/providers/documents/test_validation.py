"""Name, declaration and content agree, or the file is refused with a sentence; made by our own generators."""

import io

import pytest
from PIL import Image

from providers.documents import file_limits
from providers.documents.upload_limits import UPLOAD
from providers.documents.validation import reading_limits
from providers.documents.validation.file_check import check_file
from providers.documents.validation.names import safe_filename
from qa_portal.core.rules import Refused
from tests.factories import files
from tests.factories.files import upload

EXE = b"MZ\x90\x00" + bytes(200)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
CSV = "name,urn\nHilltop,SC123456\nCafé,£2\n".encode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.pdf(), "insurance.pdf"),
        (files.pdf(pages=40), "INSURANCE.PDF"),
        (files.pdf(lies_on={"/Subtype": "/Link", "/A": {"/S": "/URI"}}), "a link.pdf"),
        (files.pdf(lies_on={"/Subtype": "/Link", "/A": None}), "a link to nowhere.pdf"),
        (
            files.pdf(lies_on={"/Subtype": "/Link", "/A": {"/S": "/GoTo", "/Next": {"/S": "/GoTo"}}}),
            "two links.pdf",
        ),
        (files.docx(), "policy.docx"),
        (files.docx(**{"word/embeddings/Sheet1.xlsx": files.xlsx()}), "policy with a chart.docx"),
        (files.xlsx(), "training.xlsx"),
        (files.odt(), "guide.odt"),
        (files.jpeg(), "kitchen.jpg"),
        (files.jpeg(), "kitchen.jpeg"),
        (files.png(), "plan.png"),
        (files.png(mode="RGBA"), "plan.png"),
        (CSV, "homes.csv"),
        (CSV.decode().encode("cp1252"), "homes.csv"),
        (b"\xef\xbb\xbfOne line", "note.txt"),
    ],
)
def test_good_file_is_taken_as_what_it_is(content, name):
    checked = check_file(upload(content, name))
    assert checked.filename == name
    assert checked.content_type == files.TYPES[name.rpartition(".")[2].lower()]


REFUSED = [
    ("html as pdf", HTML, "report.pdf", "says it is a PDF, but its contents"),
    ("exe as pdf", EXE, "report.pdf", "says it is a PDF, but its contents"),
    ("exe as text", EXE, "notes.txt", "says it is a text file, but its contents"),
    ("exe as word", EXE, "notes.docx", "damaged"),
    ("exe", EXE, "setup.exe", "Files of this kind are not taken: upload PDF"),
    ("double extension", EXE, "report.pdf.exe", "Files of this kind are not taken"),
    ("no extension", files.pdf(), "report", "Files of this kind are not taken"),
    ("svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "not taken"),
    ("svg as png", b"<svg onload='alert(1)'/>", "a.png", "says it is a PNG picture, but its contents"),
    ("gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "a.gif", "not taken"),
    ("gif as jpg", b"GIF89a" + bytes(20), "a.jpg", "says it is a JPEG picture, but its contents"),
    ("png as jpg", files.png(), "a.jpg", "says it is a JPEG picture, but its contents"),
    ("html as csv", HTML, "a.csv", "says it is a CSV file, but its contents"),
    ("html after spaces as text", b" \n\t" + HTML, "a.txt", "says it is a text file, but its contents"),
    ("pdf as text", files.pdf(), "a.txt", "says it is a text file, but its contents"),
    ("nul in text", b"abc\x00def", "a.txt", "This is not a text file"),
    ("zero bytes", b"", "a.pdf", "The file is empty"),
    ("truncated pdf", files.pdf(pages=5)[:600], "a.pdf", "damaged or was cut short"),
    ("pdf after junk", b"x" * 1000 + files.pdf(), "a.pdf", "its contents are something else"),
    ("pdf that is a zip too", files.pdf() + files.docx(), "a.pdf", "contents are something else"),
    ("pdf of nothing", b"%PDF-1.7\ntrailer<<>>\n%%EOF", "a.pdf", "damaged"),
    ("encrypted pdf", files.pdf(password="secret"), "a.pdf", "protected by a password"),
    ("script in pdf", files.pdf(script="app.alert(1)"), "a.pdf", "holds a program"),
    ("file in pdf", files.pdf(attached=EXE), "a.pdf", "has other files inside it"),
    ("pdf that starts a program", files.pdf(opens="cmd.exe"), "a.pdf", "does something of its own (/Launch)"),
    ("page that starts a script", files.pdf(turned_to="/JavaScript"), "a.pdf", "holds a program"),
    (
        "link that starts a program",
        files.pdf(lies_on={"/Subtype": "/Link", "/A": {"/S": "/Launch"}}),
        "a.pdf",
        "does something of its own (/Launch)",
    ),
    (
        "field with a script",
        files.pdf(lies_on={"/Subtype": "/Widget", "/AA": {"/K": {"/S": "/JavaScript"}}}),
        "a.pdf",
        "holds a program",
    ),
    (
        "link to a page that then starts a script",
        files.pdf(lies_on={"/Subtype": "/Link", "/A": {"/S": "/GoTo", "/Next": {"/S": "/JavaScript"}}}),
        "a.pdf",
        "holds a program",
    ),
    ("file on a page", files.pdf(lies_on={"/Subtype": "/FileAttachment"}), "a.pdf", "other files inside it"),
    ("pdf whose pages branch without end", files.branching_pdf(40), "a.pdf", "damaged"),
    (
        "pdf whose pages go round",
        files.pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "a.pdf",
        "damaged",
    ),
    ("pdf bomb", files.pdf_bomb(), "a.pdf", "damaged"),
    ("xlsx named docx", files.xlsx(), "a.docx", "a Word document, but it is an Excel workbook"),
    ("odt named xlsx", files.odt(), "a.xlsx", "an Excel workbook, but it is an OpenDocument text"),
    ("any zip named docx", files.archive({"a.txt": b"a"}), "a.docx", "its contents are something else"),
    (
        "old word named docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "a.docx",
        "password or is in an old",
    ),
    ("encrypted members", files.encrypted_archive(), "a.docx", "protected by a password"),
    (
        "macros",
        files.docx(**{"word/vbaProject.bin": b"x"}),
        "a.docx",
        "holds macros or other program code (word/vbaProject.bin)",
    ),
    ("macros elsewhere", files.xlsx(**{"xl/other/VBAPROJECT.BIN": b"x"}), "a.xlsx", "holds macros"),
    (
        "docm renamed",
        files.docx(
            **{
                "[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
            }
        ),
        "a.docx",
        "holds macros",
    ),
    ("activex", files.docx(**{"word/activeX/activeX1.bin": b"x"}), "a.docx", "holds macros"),
    (
        "embedded object",
        files.docx(**{"word/embeddings/oleObject1.bin": b"x"}),
        "a.docx",
        "an object of another program",
    ),
    ("basic in odt", files.odt(**{"Basic/Standard/Module1.xml": b"x"}), "a.odt", "holds macros"),
    ("path traversal", files.docx(**{"../../etc/cron.d/x": b"x"}), "a.docx", "damaged"),
    ("symbolic link", files.linked_archive(), "a.docx", "damaged"),
    (
        "name of a member that is no text",
        files.docx(**{"word/é.xml": b"x"}).replace("é".encode(), b"\xc3\xff"),
        "a.docx",
        "damaged",
    ),
    ("truncated docx", files.docx()[:-40], "a.docx", "damaged or was cut short"),
    ("exe before the archive", EXE + files.docx(), "a.docx", "damaged"),
    (
        "pdf in the archive's comment",
        files.archive({"[Content_Types].xml": b"", "word/document.xml": b""}, comment=files.pdf()),
        "a.docx",
        "damaged",
    ),
    ("zip bomb", files.zip_bomb(), "a.xlsx", "unpacks to far more"),
    (
        "zip bomb that lies",
        files.lying(files.zip_bomb(5), "xl/worksheets/sheet1.xml", 20),
        "a.xlsx",
        "damaged",
    ),
    (
        "many members",
        files.docx(**{f"word/{n}.xml": b"" for n in range(reading_limits.MOST_MEMBERS)}),
        "a.docx",
        "unpacks to far more",
    ),
    ("truncated jpeg", files.jpeg((400, 400))[:-900], "a.jpg", "damaged or was cut short"),
    ("truncated png", files.png((400, 400))[:-60], "a.png", "damaged or was cut short"),
    ("png bomb", files.png_bomb(50_000, 50_000), "a.png", "no more than 25 million pixels"),
    ("png bomb that Pillow lets through", files.png_bomb(8_000, 8_000), "a.png", "25 million pixels"),
    ("header and nothing", b"\xff\xd8\xff" + bytes(40), "a.jpg", "damaged"),
]


@pytest.mark.parametrize(
    ("content", "name", "sentence"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_bad_file_is_refused_with_a_sentence(content, name, sentence):
    with pytest.raises(Refused) as refused:
        check_file(upload(content, name))
    assert sentence in refused.value.sentence
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "declared", "taken"),
    [
        ("a.pdf", "application/pdf", True),
        ("a.pdf", "application/octet-stream", True),
        ("a.pdf", "", True),
        ("a.pdf", "APPLICATION/PDF; charset=binary", True),
        ("a.pdf", "image/png", False),
        ("a.pdf", "text/html", False),
    ],
)
def test_declared_type_agrees_or_says_nothing(name, declared, taken):
    file = upload(files.pdf(), name, declared)
    if taken:
        assert check_file(file).content_type == "application/pdf"
    else:
        with pytest.raises(Refused, match="but it was sent as"):
            check_file(file)


def test_csv_as_windows_declares_it_is_taken():
    assert check_file(upload(CSV, "a.csv", "application/vnd.ms-excel")).content_type == "text/csv"


def test_file_over_the_limit_is_refused():
    file = upload(files.pdf(), "a.pdf")
    file.size = UPLOAD + 1
    with pytest.raises(Refused, match="larger than 25 MB"):
        check_file(file)


def test_photograph_has_no_place_no_maker_and_no_comment_afterwards():
    before = files.jpeg(located=True)
    assert Image.open(io.BytesIO(before)).getexif()[files.MAKE] == "SecretCam"
    content = check_file(upload(before, "kitchen.jpg")).content
    content.seek(0)
    after = content.read()
    assert not Image.open(io.BytesIO(after)).getexif()
    assert b"SecretCam" not in after
    assert b"taken at home" not in after
    assert b"Exif" not in after


def test_png_loses_its_texts_and_what_hangs_behind_it():
    content = check_file(upload(files.png() + files.docx(), "plan.png")).content
    content.seek(0)
    assert b"PK\x03\x04" not in content.read()


def test_large_photograph_is_shrunk_and_stands_upright():
    content = check_file(upload(files.jpeg((6000, 3000), turned=True), "a.jpg")).content
    assert Image.open(content).size == (file_limits.LONGEST_SIDE // 2, file_limits.LONGEST_SIDE)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_pngs_of_every_kind_are_drawn_again(mode):
    content = check_file(upload(files.png(mode=mode), "a.png")).content
    assert Image.open(content).mode in {"RGB", "RGBA"}


def test_cmyk_photograph_becomes_rgb():
    target = io.BytesIO()
    Image.new("CMYK", (10, 10)).save(target, "JPEG")
    assert Image.open(check_file(upload(target.getvalue(), "a.jpg")).content).mode == "RGB"


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("policy.pdf", "policy.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Anne\\policy.pdf", "policy.pdf"),
        ("annual\u202efdp.exe", "annualfdp.exe"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ('say "hello" <b>.pdf', "say _hello_ _b_.pdf"),
        ("  two   words .pdf ", "two words.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("v1.2.pdf", "v1.2.pdf"),
        ("report.pdf.", "report.pdf"),
        ("\u200b", "document"),
        ("...", "document"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_name_of_a_file_is_made_safe(given, safe):
    assert safe_filename(given) == safe


def test_name_turned_round_does_not_hide_a_program():
    with pytest.raises(Refused, match="not taken"):
        check_file(upload(EXE, "annual\u202efdp.exe"))
