"""The PDF of a scorecard beside the bare engine on the same markup: time in turns, memory in processes of their own.

Time is that of the processor: the machine may have other work, and these documents take seconds.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from tests.performance.benchmarks.test_pdf import by_the_engine

ROOT = Path(__file__).parents[3]
ROUNDS, SIZES = 3, (50, 200)


def by_the_scorecard(rows: int) -> bytes:
    """From the figures to the finished file, as a page makes it."""
    from inspections.scorecards.presentation.exports import FORMATS, PaperText
    from tests.factories.scorecards import region

    return FORMATS["pdf"].make(region(rows), PaperText("https://qa.example/scorecards/", in_job=True))


def by_the_engine_alone(rows: int) -> bytes:
    from inspections.scorecards.presentation.exports import paper
    from tests.factories.scorecards import region

    about = {"title": "Scorecard", "address": "https://qa.example/scorecards/", "printed_at": timezone.now()}
    return by_the_engine(render_to_string("pdf/scorecard.html", {**paper.region(region(rows)), **about}))


WAYS: dict[str, Callable[[int], bytes]] = {"scorecard": by_the_scorecard, "engine": by_the_engine_alone}


def peak(way: str, rows: int) -> float:
    """MiB at most in a process that does nothing else."""
    command = [sys.executable, "-m", "tests.performance.benchmarks.test_scorecard_pdf", way, str(rows)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    child = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(child.stdout)


@pytest.mark.bench
@pytest.mark.timeout(900)
@pytest.mark.parametrize("rows", SIZES)
def test_scorecard_beside_the_bare_engine(rows, capsys):
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way, draw in WAYS.items():
            start = time.process_time()
            assert draw(rows).startswith(b"%PDF-")
            times[way].append(time.process_time() - start)
    seconds = {way: statistics.median(taken) for way, taken in times.items()}
    memory = {way: peak(way, rows) for way in WAYS}
    with capsys.disabled():
        print(f"\nPDF of a scorecard of {rows} rows, median of {ROUNDS}:")
        for way in WAYS:
            print(f"  {way:<10} {seconds[way]:.2f} s of the processor, at most {memory[way]:.0f} MiB")
        ratios = (one["scorecard"] / one["engine"] for one in (seconds, memory))
        print("  the scorecard takes {:.2f}x the time and {:.2f}x the memory".format(*ratios))


if __name__ == "__main__":
    import django

    django.setup()
    WAYS[sys.argv[1]](int(sys.argv[2]))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
