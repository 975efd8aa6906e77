"""What messages there are: their words, whether they can wait, and who may get them. Upper slices register theirs.

No kind has room for a name or for anybody's own words: a mail says what waits, where, until when, and links to
the page that says the rest to those who may read it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from qa_portal.core.access.scope import OrganisationKind

LONGEST_FACT = 120
COUNCIL = frozenset({OrganisationKind.COUNCIL})
PROVIDER = frozenset({OrganisationKind.PROVIDER})
EVERYBODY = frozenset(OrganisationKind)


class Fact(TextChoices):
    """All that a message may say besides the setting. Words come from code lists and flows, never from a form."""

    FLOW = "flow", "Process"
    STEP = "step", "Task"
    SYSTEM = "system", "Purchasing system"
    DOCUMENT = "document", "Document"
    ON = "on", "Day"
    DUE_ON = "due_on", "Due"
    EXPIRES_ON = "expires_on", "Expires"
    DAYS_LEFT = "days_left", "Days left"
    COUNT = "count", "How many"


DAYS = frozenset({Fact.ON, Fact.DUE_ON, Fact.EXPIRES_ON})
NUMBERS = frozenset({Fact.DAYS_LEFT, Fact.COUNT})


@dataclass(frozen=True)
class MessageKind:
    """`label` is the subject of the mail and `text` one sentence; a provider may be told in other words."""

    key: str
    label: str
    text: str
    provider_label: str = ""
    provider_text: str = ""
    urgent: bool = False
    """By mail at once, unless the reader chose otherwise; else in the daily digest."""
    compulsory: bool = False
    """At once, and cannot be switched off."""
    restricted: bool = False
    """Told to its reader alone: colleagues do not find it on the record's page."""
    audience: frozenset[OrganisationKind] = EVERYBODY
    appointment: str = ""
    """What the calendar calls it; kinds without one carry no invitation."""

    def label_for(self, organisation_kind: str) -> str:
        return (self.provider_label or self.label) if _is_provider(organisation_kind) else self.label

    def text_for(self, organisation_kind: str) -> str:
        return (self.provider_text or self.text) if _is_provider(organisation_kind) else self.text


def _is_provider(organisation_kind: str) -> bool:
    return organisation_kind == OrganisationKind.PROVIDER


KINDS: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> MessageKind:
    if KINDS.setdefault(kind.key, kind) != kind:
        raise ValueError(f"there is another kind of message {kind.key}")
    return kind


def restricted_kinds() -> list[str]:
    return [kind.key for kind in KINDS.values() if kind.restricted]


def clean_facts(facts: Mapping[str, object]) -> dict[str, str | int]:
    """Return the facts as they are stored, days in ISO form.

    Raise ValueError for one not listed or of another type.
    """
    return {Fact(name).value: _clean(Fact(name), value) for name, value in facts.items()}


def _clean(fact: Fact, value: object) -> str | int:
    if fact in DAYS and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if fact in NUMBERS and isinstance(value, int):
        return value
    if fact in DAYS | NUMBERS or "@" in str(value) or not str(value).isprintable():
        raise ValueError(f"{fact.value} is not a day, a number, or a few words of ours on one line")
    if len(str(value)) > LONGEST_FACT:
        raise ValueError(f"{fact.value} is longer than {LONGEST_FACT} characters")
    return str(value)


DIGEST = register(
    MessageKind(
        key="digest",
        label="Your tasks and messages today",
        text="Since the last summary:",
        compulsory=True,
        restricted=True,
    )
)
STEP_WAITS = register(
    MessageKind(key="step_waits", label="You have a new task", text="A task is waiting for you.")
)
STEP_WAITS_AND_IS_DUE = register(
    MessageKind(
        key="step_due_soon",
        label="A new task is due soon",
        text="You have a new task and its due date is near.",
        urgent=True,
    )
)
DEADLINE_NEAR = register(
    MessageKind(
        key="deadline_near",
        label="A task is due soon",
        text="A task you can do is due soon.",
        urgent=True,
    )
)
DEADLINE_PASSED = register(
    MessageKind(
        key="deadline_passed",
        label="A task is overdue",
        text="A task you can do was not done by its due date.",
        urgent=True,
    )
)
DECISION = register(
    MessageKind(
        key="decision",
        label="A decision letter is ready",
        text="A decision has been made. The letter, with its reasons, is in the portal.",
        urgent=True,
        compulsory=True,
    )
)
PLACEMENTS_PAUSED = register(
    MessageKind(
        key="placements_paused",
        label="New placements are paused",
        text="New placements at the setting are paused from the day shown.",
        provider_text="A council has paused new placements with you. The portal shows why and what happens next.",
        urgent=True,
        compulsory=True,
        audience=COUNCIL | PROVIDER,
    )
)
PLACEMENTS_RESUMED = register(
    MessageKind(
        key="placements_resumed",
        label="New placements can be made again",
        text="The pause of new placements at the setting ended on the day shown.",
        provider_text="A council has ended its pause of new placements with you.",
        urgent=True,
        compulsory=True,
        audience=COUNCIL | PROVIDER,
    )
)
VISIT_ANNOUNCED = register(
    MessageKind(
        key="visit_announced",
        label="A monitoring visit is planned",
        text="A monitoring visit is planned for the day shown.",
        provider_label="A monitoring visit is announced",
        provider_text="A council will visit on the day shown. The portal shows what it needs before the visit.",
        urgent=True,
        compulsory=True,
        appointment="Monitoring visit",
    )
)
VISIT_CALLED_OFF = register(
    MessageKind(
        key="visit_called_off",
        label="A monitoring visit is cancelled",
        text="The monitoring visit on the day shown will not take place.",
        urgent=True,
        compulsory=True,
        appointment="Monitoring visit",
    )
)
VISIT_UNANNOUNCED = register(
    MessageKind(
        key="visit_unannounced",
        label="An unannounced visit is planned",
        text="An unannounced visit is planned for the day shown. Do not tell the provider.",
        urgent=True,
        restricted=True,
        audience=COUNCIL,
        appointment="Unannounced visit",
    )
)
REFERRALS_PAUSED = register(
    MessageKind(
        key="referrals_paused",
        label="Referrals paused: document expired",
        text="A document required for a lot has expired, so referrals to the provider are paused on that lot.",
        provider_text="A document required for a lot has expired, so referrals to you are paused on that lot."
        " Upload a new one and referrals start again automatically.",
        urgent=True,
    )
)
DOCUMENT_EXPIRES = register(
    MessageKind(
        key="document_expires",
        label="A document expires soon",
        text="A document expires on the day shown.",
        provider_text="One of your documents expires on the day shown. Upload a new one before then.",
        urgent=True,
    )
)
