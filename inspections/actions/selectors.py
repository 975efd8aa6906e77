"""Queries over actions for their pages, for documents and for the directory."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from inspections.actions.models import Action, ActionEvidence, ActionQuerySet
from providers.directory import visibility_reasons
from providers.documents import access_rules
from providers.people.models import User
from qa_portal.core.audit.timeline import Change, TimelineEntry


@dataclass(frozen=True)
class ActionCounts:
    """Numbers of actions by what they wait for."""

    overdue: int
    due_soon: int
    to_verify: int
    to_agree: int


def action_counts(actions: ActionQuerySet, on: dt.date) -> ActionCounts:
    """Count the reader's actions in one query."""
    every = Action.objects
    parts = {
        "overdue": every.overdue(on),
        "due_soon": every.due_soon(on),
        "to_verify": every.to_verify(),
        "to_agree": every.to_agree(),
    }
    counted = {
        name: Count("pk", filter=Q(pk__in=part.order_by().values("pk"))) for name, part in parts.items()
    }
    return ActionCounts(**actions.order_by().aggregate(**counted))


STEPS = (
    ("opened", "Requested", "what"),
    ("steps", "Steps written", "steps"),
    ("accepted", "Steps agreed", ""),
    ("returned", "Returned", "returned_reason"),
    ("done", "Reported done", "done_note"),
    ("verified", "Verified and closed", "verified_note"),
    ("cancelled", "Cancelled", "cancelled_reason"),
)


def provider_timeline(action: Action) -> list[TimelineEntry]:
    """Return the timeline of an action for the provider, newest first, without draft versions."""
    entries = [
        TimelineEntry(
            when=getattr(action, f"{step}_at"),
            who=str(getattr(action, f"{step}_by").organisation),
            acting_for="",
            headline=words,
            why="",
            changes=[Change(label=words, old="", new=getattr(action, text))] if text else [],
        )
        for step, words, text in STEPS
        if getattr(action, f"{step}_at")
    ]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


@access_rules.register_reader
def evidence_of_actions(user: User) -> Q:
    """Let everyone who sees an action read the documents that are its evidence."""
    return Q(pk__in=ActionEvidence.objects.visible_to(user).values("document"))


@access_rules.register_retention_hold
def evidence_that_closed_an_action() -> Q:
    closed = ActionEvidence.objects.filter(action__state=Action.State.CLOSED)
    return Q(pk__in=closed.exclude(document=None).values("document"))


@visibility_reasons.register_case
def settings_with_actions(user: User) -> Q:
    return Q(pk__in=Action.objects.visible_to(user).exclude(setting=None).order_by().values("setting"))
