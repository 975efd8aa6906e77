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
from providers.purchasing.models.exclusion import ExclusionAssessment
from providers.purchasing.models.obstacles import WAYS, Obstacle, ObstacleKind, Way
from providers.purchasing.models.systems import (
    ConditionsVersion,
    Lot,
    PurchasingSystem,
    RequiredDocument,
    SystemParticipant,
)

__all__ = [
    "APPROVALS",
    "WAYS",
    "Application",
    "ApplicationDocument",
    "ApplicationLot",
    "ApplicationLotSetting",
    "Clarification",
    "ConditionsVersion",
    "DecisionCondition",
    "Declaration",
    "ExclusionAssessment",
    "Exemption",
    "Lot",
    "LotCheck",
    "LotDecision",
    "LotMembership",
    "Obstacle",
    "ObstacleKind",
    "PurchasingSystem",
    "Reconsideration",
    "RequiredDocument",
    "SentCopy",
    "SystemParticipant",
    "Way",
]
