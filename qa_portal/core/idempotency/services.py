"""One-time tokens of forms: drawn into each form, taken up with its effect."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from qa_portal.core.idempotency.models import FormReceipt


class DuplicateSubmission(Exception):
    """The same form was sent before, and its effect stands."""


def token_of(data: Any) -> uuid.UUID | None:
    """Return the token that a form was sent with; None when there is none or it is not a token."""
    try:
        return uuid.UUID(data.get("form_token", ""))
    except ValueError:
        return None


def location_of(user: Any, token: uuid.UUID | None) -> str:
    """Return where the form with `token` led when it was acted on; empty when it has not been."""
    if token is None or user.pk is None:
        return ""
    found = FormReceipt.objects.filter(user_id=user.pk, token=token).values_list("location", flat=True)
    return found.first() or ""


def record_submission(user: Any, token: uuid.UUID | None, location: str) -> None:
    """Call at the end of the effect's transaction. Raises DuplicateSubmission, which must take the effect back."""
    if token is None or user.pk is None:
        return
    try:
        with transaction.atomic():
            FormReceipt.objects.create(user_id=user.pk, token=token, location=location[:500])
    except IntegrityError as error:
        raise DuplicateSubmission from error
