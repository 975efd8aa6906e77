import uuid
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from qa_portal.core.access.scope import Scope
from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel

if TYPE_CHECKING:
    from providers.people.models.memberships import Membership


class Person(AuditedModel):
    """Somebody who acts in the portal. Has no name: history keeps the number, and the name can be removed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    left_on = models.DateField("account closed on", null=True, blank=True)

    history = history()

    class Meta(AuditedModel.Meta):
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        details = getattr(self, "details", None)
        return details.full_name if details else f"Person {self.pk} (name removed)"


class PersonalDetails(models.Model):
    """The one row that names a person. Not audited, so that a lawful erasure is one deletion."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="details", primary_key=True)
    full_name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    phone = models.CharField("work phone", max_length=30, blank=True)

    class Meta:
        verbose_name_plural = "personal details"

    def __str__(self) -> str:
        return self.full_name


class UserQuerySet(models.QuerySet):
    def delete(self):
        raise TypeError("Users are never deleted: close the account instead.")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, *, email: str, password: str, person: Person) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), person=person)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A way to sign in, and no more: what somebody may do comes from a Person's memberships."""

    email = models.EmailField(max_length=254, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)

    # Set by `membership_context.activate_membership` for the time of one request or one piece of work; see there.
    scope: Scope
    membership: "Membership | None"

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_superuser"),
        ]

    def __str__(self) -> str:
        return self.email

    def delete(self, *args, **options):
        raise TypeError("Users are never deleted: close the account instead.")
