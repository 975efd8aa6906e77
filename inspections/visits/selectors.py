"""Queries over visits for their pages, for documents and for the directory."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from inspections.visits.models import AccuracyComment, Visit, VisitEvidence
from inspections.visits.models.visits import VisitQuerySet
from providers.directory import visibility_reasons
from providers.documents import access_rules
from providers.people.models import User

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class VisitCounts:
    """Numbers of visits by progress."""

    planned: int
    overdue: int
    in_draft: int
    published: int


def visit_counts(visits: VisitQuerySet, on: dt.date) -> VisitCounts:
    """Count the reader's visits in one query."""
    every = Visit.objects
    parts = {
        "planned": every.planned(),
        "overdue": every.overdue(on),
        "in_draft": every.in_draft(),
        "published": every.published(),
    }
    counted = {
        name: Count("pk", filter=Q(pk__in=part.order_by().values("pk"))) for name, part in parts.items()
    }
    return VisitCounts(**visits.order_by().aggregate(**counted))


def visited_in_last_year(user: User, on: dt.date) -> Exists:
    """Return a condition on Setting: visited in the twelve months up to `on`.

    Desktop reviews do not count.
    """
    there = Visit.objects.visible_to(user).exclude(kind=Visit.Kind.DESKTOP)
    there = there.exclude(state=Visit.State.CANCELLED)
    return Exists(there.filter(setting=OuterRef("pk"), visited_on__range=(on - YEAR, on)))


@access_rules.register_reader
def papers_of_visits(user: User) -> Q:
    """Let councils that see a visit read its evidence and the documents of the provider's comments."""
    comments = AccuracyComment.objects.visible_to(user).exclude(document=None)
    evidence = VisitEvidence.objects.visible_to(user)
    return Q(pk__in=evidence.values("document")) | Q(pk__in=comments.values("document"))


@visibility_reasons.register_case
def visited_settings(user: User) -> Q:
    return Q(pk__in=Visit.objects.visible_to(user).order_by().values("setting"))
