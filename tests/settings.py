"""The portal's own settings, and a small app of models that lose history on purpose (`tests.lossy`)."""

import os
import tempfile

os.environ.setdefault("QA_ENV", "local")

from qa_portal.settings import *  # noqa: F403

INSTALLED_APPS += ["tests.lossy", "tests.parcels", "zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405  a query per row fails the test
ZEAL_RAISE = True
# The engine, and a flow its subject, read anew at every node of a step; our pages over them have query counts.
ZEAL_ALLOWLIST = [{"model": "viewflow.*", "field": "*"}, {"model": "*.*Case", "field": "*"}]
# One row, asked once a pass: the demo's clock makes many passes in one request.
ZEAL_ALLOWLIST += [{"model": "core.Installation", "field": "*"}]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
scratch = tempfile.TemporaryDirectory(
    prefix="qa-tests-"
)  # of this process alone: two runs may go side by side
MEDIA_ROOT = f"{scratch.name}/media"
# pytest's own handlers keep the lines; one bound to its captured stream outlives that, and tells of each line it misses.
LOGGING = LOGGING | {"handlers": {"console": {"class": "logging.NullHandler"}}}  # noqa: F405
HISTORY_MAY_BE_RETOLD = True  # tests travel in time; those of the guard itself take it back
READY_WITHIN_SECONDS = 60  # a busy machine is no fault
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, so that what only a file database shows (write-ahead log, two connections) shows in tests too.
    DATABASES["default"]["TEST"] = {"NAME": f"{scratch.name}/test.sqlite3"}  # noqa: F405
LOGGING_CONFIG = "logging.config.dictConfig"  # pytest's own hooks for warnings and threads stay
INSTALLATION_KIND = "tests"
