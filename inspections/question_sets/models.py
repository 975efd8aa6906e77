"""Question sets with versions. A visit or a self-assessment keeps the version that it started with."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from inspections.question_sets.grades import NEEDS_REASON, AnswerGrade
from providers.directory.models import ProvisionType
from providers.people.models import Membership
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.scope import scope_of
from qa_portal.core.audit.actor_fields import at_field, by_field
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel, AuditedQuerySet


class QuestionSetQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return all question sets to everyone who acts for an organisation."""
        return self if scope_of(user).organisation_id else self.none()


class QuestionSet(AuditedModel):
    """A set of questions for one kind of setting under some regulations, the same for every council."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    regulations = models.CharField("regulations", max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    history = history()
    objects = QuestionSetQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class QuestionSetProvisionType(AuditedModel):
    """A type of setting for which a question set is used."""

    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="used_for")
    provision_type = models.ForeignKey(ProvisionType, models.PROTECT, related_name="+")

    history = history()

    class Meta(AuditedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["question_set", "provision_type"], name="question_set_once_a_provision_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_set} for {self.provision_type}"


class QuestionSetVersionQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Return published versions; drafts too to those who manage the installation."""
        scope = scope_of(user)
        seen = self.filter(question_set__in=QuestionSet.objects.visible_to(user), published_at__isnull=False)
        return self if scope.may(Permission.MANAGE_INSTALLATION) else seen

    def published(self):
        return self.filter(published_at__isnull=False)

    def in_force(self, on):
        """Return the newest published version of each question set on a day."""
        later = QuestionSetVersion.objects.published().filter(
            question_set=OuterRef("question_set"), from_on__lte=on, number__gt=OuterRef("number")
        )
        return self.published().filter(~Exists(later), from_on__lte=on)


class QuestionSetVersion(AuditedModel):
    """A version of a question set. Once published nothing below it changes: a new version copies it.

    `published_by` is empty for a version that came with the portal.
    """

    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField("in force from", null=True, blank=True)
    published_at = at_field(editable=True)
    published_by = by_field(editable=True)

    history = history()
    objects = QuestionSetVersionQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["question_set", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_set", "number"], name="question_set_version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, from_on__isnull=False),
                name="question_set_version_published_when_and_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_set}, version {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()


class Standard(AuditedModel):
    """One section. A limiting standard caps the overall grade: failed protection cannot be outweighed."""

    version = models.ForeignKey(QuestionSetVersion, models.PROTECT, related_name="standards")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    regulation_refs = models.CharField("regulations", max_length=300, blank=True)
    is_limiting = models.BooleanField("limits the overall grade", default=False)
    weight = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=0)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="standard_code_once_a_version"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="standard_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.title


class Question(AuditedModel):
    """One question. `code` identifies it across versions and `choices` is a list of [code, label].

    Only grades and yes/no are scored; other kinds have no weight. A question with `shown_when` is asked
    only where the answer to that one is `shown_when_value`: a grade, "yes", "no" or a choice's code.
    """

    class Kind(models.TextChoices):
        GRADE = "grade", "Grade"
        YES_NO = "yes_no", "Yes or no"
        NUMBER = "number", "Whole number"
        DATE = "date", "Date"
        CHOICE = "choice", "One of a list"
        TEXT = "text", "Text"
        LIST = "list", "List, one item a line"

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="questions")
    code = models.CharField(max_length=40)
    prompt = models.TextField()
    guidance = models.TextField(blank=True)
    regulation_refs = models.CharField("regulations", max_length=300, blank=True)
    evidence_expected = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.GRADE)
    choices = models.JSONField(default=list, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    is_key = models.BooleanField("key question", default=False)
    shown_when = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reveals")
    shown_when_value = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    history = history()

    class Meta(AuditedModel.Meta):
        ordering = ["standard__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "code"], name="question_code_once_a_standard"),
            models.CheckConstraint(
                condition=Q(kind__in=["grade", "yes_no"], weight__gte=1)
                | (~Q(kind__in=["grade", "yes_no"]) & Q(weight=0, is_key=False)),
                name="question_weighs_when_scored",
            ),
            models.CheckConstraint(
                condition=Q(shown_when=None, shown_when_value="")
                | (Q(shown_when__isnull=False) & ~Q(shown_when_value="")),
                name="question_shown_when_what",
            ),
            models.CheckConstraint(
                condition=Q(shown_when=None) | ~Q(shown_when=F("id")), name="question_not_shown_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.prompt}"

    @property
    def is_scored(self) -> bool:
        return self.kind in {self.Kind.GRADE, self.Kind.YES_NO}


class Answer(AuditedModel):
    """One answer to one question, in a row of its own, so that two people conflict by question only.

    `grade` is given for a question of that kind, and for any kind where it does not apply or was not
    assessed, which needs a `reason`. `value` is "yes" or "no", a whole number, an ISO date, a choice's
    code, a text or a list of texts. Concrete classes add what was answered for, unique with `question`.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    grade = models.CharField(max_length=20, choices=AnswerGrade.choices, blank=True)
    value = models.JSONField(null=True, blank=True)
    reason = models.TextField("why it does not apply or was not assessed", blank=True)
    narrative = models.TextField(blank=True)
    good_practice = models.TextField(blank=True)
    action_needed = models.TextField(blank=True)
    answered_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    answered_on = models.DateField()

    class Meta(AuditedModel.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(grade__in=NEEDS_REASON) & ~Q(reason=""))
                | (~Q(grade__in=NEEDS_REASON) & Q(reason="")),
                name="%(class)s_reason_where_not_graded",
            )
        ]

    def __str__(self) -> str:
        return f"Answer to {self.question.code}"

    @property
    def is_answered(self) -> bool:
        return bool(self.grade) or self.value not in (None, "", [])

    @staticmethod
    def timeline_subject(row) -> str:
        return str(row.question)
