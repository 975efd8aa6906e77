"""How much one file may hold before we stop reading it. Counted in visits and bytes, never in depth."""

UNPACKED = 50 * 1024 * 1024
"""Bytes of all members of an Office file, or of all compressed objects of a PDF."""
MOST_TIMES_SMALLER = 100
MOST_MEMBERS = 2_000

MOST_ELEMENTS = 4_000_000
"""XML elements of an Office file: a workbook of a million filled cells has some two million."""

MOST_OBJECTS = 300_000
MOST_COMMENTS_TOGETHER = 500
"""Lines of comment in a run, in a PDF: looking for headers among more of them costs their square."""
MOST_VALUES = 4_000_000
"""Names, numbers, strings, arrays and dictionaries of a PDF, outside its pictures and page contents."""
MOST_TIMES_READ = 4
"""Bytes read in objects, as a multiple of the file: honest objects do not overlap."""
