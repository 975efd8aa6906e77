"""Which application, and which lot of it, a process moves."""

from django.db import models

from providers.purchasing.models import Application, ApplicationLot
from workflows.shared.models import CaseLink


class ApplicationCase(CaseLink):
    subject = models.OneToOneField(Application, models.PROTECT, related_name="case")

    def __str__(self) -> str:
        return f"process {self.process_id} of application {self.subject_id}"


class LotCase(CaseLink):
    subject = models.OneToOneField(ApplicationLot, models.PROTECT, related_name="case")

    def __str__(self) -> str:
        return f"process {self.process_id} of lot {self.subject_id}"
