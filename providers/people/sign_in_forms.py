"""allauth's own forms in the Design System's clothes and in plain words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp
from django.core.exceptions import ValidationError

from qa_portal.core.ui.forms import FieldOptions, GovukFormMixin

SENTENCES = {
    "cannot_generate_recovery_codes": "Set up an authenticator app before you make recovery codes",
    "email_password_mismatch": "Email address or password is not right",
    "enter_current_password": "Current password is not right",
    "incorrect_code": "Code is not right. Enter the newest code",
    "incorrect_password": "Password is not right",
    "rate_limited": "You have tried too often. Wait a few minutes, then try again",
    "too_many_login_attempts": "You have tried too often. Wait a few minutes, then try again",
    "unverified_email": "Your email address is not confirmed. Ask the administrator of your organisation",
}
WRONG_EMAIL = "Enter an email address in the correct format, like name@example.gov.uk"
LONG_ENOUGH = (
    "At least 12 characters. Three random words make a good one. You can paste from a password manager."
)


class PlainWords(GovukFormMixin):
    def ask(self, name: str, label: str, *, autocomplete: str, hint: str = "", **attrs: str) -> None:
        field = self.fields[name]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = f"Enter your {label[0].lower()}{label[1:]}"
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"autocomplete": autocomplete, "spellcheck": "false"} | attrs

    def ask_new_password(self) -> None:
        """Once: what was typed can be shown, so typing it twice proves nothing more."""
        self.ask("password1", "New password", autocomplete="new-password", hint=LONG_ENOUGH)
        del self.fields["password2"]

    def ask_email(self, name: str) -> None:
        self.ask(name, "Email address", autocomplete="username")
        self.fields[name].error_messages["invalid"] = WRONG_EMAIL

    def ask_code(self, label: str, hint: str, **attrs: str) -> None:
        self.ask("code", label, autocomplete="one-time-code", hint=hint, **attrs)

    def add_error(self, field: str | None, error: Any) -> None:
        """allauth marks its refusals with a code; the code chooses our sentence."""
        code = getattr(error, "code", None)
        super().add_error(field, ValidationError(SENTENCES[code], code=code) if code in SENTENCES else error)


class SignInForm(PlainWords, account.LoginForm):
    look = {"login": FieldOptions(width="30"), "password": FieldOptions(width="20")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_email("login")
        self.ask("password", "Password", autocomplete="current-password")


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    look = {"email": FieldOptions(width="30")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_email("email")


class NewPasswordForm(PlainWords, account.ResetPasswordKeyForm):
    look = {"password1": FieldOptions(width="20")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_new_password()


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    look = {"oldpassword": FieldOptions(width="20"), "password1": FieldOptions(width="20")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask("oldpassword", "Current password", autocomplete="current-password")
        self.ask_new_password()


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    look = {"password": FieldOptions(width="20")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask("password", "Password", autocomplete="current-password")


class SignInCodeForm(PlainWords, mfa.AuthenticateForm):
    """Takes a recovery code too, so its keyboard is not the one for numbers."""

    look = {"code": FieldOptions(width="10")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_code("Code", "6 numbers from the app, or a recovery code")


class CodeAgainForm(PlainWords, mfa.ReauthenticateForm):
    look = {"code": FieldOptions(width="10")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_code("Code", "6 numbers from the app, or a recovery code")


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm):
    look = {"code": FieldOptions(width="5")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask_code("Code from the app", "6 numbers", inputmode="numeric")


class RecoveryCodesForm(PlainWords, GenerateRecoveryCodesForm):
    """No question: the page says that the old codes stop working."""
