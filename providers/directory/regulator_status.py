"""What the regulator says of one setting on a day, as a plain value: slices below the inspections receive it."""

import datetime as dt
from dataclasses import asdict, dataclass

NOT_YET_INSPECTED = "Not yet inspected"


@dataclass(frozen=True)
class RegulatorStatus:
    """`grade` holds the words of the newest full inspection; `is_worst` says that its scale has none lower.

    `is_provisional` marks an outcome that Ofsted has told the council and not yet published: a fact for the
    monitoring team alone.
    """

    setting_id: int
    urn: str
    name: str
    registration: str
    is_registered: bool
    grade: str = NOT_YET_INSPECTED
    scale: str = ""
    inspected_on: dt.date | None = None
    is_worst: bool = False
    is_provisional: bool = False

    @property
    def failing(self) -> str:
        """Why it does not pass the gateway, as a sentence; empty where it passes.

        East Riding's gateway: an Inadequate setting does not pass without an exemption (facts 2.3 [23]).
        """
        if not self.is_registered:
            return f"{self.name} ({self.urn}) is not registered: {self.registration or 'state not known'}."
        if self.is_worst:
            return f"{self.name} ({self.urn}) is graded {self.grade}."
        return ""

    def as_json(self) -> dict:
        """Return it for the frozen basis of a decision, days in ISO form."""
        day = self.inspected_on.isoformat() if self.inspected_on else None
        return asdict(self) | {"inspected_on": day}
