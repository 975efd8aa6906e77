"""How large a document may be, and how long it is kept. Bytes unless said otherwise."""

from datetime import timedelta

from django.conf import settings

MEGABYTE = 1024 * 1024
UPLOAD = settings.DOCUMENT_UPLOAD_LIMIT
UPLOAD_WORDS = f"{UPLOAD // MEGABYTE} MB"
BODY = 2 * UPLOAD
"""Above this the answers that came with a file are not worth waiting for: the body is not read at all."""

MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}
"""A JPEG is decoded at a fraction of its size, a PNG only whole: four bytes a pixel."""
LONGEST_SIDE = 2_400

LONGEST_NAME = 120
KEPT_WHEN_A_CHILD_IS_IDENTIFIED = timedelta(days=365)
STRAY_AFTER = timedelta(hours=24)
MOST_STRAYS, MOST_STRAYS_SHARE = 20, 0.02
"""More files without a row than both, of all that are stored, are no uploads that were cut off: the sweep stops."""
