"""Files made byte by byte: good ones, and those that somebody makes to do harm."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, TextStringObject

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
TYPES = {
    "pdf": "application/pdf",
    "docx": DOCX_TYPE,
    "xlsx": XLSX_TYPE,
    "odt": ODT_TYPE,
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "jfif": "image/jpeg",
    "png": "image/png",
    "csv": "text/csv",
    "txt": "text/plain",
}
MAKE, GPS = 0x010F, 0x8825
PLACE = {1: "N", 2: (54.0, 6.0, 12.0), 3: "W", 4: (2.0, 44.0, 1.0)}


def upload(content: bytes, name: str, declared: str | None = None) -> SimpleUploadedFile:
    """As a browser sends it; declares the type of its extension unless told otherwise."""
    extension = name.rpartition(".")[2].lower()
    declared = TYPES.get(extension, "application/octet-stream") if declared is None else declared
    return SimpleUploadedFile(name, content, declared)


def as_pdf_object(value):
    if isinstance(value, dict):
        return named(value)
    return NullObject() if value is None else NameObject(value)


def named(values: dict) -> DictionaryObject:
    """PDF names for the keys and the words in `values`."""
    return DictionaryObject({NameObject(key): as_pdf_object(value) for key, value in values.items()})


def pdf(
    *,
    password: str = "",
    script: str = "",
    attached: bytes = b"",
    opens: str = "",
    lies_on: dict | None = None,
    turned_to: str = "",
    pages: int = 1,
) -> bytes:
    """`lies_on` is an annotation of the first page, `turned_to` the kind of action that turning to it starts."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        scripts = ArrayObject([TextStringObject("a"), DictionaryObject(action)])
        listed = DictionaryObject({NameObject("/Names"): scripts})
        writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): listed})
    if attached:
        writer.add_attachment("payload.exe", attached)
    if opens:
        action = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject(opens)}
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if lies_on:
        writer.pages[0][NameObject("/Annots")] = ArrayObject([named(lies_on)])
    if turned_to:
        writer.pages[0][NameObject("/AA")] = named({"/O": {"/S": turned_to}})
    if password:
        writer.encrypt(password)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


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


def branching_pdf(depth: int) -> bytes:
    """Each node has the next one twice: 2 to the power of `depth` pages in a few kilobytes."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (n, n) for n in range(3, depth + 3)]
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page>>")


def pdf_bomb(megabytes: int = 300) -> bytes:
    """Its table of contents unpacks to so many megabytes."""
    packed = zlib.compress(bytes(megabytes * 1_000_000), 9)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 10/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
    return head % len(packed) + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"


def archive(members: dict[str, bytes], *, comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
        made.comment = comment
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    """`more` adds or replaces members: `docx(**{"word/vbaProject.bin": b"..."})`."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"} | more)


def xlsx(**more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"} | more)


def odt(**more: bytes) -> bytes:
    return archive({"mimetype": ODT_TYPE.encode(), "content.xml": b"<office/>"} | more)


def zip_bomb(megabytes: int = 300) -> bytes:
    return xlsx(**{"xl/worksheets/sheet1.xml": b"0" * megabytes * 1_000_000})


def lying(content: bytes, member: str, size: int) -> bytes:
    """The same archive, whose directory says that `member` unpacks to `size` bytes."""
    name = member.encode()
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(name)] != name:
        at = content.index(b"PK\x01\x02", at + 4)
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


def encrypted_archive() -> bytes:
    """A Word file whose members are marked as encrypted, as a zip program does it."""
    made = bytearray(docx())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(start)
        while at >= 0:
            made[at + flags] |= 1
            at = made.find(start, at + 4)
    return bytes(made)


def linked_archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    return target.getvalue()


def jpeg(size: tuple[int, int] = (40, 20), *, located: bool = False, turned: bool = False) -> bytes:
    picture = Image.new("RGB", size, (120, 160, 90))
    exif = picture.getexif()
    if located:
        exif[MAKE] = "SecretCam"
        exif[GPS] = PLACE
    if turned:
        exif[0x0112] = 6
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif, comment=b"taken at home" if located else b"")
    return target.getvalue()


def png(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, "PNG")
    return target.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """A few hundred bytes that say they are a picture of so many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
