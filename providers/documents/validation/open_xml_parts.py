"""The parts, content types and relationships of a plain document or workbook (ECMA-376, and what Office adds).

Matched whole and without regard to case. A part is refused by its name when it is not here.
"""

import re

PROGRAM = "macros or other program code"
DATA = "a connection to data elsewhere"
OBJECT = "an object of another program (an equation of an old kind, a drawing, a packed file)"
ADD_IN = "an add-in"
OTHER_FILE = "a link to another workbook"
OTHER = "a part that a plain document does not need"

N = r"\d*"
PICTURE = r"(png|jpe?g|jpe|jfif|gif|bmp|dib|tiff?|emf|wmf|emz|wmz|svg|wdp|webp|ico|pcx)"
DRAWN = (
    rf"media/[^/]+\.{PICTURE}",
    rf"theme/(theme|themeoverride){N}\.xml",
    rf"charts/(chart|chartex|style|colors){N}\.xml",
    rf"drawings/drawing{N}\.xml",
    r"drawings/[^/]+\.vml",
    rf"diagrams/(data|layout|quickstyle|colors|drawing){N}\.xml",
    rf"ink/ink{N}\.xml",
    rf"printersettings/printersettings{N}\.bin",
    r"embeddings/[^/]+\.xlsx",
)
TEXT = (
    rf"(document|styles|styleswitheffects|settings|websettings|fonttable|numbering|footnotes|endnotes){N}\.xml",
    rf"(comments|commentsextended|commentsids|commentsextensible|people|header|footer){N}\.xml",
    r"intelligence2?\.xml",
    rf"documenttasks/documenttasks{N}\.xml",
    r"fonts/[^/]+\.(odttf|fntdata|ttf|otf)",
)
WORD = tuple(rf"word/(glossary/)?{one}" for one in (*TEXT, *DRAWN))
EXCEL = tuple(
    rf"xl/{one}"
    for one in (
        rf"(workbook|styles|sharedstrings|calcchain|metadata){N}\.xml",
        rf"chartsheets/sheet{N}\.xml",
        r"worksheets/[^/]*sheet[^/]*\.xml",
        rf"comments{N}\.xml",
        rf"comments/comments?{N}\.xml",
        rf"threadedcomments/threadedcomments?{N}\.xml",
        rf"persons/person{N}\.xml",
        rf"tables/(table|tablesinglecells){N}\.xml",
        rf"pivottables/pivottable{N}\.xml",
        rf"pivotcache/pivotcache(definition|records){N}\.xml",
        rf"(slicers|slicercaches|timelines|timelinecaches|ctrlprops|namedsheetviews)/[a-z]+{N}\.xml",
        rf"(richdata|featurepropertybag)/[a-z]+{N}\.xml",
        rf"revisions/(revisionheaders|revisionlog{N}|usernames)\.xml",
        *DRAWN,
    )
)
EVERYWHERE = (
    r"\[content_types\]\.xml",
    r"docprops/(app|core|custom)\.xml",
    rf"docprops/thumbnail\.{PICTURE}",
    r"\[trash\]/[0-9a-f]{4}\.dat",
    r"docmetadata/labelinfo\.xml",
    rf"customxml/(item|itemprops){N}\.xml",
    r"_xmlsignatures/(origin\.sigs|sig\d*\.xml)",
    r"package/services/metadata/core-properties/[0-9a-f]+\.psmdcp",
)
PARTS = re.compile("|".join((*EVERYWHERE, *WORD, *EXCEL)), re.IGNORECASE)
RELATIONSHIPS = re.compile(r"(.*/)?_rels/[^/]*\.rels", re.IGNORECASE)

TYPES = re.compile(
    r"application/(xml|inkml\+xml)|text/xml|image/[a-z0-9.+\-]+"
    r"|application/vnd\.openxmlformats-package\.(relationships|core-properties"
    r"|digital-signature-(xmlsignature|certificate|origin))(\+xml)?"
    r"|application/vnd\.openxmlformats-officedocument\.(wordprocessingml|spreadsheetml)\."
    r"(document\.main|sheet\.main|template\.main|document\.glossary|styles|settings|websettings|fonttable|numbering"
    r"|footnotes|endnotes|comments|commentsextended|commentsids|commentsextensible|people|header|footer|documenttasks"
    r"|worksheet|chartsheet|sharedstrings|calcchain|sheetmetadata|table|tablesinglecells|pivottable"
    r"|pivotcachedefinition|pivotcacherecords|revisionheaders|revisionlog|usernames|printersettings|sheet)(\+xml)?"
    r"|application/vnd\.openxmlformats-officedocument\.(theme|themeoverride|drawing|vmldrawing|extended-properties"
    r"|custom-properties|customxmlproperties|obfuscatedfont|drawingml\.(chart|chartshapes|diagram[a-z]+))(\+xml)?"
    r"|application/vnd\.ms-office\.(chartstyle|chartcolorstyle|chartex|drawingml\.diagramdrawing|classificationlabels|intelligence2?)\+xml"
    r"|application/vnd\.ms-word\.styleswitheffects\+xml"
    r"|application/vnd\.ms-excel\.(threadedcomments|person|slicer|slicercache|timeline|timelinecache|controlproperties"
    r"|namedsheetviews|rdrichvalue|rdrichvaluestructure|rdrichvaluetypes|richvaluerel|rdarray|richstyles"
    r"|rdrichvaluewebimage|rdsupportingpropertybag(structure)?|featurepropertybag)\+xml"
    r"|application/(x-font-ttf|x-fontdata)",
    re.IGNORECASE,
)

SCHEMAS = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/office/",
)
KINDS = frozenset(
    [
        "officedocument",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "extendedproperties",
        "customproperties",
        "thumbnail",
        "styles",
        "styleswitheffects",
        "settings",
        "websettings",
        "fonttable",
        "theme",
        "themeoverride",
        "numbering",
        "footnotes",
        "endnotes",
        "comments",
        "commentsextended",
        "commentsids",
        "commentsextensible",
        "people",
        "header",
        "footer",
        "glossarydocument",
        "image",
        "hyperlink",
        "hdphoto",
        "chart",
        "chartex",
        "chartstyle",
        "chartcolorstyle",
        "chartusershapes",
        "drawing",
        "vmldrawing",
        "diagramdata",
        "diagramlayout",
        "diagramquickstyle",
        "diagramcolors",
        "diagramdrawing",
        "font",
        "package",
        "customxml",
        "customxmlprops",
        "worksheet",
        "chartsheet",
        "sharedstrings",
        "calcchain",
        "table",
        "tablesinglecells",
        "pivottable",
        "pivotcachedefinition",
        "pivotcacherecords",
        "slicer",
        "slicercache",
        "timeline",
        "timelinecache",
        "printersettings",
        "threadedcomment",
        "person",
        "sheetmetadata",
        "ctrlprop",
        "featurepropertybag",
        "namedsheetview",
        "rdrichvalue",
        "rdrichvaluestructure",
        "rdrichvaluetypes",
        "richvaluerel",
        "rdarray",
        "richstyles",
        "rdrichvaluewebimage",
        "rdsupportingpropertybag",
        "rdsupportingpropertybagstructure",
        "classificationlabels",
        "intelligence",
        "intelligence2",
        "documenttasks",
        "ink",
        "origin",
        "signature",
        "certificate",
        "revisionheaders",
        "revisionlog",
        "usernames",
        "attachedtemplate",
    ]
)
"""The last word of a relationship's type."""

WHAT = (
    (
        re.compile(
            r"vba|macro|activex|dialogsheet|controls?$|\.main.*macroenabled|ms-excel\.intlmacro|keymap", re.I
        ),
        PROGRAM,
    ),
    (re.compile(r"customui|webextension|taskpane|extensibility|toolbars|addin", re.I), ADD_IN),
    (re.compile(r"connections|querytable|mailmerge|recipientdata|xl/model|volatiledep|xmlmaps", re.I), DATA),
    (re.compile(r"externallink", re.I), OTHER_FILE),
    (re.compile(r"embeddings|oleobject|afchunk|subdocument|\.bin$", re.I), OBJECT),
)


def what_it_is(name: str) -> str:
    """Return what an officer would call a part, type or relationship that is not allowed."""
    return next((words for pattern, words in WHAT if pattern.search(name)), OTHER)
