"""The one safe door to xhtml2pdf: our templates in, a PDF out, and nothing fetched on the way.

Every document has a page of the same content, which is its accessible version; the PDF says where it is.
"""

from qa_portal.core.pdf.limits import PdfLimits
from qa_portal.core.pdf.markup import ForbiddenMarkup
from qa_portal.core.pdf.rendering import pdf_response, render_pdf

__all__ = ["ForbiddenMarkup", "PdfLimits", "pdf_response", "render_pdf"]
