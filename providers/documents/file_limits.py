"""Limits of a document: its size, the cost of reading it, how long it is kept. Bytes unless said otherwise.

No setting is read here: these are the limits of the child process too, which has none.
"""

from datetime import timedelta

MEGABYTE = 1024 * 1024
READ_CPU_SECONDS, READ_WALL_SECONDS = 15, 30
READ_MEMORY = 768 * MEGABYTE
REDRAWN = 64 * MEGABYTE

MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}
"""A JPEG is decoded at a fraction of its size, a PNG only whole: four bytes a pixel."""
LONGEST_SIDE = 2_400
MOST_SCANS = 64
MOST_SCANNED_PIXELS = 1_200_000_000
"""A progressive JPEG goes over the whole picture once for each scan: a camera's has ten or so."""
MOST_PARTS_OF_A_PICTURE = 20_000
MOST_PARTS_BESIDE_THE_PIXELS = 1_000

LONGEST_NAME = 120
CHILD_IDENTIFIED_RETENTION = timedelta(days=365)
STRAY_AFTER = timedelta(hours=24)
MOST_STRAYS, MOST_STRAYS_SHARE = 20, 0.02
"""More files without a row than both, of all that are stored, are no uploads that were cut off: the sweep stops."""
