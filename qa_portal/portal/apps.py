from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qa_portal.portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from qa_portal.portal.health import demo as _demo  # noqa: F401 its checks are registered by being imported
        from qa_portal.portal.health import storage as _storage  # noqa: F401 its checks are registered by being imported
