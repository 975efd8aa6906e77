"""Pictures are drawn again: no larger than a page needs, and without the place where they were taken."""

import tempfile
from typing import IO

from providers.documents.limits import LONGEST_SIDE, MEGABYTE, MOST_PIXELS
from providers.documents.validation.formats import JPEG, PNG, Format
from qa_portal.core.rules import Refused

DAMAGED = "This picture is damaged or was cut short: take it or save it again and upload the new copy."
STARTS = {JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
NAMES = {JPEG: "JPEG", PNG: "PNG"}
QUALITY = 85
IN_MEMORY = 2 * MEGABYTE


def redrawn(file: IO[bytes], wanted: Format) -> IO[bytes]:
    """A new file of the same format: pixels only, upright, so no EXIF, GPS, comments or anything hidden.

    A broken picture raises as many exceptions as there are ways to write one: all of them say damaged.
    """
    file.seek(0)
    if not file.read(8).startswith(STARTS[wanted]):
        raise Refused(
            f"The name of this file says it is {wanted.words}, but its contents are something else."
        )
    from PIL import Image, ImageOps  # large, and few requests need it

    file.seek(0)
    try:
        with Image.open(file, formats=[NAMES[wanted]]) as picture:
            check_pixels(picture.size, NAMES[wanted])
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return saved(upright, wanted)
    except Image.DecompressionBombError as error:
        raise Refused(too_many(NAMES[wanted])) from error
    except Refused:
        raise
    except Exception as error:
        raise Refused(DAMAGED) from error


def check_pixels(size: tuple[int, int], name: str) -> None:
    """From the header, before anything is decoded."""
    if size[0] * size[1] > MOST_PIXELS[name]:
        raise Refused(too_many(name))


def too_many(name: str) -> str:
    most = MOST_PIXELS[name] // 1_000_000
    return f"This picture is too large: save it smaller, no more than {most} million pixels."


def saved(picture, wanted: Format) -> IO[bytes]:
    """On a fresh canvas, because `save` writes whatever `info` holds."""
    mode = "RGB" if wanted is JPEG or "A" not in picture.convert(picture.mode).getbands() else "RGBA"
    canvas = picture.convert(mode)
    canvas.info = {}
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the caller reads and closes it
    options = {"quality": QUALITY} if wanted is JPEG else {}
    canvas.save(target, NAMES[wanted], optimize=wanted is JPEG, **options)
    return target
