"""Imports every slice's tables, so that Django finds them."""

from inspections.ofsted.import_requests import ImportRequest
from inspections.ofsted.models import Inspection, Judgement, RegisterEntry, RegisterFile

__all__ = ["ImportRequest", "Inspection", "Judgement", "RegisterEntry", "RegisterFile"]
