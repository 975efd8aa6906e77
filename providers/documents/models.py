"""Documents, and who may read those that identify a child. Contents lie in storage; here is what is known of them."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from providers.documents import access_rules
from providers.documents.document_kinds import DocumentKind
from providers.documents.storage import name_for
from providers.people.models import Membership, Organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import Scope, scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet

MANAGES = (Permission.SIGN_OFF_VISITS, Permission.APPLY)
"""Whoever signs off a council's visits, or applies for a provider, answers for what its people upload."""


def manages_documents(scope: Scope) -> bool:
    return any(scope.may(permission) for permission in MANAGES)


class DocumentQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return what this user may see: a provider's library, their own uploads, and what `access_rules` opens.

        What identifies a child is seen by whoever uploaded it, the managers there, and the readers they named.
        """
        scope = scope_of(user)
        if not scope.may(Permission.VIEW_DOCUMENTS):
            return self.none()
        own = Q(organisation=scope.organisation_id)
        mine = own & Q(uploaded_by__person=scope.person_id)
        ordinary = access_rules.readable_by(user) | (own if scope.is_provider else access_rules.NOTHING)
        named = Q(pk__in=DocumentReader.objects.open().filter(membership=user.membership).values("document"))
        trusted = named | (own if manages_documents(scope) else access_rules.NOTHING)
        return self.filter(mine | Q(identifies_child=False) & ordinary | Q(identifies_child=True) & trusted)

    def library_of(self, organisation_id: int | None):
        return self.filter(organisation=organisation_id)

    def current(self):
        """Neither removed nor replaced by a newer one."""
        newer = Document.objects.filter(replaces=OuterRef("pk"), removed_at=None)
        return self.filter(~Exists(newer), removed_at=None)

    def expiring(self, on: dt.date, within_days: int):
        """Return documents that expire on a day or within the days after it."""
        return self.filter(expires_on__range=(on, on + dt.timedelta(days=within_days)))

    def expired(self, on: dt.date):
        return self.filter(expires_on__lt=on)

    def soonest_first(self):
        return self.order_by(F("expires_on").asc(nulls_last=True), "kind", "-uploaded_at")

    def with_names(self):
        return self.select_related(
            "organisation", "uploaded_by__person__details", "uploaded_by__organisation", "replaces"
        )


class Document(AuditedModel):
    """`size` in bytes and `sha256` are those of what is stored: a picture's after it was drawn again.

    `expires_on` is the last day on which it counts. Once removed there are no contents; the checksum stays.
    """

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not scanned"
        WAITING = "waiting", "Waiting to be scanned"
        CLEAN = "clean", "No virus found"
        INFECTED = "infected", "Virus found"
        FAILED = "failed", "Could not be scanned"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    kind = models.CharField("what it is", max_length=30, choices=DocumentKind.choices)
    filename = models.CharField("name of the file", max_length=255)
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField("checksum (SHA-256)", max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    identifies_child = models.BooleanField("identifies a child")
    keep_until_on = models.DateField("contents kept until", null=True, blank=True, db_index=True)
    cover_amount = models.PositiveBigIntegerField("cover amount in pounds", null=True, blank=True)
    from_on = models.DateField("start date", null=True, blank=True)
    expires_on = models.DateField("expiry date", null=True, blank=True, db_index=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replacements")
    scan_state = models.CharField("virus scan", max_length=12, choices=Scan.choices, db_index=True)
    scanned_at = models.DateTimeField("scanned", null=True, blank=True)
    removed_at = at_field("contents removed", editable=True)
    removed_by = by_field(editable=True)
    removal_reason = models.CharField("why the contents were removed", max_length=500, blank=True)

    history = history()
    timeline_related = ("organisation", "uploaded_by__organisation", "removed_by__organisation", "replaces")
    objects = DocumentQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="document_expires_after_it_starts",
                condition=Q(from_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="document_scanned_when_its_state_says_so",
                condition=Q(scan_state__in=["not_scanned", "waiting"], scanned_at=None)
                | Q(scan_state__in=["clean", "infected", "failed"], scanned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="document_of_a_child_has_an_end",
                condition=Q(identifies_child=False) | Q(keep_until_on__isnull=False),
            ),
            # nobody is named where the portal itself removed what was kept until a day
            models.CheckConstraint(
                name="document_removed_when_by_and_why",
                condition=Q(removed_at=None, removed_by=None, removal_reason="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")
                | Q(removed_at__isnull=False, removed_by=None, keep_until_on__isnull=False)
                & ~Q(removal_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @staticmethod
    def timeline_subject(row) -> str:
        return row.filename

    @property
    def stored_name(self) -> str:
        return name_for(self.public_id)

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


class DocumentReaderQuerySet(AuditedQuerySet):
    def open(self):
        return self.filter(ended_at=None)

    def visible_to(self, user):
        """Return the named readers of visible documents: whoever sees a document sees who else was named."""
        return self.filter(document__in=Document.objects.visible_to(user))

    def with_names(self):
        return self.select_related("membership__person__details", "membership__organisation")


class DocumentReader(AuditedModel):
    """A membership whose holder may read one document that identifies a child, until somebody ends it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="readers")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name="reader")
    named_at = models.DateTimeField("named")
    named_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ended_at = at_field("ended", editable=True)
    ended_by = by_field(editable=True)

    history = history()
    timeline_related = (
        "document",
        "membership__organisation",
        "named_by__organisation",
        "ended_by__organisation",
    )
    objects = DocumentReaderQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        verbose_name = "reader"
        ordering = ["membership__person__details__full_name", "pk"]
        constraints = [
            paired_constraint("document_reader", "ended"),
            models.UniqueConstraint(
                fields=["document", "membership"], condition=Q(ended_at=None), name="document_reader_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.membership)
