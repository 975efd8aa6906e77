"""How gunicorn serves the portal: `gunicorn --config deploy/gunicorn.conf.py qa_portal.wsgi`.

Threads, so that a slow upload holds up no other request; two processes, so that two cores are used. Uploaded files
are read in child processes: at most four threads of each process wait for one, so leave it eight. What an installation
needs otherwise goes on the command line, which wins: `--bind 0.0.0.0:8000 --workers 4`.
"""

import gc

from qa_portal.settings import LOGGING

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 8

timeout = (
    60  # seconds a worker may be silent: a register file of 4,000 rows is read in the background, not here
)
graceful_timeout = 30  # a deploy lets what has begun be finished
keepalive = 65  # longer than nginx keeps a connection, so that the proxy closes it first
max_requests, max_requests_jitter = 2000, 200  # what leaked is given back, and never by all at once

worker_tmp_dir = "/dev/shm"  # noqa: S108 a heartbeat on a disk stalls when the disk does
control_socket_disable = True
accesslog = None  # `qa.request` writes a line for each request, without what an address may hold
logconfig_dict = LOGGING


def post_worker_init(worker):
    """Freeze what the application is made of: it is never garbage, and looking through it slows a large page."""
    gc.collect()
    gc.freeze()
