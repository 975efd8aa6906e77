from qa_portal.core.access.models import AccessEvent
from qa_portal.core.demonstration import Demonstration
from qa_portal.core.idempotency.models import FormReceipt
from qa_portal.core.installation.models import Installation

__all__ = ["AccessEvent", "Demonstration", "FormReceipt", "Installation"]
