from qa_portal.core.access.models import AccessEvent
from qa_portal.core.demonstration import Demonstration
from qa_portal.core.installation.models import Installation
from qa_portal.core.receipts.models import FormReceipt

__all__ = ["AccessEvent", "Demonstration", "FormReceipt", "Installation"]
