"""Checks what a document is made of. Anything unknown is a mistake in a template, or an attack: nothing is drawn.

The engine never reads what a template wrote. It reads what is written anew here from the elements that
were found and known, so no trick of syntax means one thing here and another there.
"""

import re
from collections import Counter
from typing import Any

from qa_portal.core.pdf.limits import PdfLimits

ELEMENTS = {
    *("html", "head", "meta", "title", "body", "header", "section", "article", "div", "span"),
    *("h1", "h2", "h3", "h4", "p", "br", "hr", "strong", "b", "em", "i", "small", "sub", "sup"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "a", "abbr", "time", "img"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("pdf:pagenumber", "pdf:pagecount", "pdf:nextpage"),
}
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
    *("valign", "colspan", "rowspan", "scope", "headers", "repeat", "start", "type", "href", "rel", "src"),
}
LINK = re.compile(r"((https?|ftps?)://|mailto:|tel:|#)", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+\Z")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
HARD_SPACE = "\u00a0"
MOST_SPANNED = 50


class ForbiddenMarkup(ValueError):
    """A document held an element, attribute or address that no document of ours needs."""


def checked_markup(html: str, limits: PdfLimits) -> str:
    """Return the document as the engine may have it: known elements and attributes, without SVG decoration.

    Raises ForbiddenMarkup, or Refused when the document is larger than the limits.
    """
    from lxml.html import HTMLParser, document_fromstring, tostring

    limits.check(inside=len(html) <= limits.characters + limits.pictures * limits.picture_characters)
    limits.check(inside=html.count("<") / 2 + html.count(HARD_SPACE) <= limits.elements)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = document_fromstring(UNPRINTABLE.sub("", html).encode(), parser=parser)
    _leave_out_decoration(root)
    _check_pictures(root, len(html), limits)
    _check(root, limits)
    return tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def _leave_out_decoration(root: Any) -> None:
    """Remove inline SVG, which the engine does not draw. The shape beside a rating's word may go."""
    for drawing in list(root.iter("svg")):
        if drawing.get("aria-hidden") != "true":
            raise ForbiddenMarkup("A PDF leaves inline SVG out, so it may only be decoration (aria-hidden).")
        drawing.drop_tree()


def _check_pictures(root: Any, size: int, limits: PdfLimits) -> None:
    pictures = [len(picture.get("src", "")) for picture in root.iter("img")]
    limits.check(inside=size - sum(pictures) <= limits.characters)
    limits.check(inside=len(pictures) <= limits.pictures)
    limits.check(inside=max(pictures, default=0) <= limits.picture_characters)


def _check(root: Any, limits: PdfLimits) -> None:
    counts: Counter[str] = Counter()
    waiting = [(root, 1, False)]
    while waiting:
        element, depth, in_table = waiting.pop()
        counts[element.tag] += 1
        _check_element(element, in_table)
        limits.check(inside=depth <= limits.depth and _length(element) <= limits.block)
        waiting.extend((child, depth + 1, in_table or element.tag == "table") for child in element)
    limits.check(inside=counts["td"] + counts["th"] <= limits.cells)
    limits.check(inside=counts["pdf:nextpage"] < limits.pages)


def _check_element(element: Any, in_table: bool) -> None:
    if element.tag not in ELEMENTS:
        raise ForbiddenMarkup(f"<{element.tag}> is not for a PDF.")
    if element.tag == "table" and in_table:
        raise ForbiddenMarkup("A table within a table is not for a PDF.")
    for attribute, value in element.attrib.items():
        _check_attribute(element.tag, attribute, value)


def _check_attribute(element: str, attribute: str, value: str) -> None:
    if attribute not in ATTRIBUTES and not attribute.startswith(("aria-", "data-")):
        raise ForbiddenMarkup(f"The attribute {attribute} of <{element}> is not for a PDF; use a class.")
    if attribute == "href" and not (element == "a" and LINK.match(value)):
        raise ForbiddenMarkup(f"A link of <{element}> is neither a whole web address nor a mail address.")
    if attribute == "src" and not (element == "img" and PICTURE.match(value)):
        raise ForbiddenMarkup(f"<{element}> asks for a file: a picture comes inside the document, as data.")
    if attribute in {"colspan", "rowspan"} and not (value.isdecimal() and int(value) <= MOST_SPANNED):
        raise ForbiddenMarkup(f"A cell spans at most {MOST_SPANNED} others.")


def _length(element: Any) -> int:
    return len(element.text or "") + sum(len(child.tail or "") for child in element)
