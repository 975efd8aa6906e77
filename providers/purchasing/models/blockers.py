"""What can stand against approving a lot, and what lets it be approved all the same. Plain values, no tables."""

from dataclasses import dataclass
from enum import StrEnum


class ObstacleKind(StrEnum):
    NOT_CHECKED = "not_checked"
    CHECK = "check"
    REGISTRATION = "registration"
    GRADE = "grade"
    PAPER = "paper"
    SUSPENSION = "suspension"
    SUSPENDED_ELSEWHERE = "suspended_elsewhere"
    NOT_ASSESSED = "not_assessed"
    REVIEW_PASSED = "review_passed"
    EXCLUDED = "excluded"
    EXCLUDABLE = "excludable"


class Way(StrEnum):
    """EXEMPTION is the head of service's, until its last day; REASON is the decider's own, kept with the decision."""

    EXEMPTION = "exemption"
    REASON = "reason"
    NONE = "none"


WAYS = {
    ObstacleKind.NOT_CHECKED: Way.NONE,
    ObstacleKind.CHECK: Way.EXEMPTION,
    ObstacleKind.REGISTRATION: Way.NONE,
    ObstacleKind.GRADE: Way.EXEMPTION,
    ObstacleKind.PAPER: Way.EXEMPTION,
    ObstacleKind.SUSPENSION: Way.NONE,
    ObstacleKind.SUSPENDED_ELSEWHERE: Way.EXEMPTION,
    ObstacleKind.NOT_ASSESSED: Way.NONE,
    ObstacleKind.REVIEW_PASSED: Way.NONE,
    ObstacleKind.EXCLUDED: Way.NONE,
    ObstacleKind.EXCLUDABLE: Way.REASON,
}
"""An exemption covers only what no pass of due work holds again while it is in force (ADR 16)."""


@dataclass(frozen=True)
class Obstacle:
    """`words` is a sentence for the page; `about` tells obstacles of one kind apart: a check, a document, a URN."""

    kind: ObstacleKind
    words: str
    about: str = ""

    @property
    def way(self) -> Way:
        return WAYS[self.kind]

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.value, self.about

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "about": self.about, "words": self.words}
