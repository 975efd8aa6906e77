from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Inspections"

    def ready(self) -> None:
        from inspections.frameworks import reference as _reference  # noqa: F401 registers its loader
        from inspections.ofsted import import_steps as _import_steps  # noqa: F401 registers its due work
