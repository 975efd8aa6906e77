from django.db import models

from inspections.issues.models import ContractIssue
from workflows.shared.models import CaseLink


class IssueCase(CaseLink):
    subject = models.OneToOneField(ContractIssue, models.PROTECT, related_name="case_link")
