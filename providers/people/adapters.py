"""allauth as we use it: invitation only, second-factor secrets encrypted at rest."""

import base64
import hashlib
import time
from datetime import timedelta

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils import timezone


class InvitationOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Not again while the first second factor is set up, just after the password: that is still the sign-in."""
        request = context.request
        if app == "allauth.mfa" and just_signed_in(request) and not has_settled_factor(request.user):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


class EncryptedSecretsAdapter(DefaultMFAAdapter):
    """The key follows SECRET_KEY, and SECRET_KEY_FALLBACKS can still read what older keys wrote."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Everyone must use two-step verification. Ask for a reset if you lost your device."
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator) -> bool:
        return not settings.SECOND_FACTOR_COMPULSORY


def just_signed_in(request) -> bool:
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT


def has_settled_factor(user) -> bool:
    """One that was set up before the minutes in which a sign-in counts as recent."""
    recently = timezone.now() - timedelta(seconds=account_settings.REAUTHENTICATION_TIMEOUT)
    return Authenticator.objects.filter(user=user, created_at__lt=recently).exists()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa" + key.encode()).digest())) for key in keys]
    )
