"""Formats of scorecard and profile files by name: how each is made and its file name."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from inspections.scorecards.presentation.export_rows import figures
from inspections.scorecards.presentation.exports.data import as_json, profile_as_json
from inspections.scorecards.presentation.exports.paper import PaperText, as_pdf, profile_as_pdf
from inspections.scorecards.presentation.exports.profiles import ProfileExport, profile_figures
from inspections.scorecards.presentation.exports.tables import as_csv, as_xlsx
from inspections.scorecards.scoring.results import Scorecard
from qa_portal.core.exports import XLSX

CSV, JSON, PDF = "text/csv; charset=utf-8", "application/json", "application/pdf"
Told = TypeVar("Told", Scorecard, ProfileExport)


@dataclass(frozen=True, slots=True)
class ExportFormat(Generic[Told]):
    """One file format. `make` raises Refused, with what to do instead, if there can be no such file."""

    suffix: str
    content_type: str
    make: Callable[[Told, PaperText], bytes]

    def filename(self, as_at: dt.date, *about: str) -> str:
        """Return a file name, such as "scorecard-2026-11-27.csv".

        Keeps letters of any language; drops separators and dots.
        """
        named: list[str] = [re.sub(r"[\W_]+", "-", word.lower()).strip("-")[:60] for word in about]
        return "-".join(["scorecard", *filter(None, named), as_at.isoformat()]) + f".{self.suffix}"


FORMATS: dict[str, ExportFormat[Scorecard]] = {
    "json": ExportFormat("json", JSON, lambda told, _: as_json(told)),
    "csv": ExportFormat("csv", CSV, lambda told, _: as_csv(figures(told))),
    "xlsx": ExportFormat("xlsx", XLSX, lambda told, _: as_xlsx(told)),
    "pdf": ExportFormat("pdf", PDF, as_pdf),
}
PROFILE_FORMATS: dict[str, ExportFormat[ProfileExport]] = {
    "json": ExportFormat("json", JSON, lambda told, _: profile_as_json(told)),
    "csv": ExportFormat("csv", CSV, lambda told, _: as_csv(profile_figures(told))),
    "pdf": ExportFormat("pdf", PDF, profile_as_pdf),
}
