from django.db import models

from inspections.ofsted.models import Inspection
from workflows.shared.models import CaseLink


class RatingCase(CaseLink):
    subject = models.OneToOneField(Inspection, models.PROTECT, related_name="case_link")
