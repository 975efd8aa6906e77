"""Files of a scorecard, all made from one set of figures, so that no two of them can differ."""

from inspections.scorecards.presentation.exports.formats import FORMATS, PROFILE_FORMATS, ExportFormat
from inspections.scorecards.presentation.exports.paper import PaperText
from inspections.scorecards.presentation.exports.profiles import ProfileExport, profile_figures

__all__ = ["FORMATS", "PROFILE_FORMATS", "ExportFormat", "PaperText", "ProfileExport", "profile_figures"]
