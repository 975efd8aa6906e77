from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Providers"

    def ready(self) -> None:
        from providers.contracts import selectors as _contracts  # noqa: F401 registers who may know a setting
        from providers.directory import code_lists as _code_lists  # noqa: F401 registers its loader
        from providers.directory import reference as _reference  # noqa: F401 registers its loader
        from providers.directory import selectors as _directory  # noqa: F401 registers who may know a setting
        from providers.documents import services as _documents  # noqa: F401 registers its due work
        from providers.documents import storage_guard as _installed  # noqa: F401 registers what stops the writing
        from providers.documents import sweeping as _sweeping  # noqa: F401 registers its due work
        from providers.notifications import sending as _sending  # noqa: F401 registers its due work
        from providers.people.services import invitations as _invitations  # noqa: F401 registers its work
        from providers.people.services import leads as _leads  # noqa: F401 registers their work
        from providers.purchasing import document_access as _evidence  # noqa: F401 registers who reads what was sent
