from django.db import models

from inspections.visits.models import Visit
from workflows.shared.models import CaseLink


class VisitCase(CaseLink):
    subject = models.OneToOneField(Visit, models.PROTECT, related_name="case")
