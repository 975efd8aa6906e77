"""What a rule says when the answer is no. Pages show the sentence; nothing is half-done."""


class Refused(Exception):
    """A rule said no. The message is one sentence for the person who asked, and says what to do next."""

    @property
    def sentence(self) -> str:
        return str(self.args[0]) if self.args else "This cannot be done."


class Conflict(Refused):
    """Somebody else changed the same record first; shown as a 409 page that keeps what was typed."""
