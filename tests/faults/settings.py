"""The portal as a process of its own, on the database of the test that starts it, with a fault to order.

QA_FAULT names the fault (`tests.faults.to_order`), QA_FAULT_GATE the folder of its gate, QA_FAULT_MEDIA where
documents lie.
"""

import os

from qa_portal import settings as portal
from tests.settings import *  # noqa: F403

LOGGING = portal.LOGGING  # a process of its own writes to a log of its own

INSTALLED_APPS += ["tests.faults"]  # noqa: F405
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("zeal.")]  # noqa: F405
# A database made for one test has its tables at once, without their story.
MIGRATION_MODULES = {name.rsplit(".", 1)[-1]: None for name in INSTALLED_APPS} | {"viewflow": None}
MEDIA_ROOT = os.environ.get("QA_FAULT_MEDIA", MEDIA_ROOT)  # noqa: F405
if os.environ.get("QA_FAULT") == "no health checks":
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False  # noqa: F405
