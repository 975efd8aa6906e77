"""What a document may be made of. All else is a mistake in a template, or an attack: nothing is rendered.

The tree is built by the parser that the engine uses, so that both see the same elements.
"""

import re
from collections import Counter
from xml.etree.ElementTree import Element

from qa_portal.core.pdf.limits import Limits

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
DOCUMENT = {"html", "head", "meta", "title", "body"}
TEXT = {
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "div",
        "span",
        "br",
        "hr",
        "strong",
        "b",
        "em",
        "i",
        "small",
        "sub",
        "sup",
    ),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "a", "abbr", "time", "section", "article", "header"),
}
TABLE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
ENGINE = {"pdf:pagenumber", "pdf:pagecount", "pdf:nextpage"}
ALLOWED = DOCUMENT | TEXT | TABLE | ENGINE | {"img"}
DRAWN = {"svg", "g", "path", "line", "rect", "circle"}  # the shape in a tag, which is decoration: not printed
ATTRIBUTES = {
    *(
        "class",
        "id",
        "lang",
        "dir",
        "title",
        "role",
        "charset",
        "datetime",
        "alt",
        "width",
        "height",
        "align",
    ),
    *("valign", "colspan", "rowspan", "scope", "headers", "repeat", "start", "type", "href", "src"),
}
SAFE_ADDRESS = re.compile(r"(https?://|mailto:|tel:|#)", re.IGNORECASE)
SMALL_PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+\Z")
MOST_SPANNED = 100


class ForbiddenMarkup(ValueError):
    """A document held an element, attribute or address that no document of ours needs."""


def check_markup(html: str, limits: Limits) -> None:
    """Raises ForbiddenMarkup, or Refused when the document is larger than the limits."""
    import html5lib

    limits.check(inside=len(html) <= limits.characters)
    counts: Counter = Counter()
    todo: list[tuple[Element, bool]] = [(html5lib.parse(html), False)]
    while todo:
        element, in_table = todo.pop()
        if not isinstance(element.tag, str):
            continue  # a comment
        name = _known(element, in_table)
        counts[name] += 1
        limits.check(inside=_length(element) <= limits.block)
        todo.extend((child, in_table or name == "table") for child in element)
    limits.check(inside=counts["td"] + counts["th"] <= limits.cells and counts["img"] <= limits.images)


def _known(element: Element, in_table: bool) -> str:
    """The element's name, when the element may stand where it does."""
    if element.tag.startswith(SVG):
        return _shape(element)
    name = element.tag.removeprefix(XHTML)
    if name not in ALLOWED:
        raise ForbiddenMarkup(f"<{name}> is not for a PDF.")
    if name == "table" and in_table:
        raise ForbiddenMarkup("A table within a table is not for a PDF.")
    for attribute, value in element.attrib.items():
        _check_attribute(name, str(attribute), value)
    return name


def _shape(element: Element) -> str:
    name = element.tag.removeprefix(SVG)
    if name not in DRAWN or "href" in "".join(element.attrib):
        raise ForbiddenMarkup(f"<{name}> within SVG is not for a PDF.")
    if name == "svg" and element.get("aria-hidden") != "true":
        raise ForbiddenMarkup("A PDF draws no inline SVG, so only decoration (aria-hidden) may be left out.")
    return name


def _check_attribute(element: str, attribute: str, value: str) -> None:
    if attribute not in ATTRIBUTES and not attribute.startswith(("aria-", "data-")):
        raise ForbiddenMarkup(f"The attribute {attribute} of <{element}> is not for a PDF; use a class.")
    if attribute == "href" and not (element == "a" and SAFE_ADDRESS.match(value)):
        raise ForbiddenMarkup(f"A link of <{element}> is neither a web address nor a mail address.")
    if attribute == "src" and not (element == "img" and SMALL_PICTURE.match(value)):
        raise ForbiddenMarkup(f"<{element}> asks for a file: a picture comes inside the document, as data.")
    if attribute in {"colspan", "rowspan"} and not (value.isdecimal() and int(value) <= MOST_SPANNED):
        raise ForbiddenMarkup(f"A cell spans at most {MOST_SPANNED} others.")


def _length(element: Element) -> int:
    return len(element.text or "") + sum(len(child.tail or "") for child in element)
