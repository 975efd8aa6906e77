from django.apps import AppConfig


class ParcelsConfig(AppConfig):
    """A flow about parcels: the smallest that has every kind of step the engine room offers."""

    name = "tests.parcels"

    def ready(self):
        from tests.parcels import flows  # noqa: F401
