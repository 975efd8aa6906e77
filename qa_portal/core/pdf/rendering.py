"""Draws a template as a PDF: our own styles, checked markup, then the engine."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header

from qa_portal.core.pdf.engine import draw
from qa_portal.core.pdf.limits import PdfLimits
from qa_portal.core.pdf.markup import checked_markup
from qa_portal.core.rules import Refused

SERVICE = "Placements quality assurance"


def render_pdf(
    template_name: str,
    context: Mapping[str, Any],
    *,
    title: str,
    address: str,
    landscape: bool = False,
    limits: PdfLimits | None = None,
) -> bytes:
    """Return a template that extends pdf/base.html as a PDF.

    `context["council"]`, where there is one, stands at the head of each page and is the author. `address`
    is that of the page with the same content: a path of the portal or a whole address.
    Raises Refused when the document is too long, ForbiddenMarkup when the template is wrong.
    """
    council, limits = str(context.get("council") or SERVICE), limits or PdfLimits()
    given = {
        "council": council,
        "title": title,
        "address": _whole(address),
        "printed_at": timezone.now(),
    }
    html = checked_markup(render_to_string(template_name, {**context, **given}), limits)
    return draw(html, title=title, author=council, landscape=landscape, limits=limits)


def pdf_response(
    template_name: str, context: Mapping[str, Any], *, title: str, address: str, filename: str, **options: Any
) -> HttpResponse:
    """Return the PDF as a download, or a page (422) that says why there is none."""
    try:
        content = render_pdf(template_name, context, title=title, address=address, **options)
    except Refused as refusal:
        told = {"sentence": refusal.sentence, "title": title, "address": _whole(address)}
        return HttpResponse(render_to_string("pdf/refused.html", told), status=422)
    headers = {
        "Content-Disposition": content_disposition_header(True, _file_name(filename)),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _whole(address: str) -> str:
    return f"{settings.PORTAL_URL}{address}" if address.startswith("/") else address


def _file_name(name: str) -> str:
    """Return a safe file name: letters, digits and plain punctuation."""
    plain = re.sub(r"[^\w.()\-]+", " ", name.removesuffix(".pdf")).strip(" .")[:120]
    return f"{plain or 'document'}.pdf"
