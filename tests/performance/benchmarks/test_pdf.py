"""The door beside the bare engine on the same table of twenty pages: time in turns, memory in processes of their own.

The bare engine gets the same words, styles and fonts without check, policy and viewer preference: what is
left between the two is the price of the door.
"""

import io
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from pypdf import PdfReader

ROOT = Path(__file__).parents[3]
ROUNDS, ROWS = 7, 640
TITLE = "Findings by setting"
TABLE = """
{% extends "pdf/base.html" %}
{% block content %}
<table><thead><tr><th>Setting</th><th>Finding</th><th>By</th></tr></thead><tbody>
{% for row in rows %}<tr><td>Setting {{ row }}</td><td>Words of the finding</td><td>1 May 2027</td></tr>{% endfor %}
</tbody></table>
{% endblock %}
"""


def source() -> str:
    from django.template import engines

    given = {"title": TITLE, "address": "https://qa.example/findings/", "printed_at": timezone.now()}
    return engines["django"].from_string(TABLE).render({**given, "rows": range(ROWS)})


def by_the_door(html: str) -> bytes:
    from qa_portal.core.pdf import PdfLimits
    from qa_portal.core.pdf.engine import draw
    from qa_portal.core.pdf.markup import checked_markup

    limits = PdfLimits()
    return draw(checked_markup(html, limits), title=TITLE, author="", landscape=False, limits=limits)


def by_the_engine(html: str) -> bytes:
    from xhtml2pdf import pisa

    from qa_portal.core.pdf.engine import ASSETS, styles

    out, path = io.BytesIO(), str(ASSETS / "document.html")
    pisa.CreatePDF(html, dest=out, encoding="utf-8", path=path, default_css=styles(landscape=False))
    return out.getvalue()


WAYS: dict[str, Callable[[str], bytes]] = {"door": by_the_door, "engine": by_the_engine}


def peak(way: str) -> float:
    """MiB at most in a process that does nothing else."""
    command = [sys.executable, "-m", "tests.performance.benchmarks.test_pdf", way]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    child = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(child.stdout)


@pytest.mark.bench
def test_door_beside_the_bare_engine(capsys):
    html = source()
    pages = {way: len(PdfReader(io.BytesIO(draw(html))).pages) for way, draw in WAYS.items()}
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way, draw in WAYS.items():
            start = time.perf_counter()
            draw(html)
            times[way].append(time.perf_counter() - start)
    seconds = {way: statistics.median(taken) for way, taken in times.items()}
    memory = {way: peak(way) for way in WAYS}
    with capsys.disabled():
        print(f"\nPDF of {pages['door']} pages, one table of {ROWS} rows, median of {ROUNDS}:")
        for way in WAYS:
            print(f"  {way:<7} {seconds[way]:.2f} s, at most {memory[way]:.0f} MiB")
        time_ratio, memory_ratio = (one["door"] / one["engine"] for one in (seconds, memory))
        print(f"  the door takes {time_ratio:.2f}x the time and {memory_ratio:.2f}x the memory")
    assert pages["door"] == pages["engine"]


if __name__ == "__main__":
    import django

    django.setup()
    WAYS[sys.argv[1]](source())
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
