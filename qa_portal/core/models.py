from qa_portal.core.access.models import AccessEvent

__all__ = ["AccessEvent"]
