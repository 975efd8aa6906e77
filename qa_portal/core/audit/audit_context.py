"""Who is doing this, for whom, in which step and why: read by every history row that is written."""

import contextlib
import uuid
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

_request: ContextVar[uuid.UUID | None] = ContextVar("request_id", default=None)


def current_request_id() -> uuid.UUID | None:
    """Return the id of the request that is being answered; None in work that nobody asked for over the network."""
    return _request.get()


@contextlib.contextmanager
def request_id_context(request_id: uuid.UUID) -> Iterator[None]:
    """History, access log and log lines written inside carry this id."""
    token = _request.set(request_id)
    try:
        yield
    finally:
        _request.reset(token)


def this_request() -> uuid.UUID:
    return current_request_id() or uuid.uuid4()


@dataclass(frozen=True)
class Actor:
    """Ids and a role, never a name: names stand in one redactable row (`people.PersonalDetails`)."""

    user_id: int | None = None
    person_id: int | None = None
    organisation_id: int | None = None
    role: str = ""
    process_id: int | None = None
    task_id: int | None = None
    reason: str = ""
    request_id: uuid.UUID = field(default_factory=this_request)

    def history_columns(self) -> dict:
        return {
            "history_user_id": self.user_id,
            "history_person_id": self.person_id,
            "history_organisation_id": self.organisation_id,
            "history_role": self.role,
            "history_process_id": self.process_id,
            "history_task_id": self.task_id,
            "history_request_id": self.request_id,
        }

    def author(self) -> tuple[str, str, str, str]:
        """Return what the database compares with a row of history: see `announcing`."""
        numbers = self.user_id, self.person_id, self.organisation_id
        user, person, organisation = ("" if number is None else str(number) for number in numbers)
        return user, person, organisation, self.role


NOBODY = Actor(role="system", request_id=uuid.UUID(int=0))
_actor: ContextVar[Actor] = ContextVar("audit_actor", default=NOBODY)


def current_actor() -> Actor:
    return _actor.get()


@contextlib.contextmanager
def audit_as(actor: Actor | None = None, **changes) -> Iterator[Actor]:
    """Everything written inside is recorded as `actor`'s, else as the present one's with `changes`."""
    token = _actor.set(replace(actor or _actor.get(), **changes))
    try:
        yield _actor.get()
    finally:
        _actor.reset(token)
