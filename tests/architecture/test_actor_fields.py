"""Every pair of columns `<what>_at` and `<what>_by` that may be empty has a constraint that keeps both or neither."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Q

from qa_portal.core.audit.actor_fields import at_field, by_field, paired_constraint

OURS = {"core", "portal", "providers", "inspections", "workflows"}
BY_THE_PORTAL = {
    "inspections.Action.proposed": "an action of an issue that the portal opened by itself",
    "inspections.RegisterFile.imported": "a file that a command imported",
    "inspections.StageProposal.proposed": "a deadline proposes a stage (`proposal_by_a_person_or_a_deadline`)",
}
"""Pairs whose moment is always known while nobody may stand behind it."""


def our_models() -> list[type[models.Model]]:
    """Return our tables but those of history, whose rows copy what the table itself has kept right."""
    ours = (model for model in apps.get_models() if model._meta.app_label in OURS)
    return [model for model in ours if not model.__name__.startswith("Historical")]


def pairs(model: type[models.Model]) -> Iterator[tuple[str, models.Field, models.Field]]:
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name, field in fields.items():
        what = name.removesuffix("_at")
        if what != name and f"{what}_by" in fields:
            yield what, field, fields[f"{what}_by"]


def columns(condition: Q) -> set[str]:
    """Return the names of the columns that a condition looks at, however deep."""
    found: set[str] = set()
    for child in condition.children:
        found |= columns(child) if isinstance(child, Q) else {str(child[0]).removesuffix("__isnull")}
    return found


def is_constrained(model: type[models.Model], what: str) -> bool:
    checks = [one.condition for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return any({f"{what}_at", f"{what}_by"} <= columns(check) for check in checks if isinstance(check, Q))


def without_constraint(tables: Iterable[type[models.Model]]) -> list[str]:
    return [
        f"{model._meta.label}.{what}"
        for model in tables
        for what, at, by in pairs(model)
        if (at.null or by.null) and not is_constrained(model, what)
    ]


def test_every_pair_that_may_be_empty_has_its_constraint():
    assert set(without_constraint(our_models())) == set(BY_THE_PORTAL)


def test_the_pairs_are_found():
    found = [f"{model._meta.label}.{what}" for model in our_models() for what, *_ in pairs(model)]
    assert len(found) > 50
    assert "providers.Invitation.accepted" in found


def test_a_pair_without_its_constraint_is_found():
    class Loose(models.Model):
        closed_at, closed_by = at_field(), by_field(to="providers.Person")

        class Meta:
            app_label = "planted"

    class Kept(models.Model):
        closed_at, closed_by = at_field(), by_field(to="providers.Person")

        class Meta:
            app_label = "planted"
            constraints = [paired_constraint("kept", "closed")]

    try:
        assert without_constraint([Loose, Kept]) == ["planted.Loose.closed"]
    finally:
        apps.all_models.pop("planted")
        apps.clear_cache()


def test_the_constraint_holds_both_or_neither():
    constraint = paired_constraint("issue", "closed")
    assert constraint.name == "issue_closed_when_and_by"
    moment, officer = "2026-01-01T00:00:00+00:00", 7
    for at, by in [(None, None), (moment, officer)]:
        assert holds(constraint.condition, closed_at=at, closed_by=by), (at, by)
    for at, by in [(moment, None), (None, officer)]:
        assert not holds(constraint.condition, closed_at=at, closed_by=by), (at, by)


def holds(condition: Q, **values) -> bool:
    """Answer the condition in Python: it is made of `x=None` and `x__isnull=False` only."""
    answers = []
    for child in condition.children:
        if isinstance(child, Q):
            answers.append(holds(child, **values))
        else:
            name, wanted = child
            is_null = values[name.removesuffix("__isnull")] is None
            answers.append(is_null if wanted is None else is_null == wanted)
    return any(answers) if condition.connector == Q.OR else all(answers)
