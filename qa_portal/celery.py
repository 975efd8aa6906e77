"""The distributed engine, chosen by setting: with no broker the same work runs from `manage.py run_due`."""

import logging
import os

from celery import Celery
from celery.signals import setup_logging, worker_init
from django.conf import settings

from qa_portal.core.logs.setup import configure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_portal.settings")
SECONDS_BETWEEN_PASSES = 60

app = Celery("qa_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {"due": {"task": "qa_portal.run_due", "schedule": SECONDS_BETWEEN_PASSES}}


@setup_logging.connect
def keep_our_log(**_) -> None:
    """Celery sets up a log of its own where nobody listens to this, which would hold no request and no JSON."""
    configure(settings.LOGGING)


@worker_init.connect
def look_before_working(**_) -> None:
    """Says in the log what stops the writing: the worker starts all the same, and looks again each minute."""
    from qa_portal.core.demonstration import look_before_forking

    look_before_forking()


# Acknowledged late: a worker that is killed has its work delivered again, which is harmless here.
@app.task(name="qa_portal.run_due", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run_due(*names: str) -> None:
    from qa_portal.core import due
    from qa_portal.core.demonstration import refuse_demo_database
    from qa_portal.core.stops import WritesStopped

    refuse_demo_database()
    try:
        due.run_due(*names)
    except WritesStopped as stopped:  # not a failure of this task: the next minute asks again
        logging.getLogger("qa.due").error("nothing was done: %s", stopped.sentence)
