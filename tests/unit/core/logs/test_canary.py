"""A word that stands in documents never reaches the log, whoever reads or draws them."""

import json
import logging
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_portal.core.logs.formatters import JSONFormatter, LineFormatter
from qa_portal.core.logs.redaction import FRAMEWORKS, OWN, WITHOUT_WORDS
from tests.deploy.production import python
from tests.unit.core.logs.quoting import CANARY, END

MODES = {
    "production": {"LOG_FORMAT": "json"},
    "demo": {"QA_ENV": "demo", "LOG_FORMAT": "text"},
}


def quoting(*arguments: str, **mode: str) -> subprocess.CompletedProcess:
    return python("-m", "tests.unit.core.logs.quoting", *arguments, **mode)


@pytest.mark.parametrize("mode", MODES)
def test_word_of_a_document_reaches_neither_log_nor_terminal(mode):
    """With what the process printed by itself: warnings, threads, the error that ended it."""
    ran = quoting(**MODES[mode])
    assert END in ran.stdout, ran.stderr[-2000:]
    told = ran.stdout + ran.stderr
    assert CANARY.lower() not in told.lower()
    for logger in ("xhtml2pdf", "py.warnings", "qa.due", "qa.faults", "celery.app.trace"):
        assert logger in ran.stderr, logger  # it was told, without words


def test_word_would_be_in_the_log_if_libraries_spoke():
    """The positive control: xhtml2pdf's warning of a letter without a glyph quotes the text round it."""
    lines = [json.loads(line) for line in quoting("unfiltered", LOG_FORMAT="json").stderr.splitlines()]
    assert any(CANARY in line["message"] and line["logger"].startswith("xhtml2pdf") for line in lines)


NOBODY_S = st.text("abcdefghijklmnopqrstuvwxyz._0", min_size=1, max_size=20).filter(
    lambda name: not any(name == one or name.startswith(f"{one}.") for one in OWN | FRAMEWORKS)
)


@settings(max_examples=100, deadline=None)
@given(NOBODY_S, st.sampled_from([logging.DEBUG, logging.INFO, logging.WARNING, logging.CRITICAL]))
def test_logger_that_is_not_on_the_list_is_told_by_name_level_and_place(name, level):
    record = logging.LogRecord(name, level, "/lib/context.py", 12, f"{CANARY} %s", (CANARY,), None)
    record.facts = {"a": CANARY}
    for formatter in (JSONFormatter(), LineFormatter()):
        line = formatter.format(record)
        assert CANARY not in line
        assert f"{WITHOUT_WORDS}: context.py:12" in line
        assert logging.getLevelName(level) in line
    assert record.getMessage() == f"{CANARY} {CANARY}", "other handlers have the record as it came"


@pytest.mark.parametrize("name", ["qa", "qa.due", "gunicorn.error", "celery.worker.strategy"])
def test_logger_that_is_on_the_list_speaks(name):
    record = logging.LogRecord(name, logging.INFO, "", 1, "Booting %s", (7,), None)
    assert "Booting 7" in LineFormatter().format(record)


@pytest.mark.parametrize("name", ["qarantine", "celeryx", "django.requests", "gunicorn.errors"])
def test_name_that_only_begins_like_one_on_the_list_does_not_speak(name):
    record = logging.LogRecord(name, logging.INFO, "", 1, CANARY, (), None)
    assert CANARY not in LineFormatter().format(record)


def test_every_handler_of_the_portal_keeps_words_of_libraries_out():
    """One handler at the root, with our formatter; no logger of the settings has another."""
    from qa_portal import settings as portal

    assert set(portal.LOGGING["handlers"]) == {"console"}
    assert portal.LOGGING["root"]["handlers"] == ["console"]
    assert not [one for one in portal.LOGGING["loggers"].values() if one.get("handlers")]
    assert portal.LOGGING_CONFIG == "qa_portal.core.logs.setup.configure"
    assert portal.LOGGING["formatters"]["text"]["words"] is portal.DEBUG
