"""xhtml2pdf with nothing of the network in reach, and nothing of the disk but our fonts.

What may be fetched is decided by the policy alone: its guide says that some ten places never ask the
callback. The callback is a second lock, and only names things.
"""

import io
import logging
from pathlib import Path
from typing import Any

from qa_portal.core.pdf.limits import TOO_LONG, PdfLimits
from qa_portal.core.rules import Refused

log = logging.getLogger("qa.pdf")
ASSETS = Path(__file__).parent / "assets"
BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
NOT_MADE = "The PDF could not be made. The web page has the same content."


def draw(html: str, *, title: str, author: str, landscape: bool, limits: PdfLimits) -> bytes:
    """Draw one document; one at a time in a process, and waiting for the lock is not counted."""
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import RenderLimitError

    out = io.BytesIO()
    try:
        pisa.CreatePDF(
            html,
            dest=out,
            encoding="utf-8",
            path=str(ASSETS / "document.html"),
            link_callback=resolve_uri,
            resource_policy=policy(limits),
            default_css=styles(landscape=landscape),
            context_meta={"title": title, "author": author, "subject": "", "keywords": ""},
        )
    except RenderLimitError as error:
        raise Refused(TOO_LONG) from error
    except Exception as error:
        log.exception("PDF not made")
        raise Refused(NOT_MADE) from error
    return _finished(out, limits)


def _finished(out: io.BytesIO, limits: PdfLimits) -> bytes:
    """Return the finished PDF, which shows its title instead of the file's name (WCAG technique PDF18)."""
    from pypdf import PdfWriter

    writer = PdfWriter(out, incremental=True)
    limits.check(inside=writer.get_num_pages() <= limits.pages)
    writer.create_viewer_preferences().display_doctitle = True  # type: ignore[assignment]  # pypdf makes the property at run time
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def resolve_uri(uri: str, _: str | None = None) -> str:
    """Return a small picture as it is, the path of one of our fonts, and an empty picture for all else.

    Never a falsy answer: the engine would then follow the address itself.
    """
    if str(uri).startswith(("data:image/png;", "data:image/jpeg;")):
        return str(uri)
    fonts = {f"fonts/{path.name}": str(path) for path in (ASSETS / "fonts").glob("*.ttf")}
    return fonts.get(str(uri), BLANK)


def policy(limits: PdfLimits) -> Any:
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    return ResourceAccessPolicy.server(
        ASSETS,
        allow_remote=False,
        max_image_pixels=limits.picture_pixels,
        max_render_seconds=limits.seconds,
        max_document_bytes=None,  # the door has counted the characters, and knows pictures from text
        max_depth=2 * limits.depth,
    )


def styles(*, landscape: bool) -> str:
    from xhtml2pdf.default import DEFAULT_CSS

    page = "landscape.css" if landscape else "portrait.css"
    return "\n".join([DEFAULT_CSS, *((ASSETS / name).read_text() for name in ("document.css", page))])
