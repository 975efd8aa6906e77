"""Files that act by themselves, and the same files without what acts: made by hand, as their makers write them."""

import io
import zlib

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter

from tests.factories.files import archive, pdf_of

PAGES = (b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s>>")


def acting_pdf(*more: bytes, root: bytes = b"", page: bytes = b"") -> bytes:
    """A page, with `root` and `page` added to their dictionaries and `more` objects from number 4 on."""
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R%s>>" % root, PAGES[0], PAGES[1] % page, *more)


def packed_pdf(inner: bytes) -> bytes:
    """An object of number 9 in an object stream, which the catalogue names as what opening it does."""
    head = b"9 0 "
    data = zlib.compress(head + inner)
    stream = b"<</Type/ObjStm/N 1/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
    return acting_pdf(stream % (len(head), len(data), data), root=b"/OpenAction 9 0 R")


def owner_locked(content: bytes, algorithm: str) -> bytes:
    """Opens without a password; only what may be done with it is protected."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt("", "owner", algorithm=algorithm)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def fan_out_pdf(wide: int = 4, deep: int = 14) -> bytes:
    """Each action names the next ones `wide` times: wide to the power of deep ways through deep objects."""
    actions = [
        b"<</S/GoTo/D[3 0 R/Fit]/Next[%s]>>" % (b"%d 0 R " % number * wide) for number in range(5, deep + 5)
    ]
    return acting_pdf(*actions, b"<</S/GoTo/D[3 0 R/Fit]/Next 4 0 R>>", root=b"/OpenAction 4 0 R")


def shared_list_pdf(pages: int, notes: int) -> bytes:
    """So many pages that share one list of annotations."""
    first = 4 + pages
    kids = b" ".join(b"%d 0 R" % number for number in range(4, first))
    listed = b" ".join(b"%d 0 R" % number for number in range(first, first + notes))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots 3 0 R>>"
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(https://example.gov.uk)>>>>"
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"[%s]" % listed,
        *[page] * pages,
        *[link] * notes,
    )


# Office

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
W = "application/vnd.openxmlformats-officedocument.wordprocessingml"
S = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
WORD_PARTS = {
    "/word/document.xml": f"{W}.document.main+xml",
    **{
        f"/word/{name}.xml": f"{W}.{name}+xml"
        for name in (
            *("styles", "settings", "webSettings", "fontTable", "numbering", "footnotes", "endnotes"),
            *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        )
    },
    "/word/header1.xml": f"{W}.header+xml",
    "/word/footer1.xml": f"{W}.footer+xml",
    "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "/word/glossary/document.xml": f"{W}.document.glossary+xml",
    "/word/glossary/styles.xml": f"{W}.styles+xml",
    "/word/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "/word/charts/style1.xml": "application/vnd.ms-office.chartstyle+xml",
    "/word/charts/colors1.xml": "application/vnd.ms-office.chartcolorstyle+xml",
    "/word/diagrams/data1.xml": "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
    "/word/diagrams/drawing1.xml": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "/docMetadata/LabelInfo.xml": "application/vnd.ms-office.classificationlabels+xml",
}


def relationships(*rows: tuple[str, str] | tuple[str, str, str]) -> bytes:
    """Each row: type (its last word for an ordinary one), target, and "External" where it leads out."""
    lines = []
    for number, (kind, target, *mode) in enumerate(rows, start=1):
        whole = kind if "://" in kind else f"{OFFICE}/{kind}"
        outside = f' TargetMode="{mode[0]}"' if mode else ""
        lines.append(f'<Relationship Id="rId{number}" Type="{whole}" Target="{target}"{outside}/>')
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def content_types(parts: dict[str, str], **extensions: str) -> bytes:
    known = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults = "".join(
        f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in (known | extensions).items()
    )
    named = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{named}</Types>'.encode()


def field(*words: str) -> str:
    """A field of Word, its words spread over as many runs."""
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in words)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>text</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def word_policy(
    body: str = "", *, types: dict[str, str] | None = None, links: list | None = None, **more: bytes
) -> bytes:
    """An ordinary policy as Word writes it: contents, page numbers, a link, a chart, comments, a label."""
    ordinary = field(' TOC \\o "1-3" \\h \\z \\u ') + field(" PAGE ", "  \\* MERGEFORMAT ")
    parts = {name.lstrip("/"): b"<x/>" for name in WORD_PARTS}
    parts |= {
        "[Content_Types].xml": content_types(
            WORD_PARTS | (types or {}), png="image/png", xlsx=f"{S}.sheet", odttf="application/x-fontdata"
        ),
        "_rels/.rels": relationships(
            ("officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
            (f"{MICROSOFT}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"),
        ),
        "word/document.xml": BODY.format(f"<w:p>{ordinary}{body}</w:p>").encode(),
        "word/_rels/document.xml.rels": relationships(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("theme", "theme/theme1.xml"),
            ("glossaryDocument", "glossary/document.xml"),
            (f"{MICROSOFT}/2011/relationships/people", "people.xml"),
            (f"{MICROSOFT}/2011/relationships/commentsExtended", "commentsExtended.xml"),
            ("image", "media/image1.png"),
            ("chart", "charts/chart1.xml"),
            ("customXml", "../customXml/item1.xml"),
            ("hyperlink", "https://www.gov.uk/", "External"),
            ("hyperlink", "mailto:homes@example.org", "External"),
            *(links or []),
        ),
        "word/charts/_rels/chart1.xml.rels": relationships(
            ("package", "../embeddings/Microsoft_Excel_Worksheet.xlsx")
        ),
        "word/settings.xml": b"<w:settings/>",
        "word/_rels/settings.xml.rels": relationships(
            ("attachedTemplate", "file:///C:\\Users\\me\\Templates\\Policy.dotx", "External")
        ),
        "word/embeddings/Microsoft_Excel_Worksheet.xlsx": workbook(),
        "word/media/image1.png": b"\x89PNG",
        "word/fonts/font1.odttf": b"MZ scrambled",
        "customXml/item1.xml": b"<b:Sources xmlns:b='x'/>",
        "customXml/_rels/item1.xml.rels": relationships(("customXmlProps", "itemProps1.xml")),
        "docProps/thumbnail.jpeg": b"\xff\xd8\xff",
    }
    return archive(parts | more)


def workbook(formula: str = "=SUM(A1:A2)") -> bytes:
    """As a library writes it: a chart, a comment, a link."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([1, 2, formula])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, max_col=2, min_row=1))
    sheet.add_chart(chart, "E5")
    sheet["A1"].comment = Comment("Counted by hand", "A")
    sheet["B1"].hyperlink = "https://www.gov.uk/"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


EXCEL_PARTS = {
    "/xl/workbook.xml": f"{S}.sheet.main+xml",
    "/xl/worksheets/sheet1.xml": f"{S}.worksheet+xml",
    "/xl/styles.xml": f"{S}.styles+xml",
    "/xl/sharedStrings.xml": f"{S}.sharedStrings+xml",
    "/xl/calcChain.xml": f"{S}.calcChain+xml",
    "/xl/comments1.xml": f"{S}.comments+xml",
    "/xl/tables/table1.xml": f"{S}.table+xml",
    "/xl/pivotTables/pivotTable1.xml": f"{S}.pivotTable+xml",
    "/xl/pivotCache/pivotCacheDefinition1.xml": f"{S}.pivotCacheDefinition+xml",
    "/xl/pivotCache/pivotCacheRecords1.xml": f"{S}.pivotCacheRecords+xml",
    "/xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "/xl/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "/xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
    "/xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
    "/xl/ctrlProps/ctrlProp1.xml": "application/vnd.ms-excel.controlproperties+xml",
    "/xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
}


def excel_matrix(
    *, names: str = "", cell: str = "", types: dict | None = None, links=(), **more: bytes
) -> bytes:
    """An ordinary training matrix as Excel writes it, printer settings, pivots and comments and all."""
    sheet = (
        f"<worksheet><sheetData><row><c><f>SUM('In|Out'!A1:A2)</f></c>{cell}</row></sheetData></worksheet>"
    )
    parts = {name.lstrip("/"): b"<x/>" for name in EXCEL_PARTS}
    parts |= {
        "[Content_Types].xml": content_types(
            EXCEL_PARTS | (types or {}),
            bin=f"{S}.printerSettings",
            vml="application/vnd.openxmlformats-officedocument.vmlDrawing",
        ),
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook><definedNames><definedName name="_xlnm.Print_Area">Sheet1!$A$1</definedName>'
        f"{names}</definedNames></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": relationships(("worksheet", "worksheets/sheet1.xml"), *links),
        "xl/worksheets/sheet1.xml": sheet.encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(
            ("printerSettings", "../printerSettings/printerSettings1.bin"),
            ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("comments", "../comments1.xml"),
            ("table", "../tables/table1.xml"),
        ),
        "xl/printerSettings/printerSettings1.bin": "HP LaserJet".encode("utf-16-le"),
        "xl/drawings/vmlDrawing1.vml": b'<xml><v:shape><v:fill color2="#ffffe1"/><br></v:shape></xml>',
    }
    return archive(parts | more)


ODT_TYPE = b"application/vnd.oasis.opendocument.text"
SPACES = 'xmlns:office="o" xmlns:text="t" xmlns:draw="d" xmlns:xlink="x" xmlns:script="s" xmlns:meta="m"'


def writer_text(body: str = "", **more: bytes) -> bytes:
    """An ordinary text as LibreOffice writes it, with a link, a picture and the template it was made from."""
    content = f'<office:document-content {SPACES}><office:scripts/><office:body><text:a xlink:href="https://www.gov.uk/"/>'
    content += f'<draw:image xlink:href="Pictures/1.png"/>{body}</office:body></office:document-content>'
    meta = f'<office:document-meta {SPACES}><meta:template xlink:href="../../Templates/a.ott"/></office:document-meta>'
    parts = {
        "mimetype": ODT_TYPE,
        "Configurations2/toolbar/": b"",
        "Configurations2/accelerator/current.xml": b"",
        "manifest.rdf": b"<rdf/>",
        "meta.xml": meta.encode(),
        "settings.xml": b"<s/>",
        "styles.xml": b"<s/>",
        "Thumbnails/thumbnail.png": b"\x89PNG",
        "Pictures/1.png": b"\x89PNG",
        "Object 1/content.xml": b"<math/>",
        "ObjectReplacements/Object 1": b"VCLMTF",
        "layout-cache": b"x",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": b"<manifest/>",
    }
    return archive(parts | more)
