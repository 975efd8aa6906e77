"""Pictures are drawn again: no larger than a page needs, and without the place where they were taken."""

import io
from typing import IO

from providers.documents.file_limits import LONGEST_SIDE, MOST_PIXELS
from providers.documents.validation.formats import JPEG, PNG, Format
from providers.documents.validation.picture_parts import check_jpeg_scans, check_png_chunks
from qa_portal.core.rules import Refused

DAMAGED = "This picture is damaged or was cut short: take it or save it again and upload the new copy."
STARTS = {JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
NAMES = {JPEG: "JPEG", PNG: "PNG"}
QUALITY = 85


def redrawn(file: IO[bytes], wanted: Format) -> bytes:
    """Return a new file of the same format: pixels only, upright, so no EXIF, GPS, comments or anything hidden.

    A broken picture raises as many exceptions as there are ways to write one: all of them say damaged.
    """
    file.seek(0)
    content = file.read()
    if not content.startswith(STARTS[wanted]):
        raise Refused(
            f"The name of this file says it is {wanted.words}, but its contents are something else."
        )
    from PIL import Image, ImageOps

    if wanted is PNG:
        check_png_chunks(content)
    try:
        with Image.open(io.BytesIO(content), formats=[NAMES[wanted]]) as picture:
            check_pixels(picture.size, NAMES[wanted])
            if wanted is JPEG:
                check_jpeg_scans(content, picture.size[0] * picture.size[1])
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
    """Check the number of pixels from the header, before anything is decoded."""
    if size[0] * size[1] > MOST_PIXELS[name]:
        raise Refused(too_many(name))


def too_many(name: str) -> str:
    most = MOST_PIXELS[name] // 1_000_000
    return f"This picture is too large: save it smaller, no more than {most} million pixels."


def saved(picture, wanted: Format) -> bytes:
    """Save the picture on a fresh canvas, because `save` writes whatever `info` holds."""
    mode = "RGB" if wanted is JPEG or "A" not in picture.convert(picture.mode).getbands() else "RGBA"
    canvas = picture.convert(mode)
    canvas.info = {}
    target = io.BytesIO()
    options = {"quality": QUALITY} if wanted is JPEG else {}
    canvas.save(target, NAMES[wanted], optimize=wanted is JPEG, **options)
    return target.getvalue()
