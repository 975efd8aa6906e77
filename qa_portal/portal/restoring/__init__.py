from qa_portal.portal.restoring.report import Report, build_report
from qa_portal.portal.restoring.services import MAIL, EndedRestore, end_restored_state

__all__ = ["MAIL", "EndedRestore", "Report", "build_report", "end_restored_state"]
