from providers.purchasing.models.applications import (
    Application,
    ApplicationDocument,
    ApplicationLot,
    ApplicationLotSetting,
    Clarification,
    Declaration,
    SentCopy,
)
from providers.purchasing.models.blockers import OVERRIDES, ApprovalBlocker, BlockerKind, Override
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
from providers.purchasing.models.systems import (
    ConditionsVersion,
    Lot,
    PurchasingSystem,
    RequiredDocument,
    SystemParticipant,
)

__all__ = [
    "APPROVALS",
    "OVERRIDES",
    "Application",
    "ApplicationDocument",
    "ApplicationLot",
    "ApplicationLotSetting",
    "ApprovalBlocker",
    "BlockerKind",
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
    "Override",
    "PurchasingSystem",
    "Reconsideration",
    "RequiredDocument",
    "SentCopy",
    "SystemParticipant",
]
