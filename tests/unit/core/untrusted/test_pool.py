"""What a child may cost, what it is given, how it ends, and that the next file is read all the same."""

import math
import os
import pickle
import resource
import signal
import threading
from contextlib import suppress
from dataclasses import replace

import billiard
import pytest
from django.conf import settings

from qa_portal.core.rules import Refused
from qa_portal.core.untrusted import MEGABYTE, child, pool, read_in_child
from qa_portal.core.untrusted.pool import BUSY, NO_CHILD, ReaderPool
from qa_portal.core.untrusted.worker import Worker
from tests.faults.gate import patiently
from tests.unit.core.untrusted import strangers
from tests.unit.core.untrusted.conftest import SMALL, children_of, children_seconds

SORRY = "This file takes too long to read: save it again."
START = 2.0
"""Seconds of processor that starting a child and rounding its limit up may cost, generously."""


def ask(door: ReaderPool, function, *args, **changed):
    return read_in_child(function, *args, budget=replace(SMALL, **changed), refusal=SORRY, door=door)


def busy_with(door: ReaderPool, function, **changed) -> threading.Thread:
    """Another thread has a child do this; whatever comes of it is not told."""

    def work() -> None:
        with suppress(Refused):
            ask(door, function, **changed)

    def busy() -> int:
        return len(door.workers) - len(door.idle)

    before = busy()
    thread = threading.Thread(target=work)
    thread.start()
    patiently(lambda: busy() > before)
    return thread


def kill_workers(door: ReaderPool, *busy: threading.Thread) -> None:
    """Again and again while somebody is busy with one: what was not begun is given to another child."""
    while True:
        for worker in list(door.workers):
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
        for thread in busy:
            thread.join(0.1)
        if not any(thread.is_alive() for thread in busy):
            return


# What it is given


def test_child_tells_the_limits_of_its_budget(door):
    told = ask(door, strangers.own_limits)
    again = ask(door, strangers.own_limits, cpu_seconds=7, memory_bytes=512 * MEGABYTE)
    assert 1 <= told["RLIMIT_CPU"][0] <= 3
    assert again["RLIMIT_CPU"][0] >= told["RLIMIT_CPU"][0] + 6
    assert 256 * MEGABYTE < told["RLIMIT_AS"][0] < 512 * MEGABYTE < again["RLIMIT_AS"][0] < 1024 * MEGABYTE
    for limits in (told, again):
        assert limits["RLIMIT_CORE"] == limits["RLIMIT_FSIZE"] == limits["RLIMIT_NPROC"] == (0, 0)
        assert limits["RLIMIT_NOFILE"] == (child.OPEN_FILES, child.OPEN_FILES)
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY, "the control: ours has none"


def test_child_has_no_secret_no_settings_no_database_and_nothing_open_but_its_line(door, monkeypatch, db):
    monkeypatch.setenv("SECRET_KEY", "the-key-of-the-house")
    monkeypatch.setenv("DATABASE_URL", "postgres://qa:password@nowhere/qa")
    told = ask(door, strangers.surroundings)
    assert not {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"} & set(told["environment"])
    assert "the-key-of-the-house" not in str(told["environment"])
    assert not [
        name for name in told["modules"] if name.startswith(("django", "qa_portal.settings", "psycopg"))
    ]
    assert [name.partition(":")[0] for name in told["open"]] == ["socket"]
    assert told["niceness"] >= os.nice(0) + child.POLITENESS or told["niceness"] == 19


def test_child_writes_no_file(door, tmp_path):
    with pytest.raises(Refused, match=SORRY):
        ask(door, strangers.write, str(tmp_path / "a"))
    assert not (tmp_path / "a").exists() or not (tmp_path / "a").stat().st_size


def test_child_that_cannot_limit_itself_reads_nothing(monkeypatch):
    def forbidden(what, limits):
        raise PermissionError("setrlimit is filtered")

    monkeypatch.setattr(child.resource, "setrlimit", forbidden)
    # this process is the test's own: it stays as quick as it was, and hears its signals
    for name in ("signal", "pthread_sigmask"):
        monkeypatch.setattr(child.signal, name, lambda *_: None)
    monkeypatch.setattr(child.os, "nice", lambda _: 0)
    assert child.limit(SMALL) is False
    assert child.limit_for_good() is False


def test_door_without_a_child_says_so_and_tells_the_operator(door, monkeypatch, caplog):
    monkeypatch.setattr("qa_portal.core.untrusted.worker.sys.executable", "/bin/false")
    with pytest.raises(Refused, match=NO_CHILD):
        ask(door, strangers.say, "a")
    assert "no child process to read a file in" in caplog.text
    assert not door.workers


# What comes back


def test_answer_is_data_of_the_reader_s_own_package(door):
    assert ask(door, strangers.say, "word") == strangers.Told("word")


def test_refusal_of_the_reader_is_a_refusal_here(door):
    with pytest.raises(Refused) as told:
        ask(door, strangers.refuse, "Line 3 has no URN.")
    assert told.value.sentence == "Line 3 has no URN."
    assert len(door.idle) == 1, "the child goes on"


@pytest.mark.parametrize("reader", [strangers.set_a_trap, strangers.a_stranger_s_class])
def test_answer_that_would_call_something_here_is_not_unpacked(door, reader, tmp_path):
    made = tmp_path / "made"
    with pytest.raises(Refused, match=SORRY):
        ask(door, reader, str(made))
    assert not made.exists()
    pickle.loads(pickle.dumps(strangers.Trap(str(made))))
    assert made.exists(), "the control: plain pickle calls it"


def test_failure_of_the_reader_is_told_to_the_operator_without_a_word_of_the_file(door, caplog, capfd):
    with pytest.raises(Refused, match=SORRY):
        ask(door, strangers.quote, "Alfie Canary")
    assert "quote failed: ValueError in strangers.py, line" in caplog.text
    assert "Canary" not in caplog.text + "".join(capfd.readouterr())


# What it may cost


@pytest.mark.parametrize(
    ("reader", "told", "changed"),
    [
        (strangers.spin, "over its processor time", {}),
        (strangers.sleep, "over its time", {"wall_seconds": 0.3}),
    ],
)
def test_child_over_its_time_is_killed_and_gone(door, reader, told, changed, caplog):
    before = children_seconds()
    with pytest.raises(Refused, match=SORRY):
        ask(door, reader, **changed)
    assert children_seconds() - before <= SMALL.cpu_seconds + START
    assert f"{reader.__name__} stopped: {told}" in caplog.text
    assert not door.workers
    assert ask(door, strangers.say, "next") == strangers.Told("next")


def test_child_over_its_memory_is_one_sentence(door, caplog):
    assert ask(door, strangers.hold, 50) == 50 * MEGABYTE
    with pytest.raises(Refused, match=SORRY):
        ask(door, strangers.hold, 300)
    assert "hold stopped: over its memory" in caplog.text
    assert ask(door, strangers.hold, 300, memory_bytes=400 * MEGABYTE) == 300 * MEGABYTE, "the control"


def test_reader_that_takes_want_of_memory_for_damage_is_not_believed(door):
    with pytest.raises(Refused, match=SORRY):
        ask(door, strangers.take_starvation_for_damage)


def test_answer_over_its_size_is_one_sentence(door, caplog):
    with pytest.raises(Refused, match=SORRY):
        ask(door, strangers.answer_at_length, SMALL.answer_bytes + 1)
    assert "over the size of an answer" in caplog.text


# How it ends


def test_killed_children_are_replaced_and_leave_nothing_behind(door):
    first = ask(door, strangers.process_id)
    assert ask(door, strangers.process_id) == first, "the control: a warm child is asked again"
    kill_workers(door)
    second = ask(door, strangers.process_id)
    kill_workers(door, busy_with(door, strangers.sleep))
    third = ask(door, strangers.process_id)
    assert len({first, second, third}) == 3
    assert {first, second} & set(children_of()) == set()


def test_child_killed_while_idle_is_no_zombie_though_nobody_asks_again(door):
    pid = ask(door, strangers.process_id)
    kill_workers(door)
    patiently(lambda: pid not in children_of())


def test_file_whose_reader_dies_is_refused(door, caplog):
    with pytest.raises(Refused, match=SORRY):
        ask(door, strangers.end, 1)
    assert "end stopped: ended by a signal" in caplog.text


def test_worn_child_is_replaced(door, monkeypatch):
    monkeypatch.setattr("qa_portal.core.untrusted.worker.MOST_TASKS", 2)
    pids = [ask(door, strangers.process_id) for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_closed_door_leaves_no_child(door):
    thread = busy_with(door, strangers.sleep)
    pids = {worker.pid for worker in door.workers}
    assert pids <= set(children_of())
    while thread.is_alive():
        door.close()
        thread.join(0.1)
    assert not pids & set(children_of())


def test_child_ends_when_its_parent_is_gone():
    worker = Worker()
    worker.begin(pool.Task(strangers.__name__, "say", SMALL))
    worker.line.close()
    assert worker.process.wait(20) == 0


# How many at once


def test_when_no_place_comes_free_the_next_are_refused_and_the_last_at_once(door):
    threads = [busy_with(door, strangers.sleep) for _ in range(2)]
    with pytest.raises(Refused) as told:
        ask(door, strangers.say, "a")
    assert told.value.sentence == BUSY
    waiting = ReaderPool(places=1, waiting=0, patience=1000)
    thread = busy_with(waiting, strangers.sleep)
    with pytest.raises(Refused, match="reading other files"):
        ask(waiting, strangers.say, "a")
    kill_workers(door, *threads)
    kill_workers(waiting, thread)
    assert ask(door, strangers.say, "next") == strangers.Told("next")
    waiting.close()


def test_background_work_waits_for_its_turn_and_is_never_refused():
    own = ReaderPool(places=1)
    thread = busy_with(own, strangers.sleep, wall_seconds=0.5)
    answers: list = []
    second = threading.Thread(target=lambda: answers.append(ask(own, strangers.say, "late")))
    second.start()
    thread.join()
    second.join()
    assert answers == [strangers.Told("late")]
    own.close()


def test_room_for_files_leaves_threads_for_pages():
    served = (settings.BASE_DIR / "deploy/gunicorn.conf.py").read_text()
    told: dict = {}
    exec(compile(served, "gunicorn.conf.py", "exec"), told)
    held = pool.PAGES.number + pool.PAGES.waiting
    assert told["threads"] >= 2 * held
    assert math.isfinite(pool.PAGES.patience)


# Other processes


def test_forked_process_has_children_of_its_own():
    mine = ask(pool.PAGES, strangers.process_id)
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        theirs = ask(pool.PAGES, strangers.process_id)
        os.write(writing, str(theirs).encode())
        pool.PAGES.close()
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    assert int(os.read(reading, 20)) != mine
    os.close(reading)
    os.close(writing)
    assert ask(pool.PAGES, strangers.process_id) == mine, "ours goes on"


def in_a_celery_worker() -> tuple[object, str]:
    """What a task finds there: its process is a daemon of billiard's, which may have no multiprocessing children."""
    import multiprocessing

    try:
        multiprocessing.get_context("spawn").Process(target=strangers.say, args=["a"]).start()
    except AssertionError as error:
        refused = str(error)
    return ask(pool.BACKGROUND, strangers.say, "from Celery"), refused


def test_worker_of_celery_reads_files_too():
    with billiard.get_context("fork").Pool(1) as processes:
        answer, control = processes.apply_async(in_a_celery_worker).get(60)
    assert answer == strangers.Told("from Celery")
    assert control == "daemonic processes are not allowed to have children"
