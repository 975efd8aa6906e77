from django.core.exceptions import ValidationError

EXPECTED_HERE = ("password", "council", "ofsted", "placement", "fostering", "qaportal")


class ExpectedWordValidator:
    """Refuses the words that somebody guessing passwords of this service would try first (ASVS 5.0, 6.2.11)."""

    def validate(self, password: str, user=None) -> None:
        if any(word in password.lower() for word in EXPECTED_HERE):
            raise ValidationError(self.get_help_text(), code="expected_word")

    def get_help_text(self) -> str:
        return "Your password must not contain words like password, council or Ofsted."
