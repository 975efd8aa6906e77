from django.db import models

from inspections.self_assessments.models import SelfAssessment
from workflows.shared.models import CaseLink


class SelfAssessmentCase(CaseLink):
    subject = models.OneToOneField(SelfAssessment, models.PROTECT, related_name="case_link")
