"""Files that cost far more to read than they are large, each of any size; and readers without a care.

The careless readers are what the cheap checks and the budget are held against: they run in a child of the door
too, so they stand at the top of a module that needs no settings.
"""

import csv
import io
import struct
import zipfile
import zlib
from difflib import SequenceMatcher

REGISTER = ("URN", "Provision type", "Registration status", "Local authority")
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def progressive_jpeg(scans: int, side: int = 1200) -> bytes:
    """A photograph whose last scan is there so many times more."""
    from PIL import Image

    target = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(target, "JPEG", progressive=True, quality=20)
    content = target.getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * scans + b"\xff\xd9"


def png_of_chunks(count: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    tail = chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"a\0b") * count + tail


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, of which the first is its root."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + tail % (count, table, count, len(made))


def pdf_of_actions(depth: int) -> bytes:
    """Each action names the next one four times: four to the power of `depth` ways through."""
    actions = [b"<</S/GoTo/D[3 0 R/Fit]/Next[%s]>>" % (b"%d 0 R " % n * 4) for n in range(5, depth + 5)]
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>", *pages, *actions, b"<</S/GoTo/D[3 0 R/Fit]>>"
    )


def pdf_of_hexadecimal(length: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Note<%s>>>" % (b"41" * length)
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page)


def pdf_of_shared_notes(pages: int) -> bytes:
    """So many pages, and every one shows the same so many annotations."""
    kids = b" ".join(b"%d 0 R" % n for n in range(5, pages + 5))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots 3 0 R>>"
    notes = b"[%s]" % (b"4 0 R " * pages)
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        notes,
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>",
        *[page] * pages,
    )


def csv_of_headings(count: int) -> bytes:
    """A register with so many headings more that nobody knows, each nearly one that somebody does."""
    unknown = [f"Overall experiances and progriss numbur{n:06}" for n in range(count)]
    head = ",".join([*REGISTER, *unknown])
    row = ",".join(["SC123456", "Children's home", "Active", "Rutland", *["x"] * count])
    return f"{head}\n{row}\n".encode()


def workbook(**parts: bytes) -> bytes:
    """A register of one line; `parts` adds or replaces by the name of a part without its folder and ending."""
    cells = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in REGISTER)
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument'
        f'.spreadsheetml.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    relation = '<Relationship Id="r{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{1}" Target="{2}"/>'
    related = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    members = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": related.format(relation.format(1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": related.format(
            relation.format(1, "worksheet", "worksheets/sheet1.xml")
            + relation.format(2, "sharedStrings", "sharedStrings.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData><row>{cells}</row></sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}"/>',
    }
    told = {f"xl/{name}.xml": content for name, content in parts.items()}
    return zipped({name: content.encode() for name, content in members.items()} | told)


def workbook_of_strings(count: int) -> bytes:
    return workbook(sharedStrings=f'<sst xmlns="{SHEET}">{"<si><t>a</t></si>" * count}</sst>'.encode())


def workbook_of_cells(count: int) -> bytes:
    row = f"<row>{'<c><v>1</v></c>' * 100}</row>"
    content = f'<worksheet xmlns="{SHEET}"><sheetData>{row * (count // 100)}</sheetData></worksheet>'.encode()
    return workbook(**{"worksheets/sheet1": content})


def workbook_of_depth(depth: int) -> bytes:
    return workbook(sharedStrings=b"<a>" * depth + b"</a>" * depth)


def workbook_bomb(megabytes: int) -> bytes:
    return workbook(**{"media/a": bytes(megabytes * 1_000_000)})


def zip_of_members(count: int) -> bytes:
    """Word's own parts, and so many empty ones."""
    head = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    return zipped(head | {f"word/{n}.xml": b"" for n in range(count)})


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


# Readers without a care


def decode(content: bytes) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        picture.load()


def follow(content: bytes) -> int:
    """Every way through the actions, as the checks of PDFs once went."""
    from pypdf import PdfReader

    def ways(action) -> int:
        following = action.get_object().get("/Next", [])
        return 1 + sum(ways(one) for one in following)

    return ways(PdfReader(io.BytesIO(content)).trailer["/Root"]["/OpenAction"])


def look_at_notes(content: bytes) -> int:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(content)).pages
    return sum("/A" in note.get_object() for page in pages for note in page["/Annots"])


def read_page(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages[0]["/Note"])


def compare_headings(content: bytes) -> int:
    """Each heading with each known one, letter by letter, as columns were once found."""
    known = [f"Overall experiences and progress {n}" for n in range(100)]
    headings = next(csv.reader(io.StringIO(content.decode())))
    return sum(SequenceMatcher(None, a, b).ratio() > 0.99 for a in headings for b in known)


def load_workbook(content: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
