"""Every table is an audited fact, append-only or operational: which is said here, or by its base model."""

from django.apps import apps

from qa_portal.core.audit.models import AppendOnlyModel, AuditedModel

OURS = {"core", "portal", "providers", "inspections", "workflows"}
OPERATIONAL = {
    "providers.User",
    "providers.PersonalDetails",
    "providers.Invitation",
    "providers.Notification",  # its state follows the mail server; what it tells is audited elsewhere
    "inspections.ImportRequest",
    "workflows.Case",
    "workflows.TaskClock",
    "core.Demonstration",
    "core.Installation",
}


def kind_of(model) -> str:
    if issubclass(model, AuditedModel):
        return "audited"
    if issubclass(model, AppendOnlyModel) or model.__name__.startswith("Historical"):
        return "append-only"
    return "operational" if model._meta.label in OPERATIONAL else ""


def our_models():
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in OURS]


def test_every_model_of_ours_has_a_kind():
    through = {"providers.User_groups", "providers.User_user_permissions"}
    unknown = [m._meta.label for m in our_models() if not kind_of(m) and m._meta.label not in through]
    assert unknown == []


def test_operational_tables_still_exist():
    assert {model._meta.label for model in our_models()} >= OPERATIONAL


def test_no_model_has_room_for_a_child_s_name():
    named = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if any(
            word in field.name
            for word in ("child_name", "forename", "surname", "date_of_birth", "nhs_number")
        )
    ]
    assert named == []
