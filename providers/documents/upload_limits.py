"""How large an upload may be, as this installation sets it. Bytes unless said otherwise."""

from django.conf import settings

from providers.documents.file_limits import MEGABYTE

UPLOAD = settings.DOCUMENT_UPLOAD_LIMIT
UPLOAD_WORDS = f"{UPLOAD // MEGABYTE} MB"
BODY = 2 * UPLOAD
"""Above this the answers that came with a file are not worth waiting for: the body is not read at all."""
TOO_LARGE = f"The file is larger than {UPLOAD_WORDS}: make it smaller, or send it in parts."
