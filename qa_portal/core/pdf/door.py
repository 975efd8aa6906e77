"""From a template to a PDF, with nothing of the network or of the disk in reach."""

import io
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header

from qa_portal.core.pdf.limits import TOO_LONG, Limits
from qa_portal.core.pdf.markup import check_markup
from qa_portal.core.rules import Refused

log = logging.getLogger("qa.pdf")
ASSETS = Path(__file__).parent / "assets"
FONTS = {path.name: path for path in (ASSETS / "fonts").glob("*.ttf")}
BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
SERVICE = "Placements quality assurance"
NOT_MADE = "The PDF could not be made. Its web page has the same content."


def render_pdf(
    template_name: str,
    context: Mapping[str, Any],
    *,
    title: str,
    address: str,
    landscape: bool = False,
    limits: Limits | None = None,
) -> bytes:
    """A template that extends pdf/base.html, as a PDF.

    `context["council"]`, where there is one, is named on each page and as the author. `address` is that of
    the page with the same content: a path of the portal, or a whole address.
    Raises Refused when the document is too long, ForbiddenMarkup when the template is wrong.
    """
    council = str(context.get("council") or SERVICE)
    html = render_to_string(
        template_name,
        {
            **context,
            "council": council,
            "title": title,
            "address": f"{settings.PORTAL_URL}{address}" if address.startswith("/") else address,
            "printed_at": timezone.now(),
        },
    )
    limits = limits or Limits()
    check_markup(html, limits)
    return _draw(html, title=title, author=council, landscape=landscape, limits=limits)


def pdf_response(
    template_name: str, context: Mapping[str, Any], *, title: str, address: str, filename: str, **options: Any
) -> HttpResponse:
    """The PDF to keep, never to show within the portal's own pages."""
    content = render_pdf(template_name, context, title=title, address=address, **options)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(True, _file_name(filename)),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def _draw(html: str, *, title: str, author: str, landscape: bool, limits: Limits) -> bytes:
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import RenderLimitError

    out = io.BytesIO()
    try:
        pisa.CreatePDF(
            html,
            dest=out,
            encoding="utf-8",
            path=str(ASSETS / "document.html"),
            link_callback=only_fonts,
            resource_policy=_policy(limits),
            default_css=_styles(landscape=landscape),
            context_meta={"title": title, "author": author, "subject": "", "keywords": ""},
        )
    except RenderLimitError as error:
        raise Refused(TOO_LONG) from error
    except Exception as error:
        log.exception("PDF not made")
        raise Refused(NOT_MADE) from error
    return out.getvalue()


def only_fonts(uri: str, _: str | None = None) -> str:
    """A small picture passes as it is, a font of ours by its place; all else is an empty picture.

    Never a falsy answer: the engine would then follow the address itself.
    """
    if str(uri).startswith(("data:image/png;", "data:image/jpeg;")):
        return uri
    font = FONTS.get(str(uri).removeprefix("fonts/"))
    return str(font) if font else BLANK


def _policy(limits: Limits) -> Any:
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    return ResourceAccessPolicy.server(
        ASSETS,
        allow_remote=False,
        max_resources=len(FONTS) + limits.images,
        max_local_bytes=limits.image_bytes,
        max_render_seconds=limits.seconds,
        max_document_bytes=4 * limits.characters,
        max_depth=60,
    )


def _styles(*, landscape: bool) -> str:
    from xhtml2pdf.default import DEFAULT_CSS

    page = "landscape.css" if landscape else "portrait.css"
    return "\n".join([DEFAULT_CSS, *((ASSETS / name).read_text() for name in ("document.css", page))])


def _file_name(name: str) -> str:
    """Without separators, controls or marks that turn the direction of writing."""
    plain = re.sub(r"[^\w .()\-]+", " ", name.removesuffix(".pdf")).strip(" .")[:120]
    return f"{plain or 'document'}.pdf"
