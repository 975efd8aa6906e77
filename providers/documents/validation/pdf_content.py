"""Checks the objects of a PDF against the lists of what is allowed."""

from collections.abc import Callable, Iterator
from functools import cached_property

from providers.documents.validation.links import is_allowed_link, quotable
from providers.documents.validation.pdf_allowed import (
    ACTION,
    ANNOTATION,
    ANNOTATIONS,
    AT_ONCE,
    ELSEWHERE,
    FIELD_SCRIPT,
    LINK,
    MOVES,
    NAMED_BY,
    NEVER_A_KEY,
    NEVER_A_NAME,
    NEVER_FILLED,
    OWN_FORMATS,
    SCRIPT,
    WHEN_PRESSED,
)
from providers.documents.validation.pdf_objects import Found, Objects
from providers.documents.validation.pdf_syntax import Name, Pairs, Reference
from qa_portal.core.rules import Refused


class Content:
    """Look at each object by itself; follows references last, from where actions hang and words are written."""

    def __init__(self, objects: Objects) -> None:
        self.objects = objects
        self.later: list[tuple[Callable[..., None], Reference, bool]] = []
        self.seen: set[tuple[Callable[..., None], Reference, bool]] = set()

    def check(self) -> None:
        """Raise Refused for the first thing that is not taken."""
        for found in self.objects:
            for one in dictionaries(found.value):
                self._check_dictionary(one, found)
        while self.later:
            check, reference, at_once = self.later.pop()
            for found in self.objects.with_number(reference.number):
                check(found.value, found, at_once)

    def _check_each(
        self, check: Callable[..., None], value: object, found: Found, at_once: bool = False
    ) -> None:
        """Check a value, each of a list, or later what a reference leads to: once, however many lead there."""
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, Reference):
                check(one, found, at_once)
            elif (check, one, at_once) not in self.seen:
                self.seen.add((check, one, at_once))
                self.later.append((check, one, at_once))

    def _check_dictionary(self, one: Pairs, found: Found) -> None:
        self._check_files(one)
        self._check_annotation(one)
        for key, value in one.pairs:
            if key in NAMED_BY:
                self._check_each(self._check_name, value, found)
            elif key in NEVER_FILLED:
                self._check_filled(key, value, found)
            elif check := self._checks.get(key):
                self._check_each(check, value, found, key == "OpenAction")
        if "JavaScript" in one.names("S") and not one.has("JS"):
            raise Refused(SCRIPT)
        if "Action" in one.names("Type"):
            self._check_action(one, found, False)

    @cached_property
    def _checks(self) -> dict[str, Callable[..., None]]:
        return {
            **dict.fromkeys(["URI", "Base"], self._check_link),
            **dict.fromkeys(["A", "PA", "NA", "Next", "OpenAction"], self._check_action),
            "AA": self._check_triggers,
            "JS": self._check_code,
        }

    def _check_name(self, value: object, _: Found, __: bool) -> None:
        """Refuse a name that is allowed nowhere. A script is judged by its words, at /JS."""
        if isinstance(value, Name) and value in NEVER_A_NAME:
            raise Refused(NEVER_A_NAME[value].format(quotable(value)))

    def _check_filled(self, key: str, value: object, found: Found) -> None:
        """Refuse a list or tree of names that has something in it. A stream under such a key is a picture."""

        def check(value: object, _: Found, __: bool) -> None:
            if isinstance(value, Pairs) and not value.is_stream and any(one != [] for _, one in value.pairs):
                raise Refused(NEVER_FILLED[key])

        if isinstance(value, list) and value:
            raise Refused(NEVER_FILLED[key])
        self._check_each(check, value, found)

    def _check_files(self, one: Pairs) -> None:
        elsewhere = {"F"} if one.is_stream else set()
        if "Form" in one.names("Subtype"):
            elsewhere.add("Ref")
        for key, value in one.pairs:
            if key in NEVER_A_KEY and isinstance(value, Pairs | Reference | list | bytes):
                raise Refused(NEVER_A_KEY[key].format(quotable(key)))
            if key in elsewhere and value is not None:
                raise Refused(ELSEWHERE)

    def _check_annotation(self, one: Pairs) -> None:
        if one.has("Rect") or "Annot" in one.names("Type"):
            for name in sorted(one.names("Subtype") - ANNOTATIONS):
                raise Refused(NEVER_A_NAME.get(name, ANNOTATION).format(quotable(name)))

    def _check_link(self, value: object, found: Found, _: bool) -> None:
        address = self.objects.plain(value, found.sealed_as) if isinstance(value, bytes) else ""
        if not is_allowed_link(address):
            raise Refused(LINK.format(quotable(address)))

    def _check_action(self, value: object, found: Found, at_once: bool) -> None:
        """Check an action, a list of them, or a list of lists; what has no kind is none."""
        if isinstance(value, list):
            self._check_each(self._check_action, value, found, at_once)
        if not isinstance(value, Pairs):
            return
        self._check_each(self._check_kind, value.all("S"), found, at_once)
        if "Named" in value.names("S"):
            self._check_each(self._check_move, value.all("N"), found)
        if at_once:
            self._check_each(self._check_action, value.all("Next"), found, at_once)

    def _check_kind(self, value: object, _: Found, at_once: bool) -> None:
        taken = AT_ONCE if at_once else WHEN_PRESSED
        if isinstance(value, Name) and value not in {*taken, "JavaScript"}:
            raise Refused(NEVER_A_NAME.get(value, ACTION).format(quotable(value)))

    def _check_move(self, value: object, _: Found, __: bool) -> None:
        if isinstance(value, Name) and value not in MOVES:
            raise Refused(ACTION.format(quotable(value)))

    def _check_triggers(self, value: object, found: Found, _: bool) -> None:
        """Check what turning a page, closing or filling in a field starts: formats of fields, and nothing else."""
        for _key, action in value.pairs if isinstance(value, Pairs) else []:
            self._check_each(self._check_triggered, action, found)

    def _check_triggered(self, value: object, found: Found, _: bool) -> None:
        if isinstance(value, Pairs):
            self._check_each(self._check_kind_triggered, value.all("S"), found)

    def _check_kind_triggered(self, value: object, _: Found, __: bool) -> None:
        if isinstance(value, Name) and value != "JavaScript":
            raise Refused(NEVER_A_NAME.get(value, ACTION).format(quotable(value)))

    def _check_code(self, value: object, found: Found, _: bool) -> None:
        """Raise Refused unless it is one of Acrobat's own formats of a field and nothing more."""
        text = self.objects.plain(value, found.sealed_as).strip() if isinstance(value, bytes) else ""
        if not OWN_FORMATS.fullmatch(text):
            raise Refused(FIELD_SCRIPT if text.startswith("AF") else SCRIPT)


def dictionaries(value: object) -> Iterator[Pairs]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Pairs):
            yield one
            waiting.extend(inner for _, inner in one.pairs if isinstance(inner, Pairs | list))
        elif isinstance(one, list):
            waiting.extend(inner for inner in one if isinstance(inner, Pairs | list))
