"""Requests to import an uploaded file: read, previewed, confirmed, imported."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from inspections.ofsted.importer.results import too_many
from inspections.ofsted.models import RegisterFile
from providers.people.models import Membership
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import paired_constraint


class ImportRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return all requests to those who may import: the register is national, so they see each other's."""
        return self if scope_of(user).may(Permission.IMPORT_REGISTER) else self.none()

    def in_state(self, state: "ImportRequest.State"):
        """Return requests in the order of upload; the file itself is read when its turn comes."""
        return self.filter(state=state).defer("content").order_by("pk")

    def unfinished(self):
        return self.filter(ended_at=None)

    def with_names(self):
        return self.defer("content").select_related(
            "asked_by__person__details", "confirmed_by__person__details", "file"
        )


class ImportRequest(models.Model):
    """One uploaded file and its import. `speaks_for` is the day found in the file.

    `result` has the keys of `results.FeedResult`: what the import would change, once done what it did.
    The content goes when the request has ended: what was imported is kept in the register.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Being read"
        PREVIEWED = "previewed", "Ready to confirm"
        APPLYING = "applying", "Being imported"
        DONE = "done", "Imported"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    MOVES = {
        State.WAITING: {State.PREVIEWED, State.REFUSED, State.WITHDRAWN},
        State.PREVIEWED: {State.APPLYING, State.WITHDRAWN},
        State.APPLYING: {State.DONE, State.REFUSED},
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(max_length=255)
    content = models.BinaryField(null=True)
    as_at = models.DateField("day given with the file", null=True)
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.CharField(max_length=100, blank=True)
    speaks_for = models.DateField(null=True)
    result = models.JSONField(null=True)
    previewed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    gone_confirmed = models.PositiveIntegerField("confirmed that so many leave the list", null=True)
    refusal = models.TextField(blank=True)
    file = models.ForeignKey(RegisterFile, models.PROTECT, null=True, related_name="requests")
    ended_at = models.DateTimeField(null=True)

    objects = ImportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(previewed_at=None, speaks_for=None)
                | Q(previewed_at__isnull=False, speaks_for__isnull=False),
                name="import_previewed_for_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "refused", "withdrawn"]) | Q(previewed_at__isnull=False),
                name="import_previewed_before_it_is_confirmed",
            ),
            paired_constraint("import", "confirmed"),
            models.CheckConstraint(
                condition=Q(gone_confirmed=None) | Q(confirmed_at__isnull=False),
                name="import_gone_confirmed_with_the_import",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "previewed", "refused", "withdrawn"])
                | Q(confirmed_at__isnull=False),
                name="import_confirmed_before_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "previewed", "applying"], ended_at=None)
                | Q(state__in=["done", "refused", "withdrawn"], ended_at__isnull=False, content=None),
                name="import_ended_without_content",
            ),
            models.CheckConstraint(
                condition=Q(state="done", file__isnull=False) | (~Q(state="done") & Q(file=None)),
                name="import_done_has_file",
            ),
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(refusal="")) | (~Q(state="refused") & Q(refusal="")),
                name="import_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def takes_too_many(self) -> bool:
        """Return whether the preview found more than a fifth of the list leaving it."""
        result = self.result or {}
        return too_many(len(result.get("leaving", ())), result.get("listed", 0))

    def may_become(self, state: State) -> bool:
        return state in self.MOVES.get(self.State(self.state), ())
