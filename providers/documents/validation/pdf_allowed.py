"""What a PDF may do: the actions, annotations and links allowed. All else is refused by its name.

ISO 32000-2: actions in 12.6, annotations in 12.5.6, files in 7.11.4, the trigger events of /AA in 12.6.3.
"""

import re

PRINT = "print it to PDF and upload the new copy."
SCRIPT = f"This PDF holds a program (JavaScript): {PRINT}"
FIELD_SCRIPT = f"This PDF is a form whose fields run scripts when they are filled in: {PRINT}"
FILES = "This PDF has other files inside it: upload those by themselves, then print the PDF to PDF and upload that."
MEDIA = f"This PDF plays sound, film or 3D pictures ({{}}): {PRINT}"
LIVECYCLE = f"This PDF is a LiveCycle form (XFA), which most programs cannot show: {PRINT}"
ACTION = f"This PDF does something of its own (/{{}}): {PRINT}"
ANNOTATION = f"This PDF has something lying on a page that is not taken (/{{}}): {PRINT}"
ELSEWHERE = f"This PDF takes part of itself from another file: {PRINT}"
LINK = 'This PDF has a link that leads to no web page or mail address ("{}"): take the link out and save it again.'

WHEN_PRESSED = frozenset({"GoTo", "URI", "Named", "Hide", "SetOCGState", "ResetForm", "Trans"})
"""Moves within the document, links, and what shows, hides or empties its own parts."""
AT_ONCE = frozenset({"GoTo", "Trans"})
"""What opening the document may do."""
MOVES = frozenset({"NextPage", "PrevPage", "FirstPage", "LastPage", "GoBack", "GoForward"})

ANNOTATIONS = frozenset(
    [
        "Text",
        "Link",
        "FreeText",
        "Line",
        "Square",
        "Circle",
        "Polygon",
        "PolyLine",
        "Highlight",
        "Underline",
        "Squiggly",
        "StrikeOut",
        "Stamp",
        "Caret",
        "Ink",
        "Popup",
        "Widget",
        "PrinterMark",
        "TrapNet",
        "Watermark",
        "Redact",
    ]
)
NEVER_A_NAME = {
    **dict.fromkeys(["EmbeddedFile", "EmbeddedFiles", "FileAttachment", "GoToE"], FILES),
    **dict.fromkeys(["Launch", "ImportData", "SubmitForm", "GoToR", "GoToDp", "Thread"], ACTION),
    **dict.fromkeys(
        ["Rendition", "MediaClip", "RichMedia", "RichMediaExecute", "GoTo3DView", "Movie", "Sound", "Screen"],
        MEDIA,
    ),
}
"""As a value these name an action, an annotation or a kind of stream, wherever they stand."""
NAMED_BY = ("S", "Subtype", "Type")

NEVER_A_KEY = {"XFA": LIVECYCLE, "Collection": FILES, "EF": FILES, "RichMediaContent": MEDIA}
NEVER_FILLED = {"EmbeddedFiles": FILES, "JavaScript": SCRIPT, "AF": FILES}
"""Keys that say nothing where what they lead to is empty, as it is when somebody has taken the files out."""

OWN_FORMATS = re.compile(
    r"AF(Date_(Format|Keystroke)(Ex)?|Time_(Format|Keystroke)(Ex)?)\((\"[dmyhHMst :/.,\-]*\"|\d{1,2})\);?"
    r"|AF(Percent|Special)_(Format|Keystroke)\(\d{1,2}(, ?\d)*\);?"
    r"|AFNumber_(Format|Keystroke)\(\d{1,2}, ?\d, ?\d, ?\d, ?\"[£€$ ]?\", ?(true|false)\);?"
)
"""How Acrobat writes down the format of a field: one call of its own functions with plain values."""
