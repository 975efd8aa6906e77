import os

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    name = "tests.faults"

    def ready(self):
        from tests.faults.to_order import FAULTS

        FAULTS[os.environ.get("QA_FAULT", "none")]()
