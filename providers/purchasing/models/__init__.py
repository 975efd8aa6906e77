from providers.purchasing.models.applications import (
    Application,
    ApplicationDocument,
    ApplicationLot,
    ApplicationLotSetting,
    Clarification,
    Declaration,
    SentCopy,
)
from providers.purchasing.models.decisions import (
    APPROVALS,
    DecisionCondition,
    Exemption,
    LotCheck,
    LotDecision,
    LotMembership,
    Reconsideration,
)
from providers.purchasing.models.systems import (
    ConditionsVersion,
    Lot,
    PurchasingSystem,
    RequiredDocument,
    SystemParticipant,
)

__all__ = [
    "APPROVALS",
    "Application",
    "ApplicationDocument",
    "ApplicationLot",
    "ApplicationLotSetting",
    "Clarification",
    "ConditionsVersion",
    "DecisionCondition",
    "Declaration",
    "Exemption",
    "Lot",
    "LotCheck",
    "LotDecision",
    "LotMembership",
    "PurchasingSystem",
    "Reconsideration",
    "RequiredDocument",
    "SentCopy",
    "SystemParticipant",
]
