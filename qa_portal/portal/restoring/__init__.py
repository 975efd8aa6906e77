from qa_portal.portal.restoring.report import Report, report
from qa_portal.portal.restoring.services import MAIL, Ended, end_restored_state

__all__ = ["MAIL", "Ended", "Report", "end_restored_state", "report"]
