"""What the door costs an ordinary file, and what pages cost while ten hostile ones are refused.

In one run and in turns: the readers called in this process as they once were, and in a child. The sign-in page is
asked over and over, in a process with one thread for each upload and one for the page, as gunicorn would have.
The old way gets the reader without today's counts, for they would spare it the work that is measured.
"""

import gc
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from inspections.ofsted.reader.feed import read_feed
from providers.documents.validation.content_checks import check_content
from providers.documents.validation.file_check import BUDGET
from qa_portal.core.rules import Refused
from qa_portal.core.untrusted import BACKGROUND, PAGES, Budget, read_in_child
from tests.factories import files, hostile

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
ROUNDS, HOSTILE, ASKED = 15, 10, 40
SECONDS = 4


def median(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def resident() -> float:
    """MB of this process and of its children that read."""
    mine = [Path("/proc/self/status"), *(Path(f"/proc/{w.pid}/status") for w in PAGES.workers)]
    sizes = []
    for path in mine:
        with suppress(OSError):
            sizes.append(int(path.read_text().partition("VmRSS:")[2].split()[0]) / 1024)
    return sum(sizes)


def test_price_of_the_door_for_ordinary_files(capsys):
    register = hostile.csv_of_headings(40) + b"\n".join(
        f"SC{n:06},Children's home,Active,Rutland{',Good' * 40}".encode() for n in range(4_000)
    )
    told = {"filename": "provider_at_march_2024.csv"}
    ordinary = {
        "a PDF of one page": (check_content, (files.pdf(), ".pdf"), {}),
        "a PDF of 40 pages": (check_content, (files.pdf(pages=40), ".pdf"), {}),
        "a photograph of 12 million points": (check_content, (files.jpeg((4000, 3000)), ".jpg"), {}),
        "a register of 4,000 rows": (read_feed, (register,), told),
    }
    rows = []
    for name, (reader, args, keywords) in ordinary.items():
        budget = Budget(60, 120, BUDGET.memory_bytes, 256 * 1024 * 1024)

        def apart(reader=reader, args=args, keywords=keywords, budget=budget):
            read_in_child(reader, *args, budget=budget, refusal="too costly", **keywords)

        PAGES.close()
        start = time.perf_counter()
        apart()
        cold = time.perf_counter() - start
        here = median(lambda reader=reader, args=args, keywords=keywords: reader(*args, **keywords))
        rows.append((name, here, median(apart), cold))
    with capsys.disabled():
        print(f"\nAn ordinary file, here and by the door, ms (median of {ROUNDS}; the first starts a child):")
        for name, here, door, cold in rows:
            print(
                f"  {name:<34} here {here * 1e3:7.1f}  door {door * 1e3:7.1f}  {door / here:5.2f} times"
                f"   first {cold * 1e3:7.1f}"
            )


@contextmanager
def uploads(act: Callable[[], None], many: int) -> Iterator[list[float]]:
    """So many threads upload until the block is left; how long each upload took is told."""
    over, took = threading.Event(), []

    def upload() -> None:
        while not over.is_set():
            start = time.perf_counter()
            act()
            took.append(time.perf_counter() - start)

    threads = [threading.Thread(target=upload) for _ in range(many)]
    for thread in threads:
        thread.start()
    try:
        yield took
    finally:
        over.set()
        for thread in threads:
            thread.join()


def signed_in_in(client: Client) -> list[float]:
    """How long the sign-in page took, each time."""
    address, took, end = reverse("account_login"), [], time.perf_counter() + SECONDS
    while time.perf_counter() < end and len(took) < ASKED:
        start = time.perf_counter()
        assert client.get(address).status_code == 200
        took.append(time.perf_counter() - start)
    return took


@pytest.mark.django_db
def test_sign_in_page_while_ten_hostile_files_are_refused(capsys):
    client, picture = Client(), hostile.progressive_jpeg(60, side=800)
    actions = hostile.pdf_of_actions(9)
    budget = Budget(2, 10, BUDGET.memory_bytes)

    def here() -> None:
        hostile.decode(picture)
        hostile.follow(actions)

    def apart() -> None:
        for reader, content in ((hostile.decode, picture), (hostile.follow, actions)):
            with suppress(Refused):
                read_in_child(reader, content, budget=budget, refusal="too costly")
        time.sleep(0.05)  # whoever is refused at once does not come back in the same instant

    client.get(reverse("account_login"))
    alone, rows = signed_in_in(client), []
    for name, act in (("read by the page's process", here), ("read by the door", apart)):
        gc.collect()
        before = resident()
        with uploads(act, HOSTILE) as took:
            pages = signed_in_in(client)
            grown = resident() - before
        rows.append((name, pages, grown, len(took)))
    PAGES.close()
    BACKGROUND.close()
    floor = statistics.median(alone)
    with capsys.disabled():
        print(f"\nThe sign-in page beside {HOSTILE} hostile uploads at a time, ms:")
        print(f"  {'alone':<28} median {floor * 1e3:7.1f}  worst {max(alone) * 1e3:7.1f}")
        for name, pages, grown, many in rows:
            middle = statistics.median(pages)
            print(
                f"  {name:<28} median {middle * 1e3:7.1f}  worst {max(pages) * 1e3:7.1f}"
                f"  {middle / floor:6.2f} times alone   {many} uploads, {grown:+.0f} MB"
            )
