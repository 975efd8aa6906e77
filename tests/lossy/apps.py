from django.apps import AppConfig


class LossyConfig(AppConfig):
    name = "tests.lossy"
    label = "lossy"
