"""What can stand against approving a lot, and what lets it be approved all the same. Plain values, no tables."""

from dataclasses import dataclass
from enum import StrEnum


class BlockerKind(StrEnum):
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


class Override(StrEnum):
    """EXEMPTION is the head of service's, until its last day; REASON is the decider's own, kept with the decision."""

    EXEMPTION = "exemption"
    REASON = "reason"
    NONE = "none"


OVERRIDES = {
    BlockerKind.NOT_CHECKED: Override.NONE,
    BlockerKind.CHECK: Override.EXEMPTION,
    BlockerKind.REGISTRATION: Override.NONE,
    BlockerKind.GRADE: Override.EXEMPTION,
    BlockerKind.PAPER: Override.EXEMPTION,
    BlockerKind.SUSPENSION: Override.NONE,
    BlockerKind.SUSPENDED_ELSEWHERE: Override.EXEMPTION,
    BlockerKind.NOT_ASSESSED: Override.NONE,
    BlockerKind.REVIEW_PASSED: Override.NONE,
    BlockerKind.EXCLUDED: Override.NONE,
    BlockerKind.EXCLUDABLE: Override.REASON,
}
"""An exemption covers only what no pass of due work holds again while it is in force (ADR 16)."""


@dataclass(frozen=True)
class ApprovalBlocker:
    """`words` is a sentence for the page; `about` tells obstacles of one kind apart: a check, a document, a URN."""

    kind: BlockerKind
    words: str
    about: str = ""

    @property
    def way(self) -> Override:
        return OVERRIDES[self.kind]

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.value, self.about

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "about": self.about, "words": self.words}
