from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qa_portal.portal"
    verbose_name = "Portal"
