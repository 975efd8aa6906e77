"""Feeds one word to everything that reads or draws a document, in a process whose log is the real one.

Run by `test_canary.py`, which reads what came out of the process. `unfiltered` as an argument lets libraries
speak: the positive control.
"""

import contextlib
import io
import logging
import os
import sys
import threading
import warnings

CANARY = "Kanarienvogel"
END = "all was read"
GLYPHLESS = "\U00013080"


def documents() -> list[tuple[bytes, str]]:
    """A file of each kind that is taken, with the word in every place that a reader might quote."""
    from tests.factories import active, files

    word = CANARY.encode()
    text = active.acting_pdf(
        b"<</Title(%s)/%s/%s/S/%s>>" % (word, word, word, word),
        page=b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 1 1]/Contents(%s)>>]" % word,
    )
    broken = active.acting_pdf(b"<</A %s /B (%s) /B 7 <zz%s> >>" % (word, word, word), b"[%s" % word)
    image = io.BytesIO()
    from PIL import Image

    picture = Image.new("RGB", (40, 40))
    exif = picture.getexif()
    exif[0x010E] = CANARY
    picture.save(image, "JPEG", exif=exif, comment=word)
    return [
        (text, f"{CANARY}.pdf"),
        (broken, "a.pdf"),
        (files.pdf(script=CANARY), "a.pdf"),
        (active.word_policy(active.field(f" {CANARY} ")), "a.docx"),
        (active.word_policy(f"<w:t>{CANARY}</w:t><{CANARY}>"), "a.docx"),
        (active.excel_matrix(cell=f"<c><f>WEBSERVICE({CANARY})</f></c>"), "a.xlsx"),
        (active.writer_text(f'<text:a xlink:href="{CANARY}:x"/>'), "a.odt"),
        (image.getvalue(), "a.jpg"),
        (files.png() + word, "a.png"),
        (f"{CANARY},{CANARY}\n{CANARY}\x00".encode(), "a.csv"),
        (f"{CANARY}\n".encode(), f"{CANARY}.txt"),
        *[
            (files.archive({CANARY: word, "word/document.xml": word}), name)
            for name in ("a.docx", "a.xlsx", "a.odt")
        ],
    ]


def tables() -> list[tuple[bytes, str]]:
    """Ofsted's file and counts of placements: as text and as a workbook, with headings of the word and without."""
    import openpyxl

    target, book = io.BytesIO(), openpyxl.Workbook()
    book.active.title = CANARY[:20]
    book.active.append(["URN", CANARY, "Registration date"])
    book.active.append([CANARY, CANARY, CANARY])
    book.active["A3"] = 10**9
    book.active["A3"].number_format = "yyyy-mm-dd"
    book.save(target)
    rows = f"URN,{CANARY},Registration date\n{CANARY},{CANARY},{CANARY}\n"
    return [
        (target.getvalue(), f"{CANARY}.xlsx"),
        (target.getvalue()[:-300], "a.xlsx"),
        (rows.encode(), f"{CANARY}.csv"),
        (rows.encode("utf-16"), "a.csv"),
        (f'"{CANARY}\n'.encode() + b"\xff\x00", "a.csv"),
    ]


def read_all() -> None:
    """Each whole, cut short, and with some of its bytes changed."""
    from inspections.ofsted.reader.reading import feed_of
    from providers.contracts.reading import counts_of
    from providers.documents.validation.file_check import check_file
    from tests.factories.files import upload

    def each(files):
        for content, name in files:
            yield content, name
            yield content[: len(content) * 2 // 3], name
            yield content[: len(content) // 3] + b"\xff<%(" + content[len(content) // 3 + 4 :], name

    for content, name in each(documents()):
        with contextlib.suppress(Exception):
            check_file(upload(content, name))
    for content, name in each(tables()):
        with contextlib.suppress(Exception):
            feed_of(content, filename=name)
        with contextlib.suppress(Exception):
            counts_of(content)


def draw_all() -> None:
    """A letter with signs that no font has, styles that do not parse, a picture that is none."""
    from qa_portal.core.pdf import render_pdf

    for title in (f"{CANARY} {GLYPHLESS} {CANARY}", f"<{CANARY}>&{CANARY};", CANARY * 3000):
        with contextlib.suppress(Exception):
            render_pdf("pdf/base.html", {"council": title}, title=title, address=f"/{CANARY}/")
    from qa_portal.core.pdf import PdfLimits
    from qa_portal.core.pdf.engine import draw

    for html in (
        f'<p style="color:{CANARY};{CANARY}">a</p><img src="data:image/png;base64,{CANARY}">',
        f"<table><tr><td width='{CANARY}' colspan='{CANARY}'>{GLYPHLESS}{CANARY}</table>",
        f"<style>@page {{ size: {CANARY} }} p {{ font-family: {CANARY} }}</style><p>{GLYPHLESS}{CANARY}</p>",
    ):
        with contextlib.suppress(Exception):
            draw(html, title=CANARY, author=CANARY, landscape=False, limits=PdfLimits())


def go_wrong() -> None:
    """Everything else that prints: warnings, threads, a mistake in a line of the log, our own exceptions."""
    warnings.warn(CANARY, stacklevel=1)
    thread = threading.Thread(target=int, args=[CANARY])
    thread.start()
    thread.join()
    for name in (
        "celery.app.trace",
        "celery.worker",
        "gunicorn.error",
        "django.request",
        "django.security.X",
        "any",
    ):
        for level in (logging.WARNING, logging.ERROR):
            logging.getLogger(name).log(level, "Task raised %s", CANARY, extra={"facts": {"a": CANARY}})
            logging.getLogger(name).log(level, CANARY, stack_info=True)
    logging.getLogger("qa.any").warning("%d", CANARY)
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("qa.due").exception("failed for %s", 7)
        logging.getLogger("any").exception(CANARY)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "qa_portal.settings"
    import django

    django.setup()
    if "unfiltered" in sys.argv:
        from qa_portal.core.logs import formatters

        formatters.redacted = lambda record: record  # type: ignore[assignment]
    draw_all()
    if "unfiltered" not in sys.argv:
        read_all()
        go_wrong()
    print(END, flush=True)
    raise ValueError(CANARY)
