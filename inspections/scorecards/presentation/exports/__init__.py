"""Files of a scorecard, all made from one set of figures, so that no two of them can differ."""

from inspections.scorecards.presentation.exports.formats import FORMATS, PROFILE_FORMATS, Format
from inspections.scorecards.presentation.exports.paper import Sheet
from inspections.scorecards.presentation.exports.profiles import Profile, profile_figures

__all__ = ["FORMATS", "PROFILE_FORMATS", "Format", "Profile", "Sheet", "profile_figures"]
