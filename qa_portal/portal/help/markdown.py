"""Our own Markdown drawn as HTML in the GOV.UK look.

HTML in the text is shown as text, never passed on; links lead only to pages of Help and to other sites over https.
"""

import posixpath
from collections.abc import MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from qa_portal.portal.help.guides import BY_SLUG

Env = MutableMapping[str, Any]

CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "h1": "govuk-heading-l",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
}
FOR_DEVELOPERS = "\n## In the code\n"
"""The glossary's last part: what follows is not for the page."""
SLUG_OF_FILE = {guide.file: guide.slug for guide in BY_SLUG.values()}


class GovukMarkdownRenderer(RendererHTML):
    """Draws tokens with GOV.UK's classes, and addresses of the portal as links."""

    def code_inline(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """Draw `/visits/` as a link to that page, and any other code as code."""
        drawn = super().code_inline(tokens, at, options, env)
        words = tokens[at].content
        return f'<a class="govuk-link" href="{words}">{drawn}</a>' if leads_to_a_page(words) else drawn

    def code_block(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
        """Draw commands in a box that scrolls and that the keyboard reaches."""
        drawn = super().code_block(tokens, at, options, env)
        return drawn.replace("<pre>", '<pre class="qa-commands" tabindex="0">')


def leads_to_a_page(address: str) -> bool:
    """Return whether these words are a whole address of the portal; one with a gap ("…") is not."""
    if not (address.startswith("/") and address.endswith("/")) or "…" in address:
        return False
    try:
        return bool(resolve(address))
    except Resolver404:
        return False


def address_of(link: str, *, file: str) -> str | None:
    """Return where a link of the guide `file` leads within Help, an https address as it is, or None."""
    if link.startswith("https://"):
        return link
    name, _, fragment = link.partition("#")
    slug = SLUG_OF_FILE.get(
        posixpath.normpath(posixpath.join(posixpath.dirname(file), name)) if name else file
    )
    if slug is None:
        return None
    return reverse("guide", args=[slug]) + (f"#{fragment}" if fragment else "")


def render(text: str, *, file: str) -> SafeString:
    """Return the HTML of a Markdown text; `file` says, relative to `docs/`, where its links start."""
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=GovukMarkdownRenderer).enable("table")
    tokens = markdown.parse(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(tokens[at + 1].content))
        _add_class(token)
        for inner in token.children or []:
            _add_class(inner)
        _set_links(token.children or [], file=file)
    # Our own pages of docs/, and the renderer escapes any HTML in them.
    return mark_safe(markdown.renderer.render(tokens, markdown.options, {}))  # nosec B308 B703


def _add_class(token: Token) -> None:
    if token.nesting == 1 and token.tag in CLASSES:
        token.attrSet("class", CLASSES[token.tag])
    if token.type == "th_open":
        token.attrSet("scope", "col")


def _set_links(tokens: list[Token], *, file: str) -> None:
    """Point links at pages of Help; a link to a file that Help does not show keeps its words alone."""
    opened: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = address_of(str(token.attrGet("href") or ""), file=file)
            opened.append(address is not None)
            if address is not None:
                token.attrSet("href", address)
            else:
                token.tag, token.attrs = "span", {}
        elif token.type == "link_close" and not opened.pop():
            token.tag = "span"


@cache
def guide_html(path: Path, file: str) -> SafeString:
    """Return the HTML of a guide; files do not change while the portal runs."""
    return render(path.read_text().partition(FOR_DEVELOPERS)[0], file=file)
