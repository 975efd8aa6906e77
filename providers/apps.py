from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Providers"

    def ready(self) -> None:
        from providers.directory import reference as _reference  # noqa: F401 registers its loader
        from providers.people.services import invitations as _invitations  # noqa: F401 registers its work
