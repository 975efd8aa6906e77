"""The formats of a scorecard by name: how each is made, and what its file is called."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from inspections.scorecards.exports.data import as_json, profile_as_json
from inspections.scorecards.exports.paper import as_pdf
from inspections.scorecards.exports.tables import as_csv, as_xlsx
from inspections.scorecards.figures import figures
from inspections.scorecards.results import Scorecard
from qa_portal.core.exports import XLSX

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
