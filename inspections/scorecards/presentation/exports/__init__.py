"""Every file of a scorecard, drawn from one set of figures, so that no two of them can differ."""

from inspections.scorecards.exports.formats import FORMATS, PROFILE_FORMATS, Format
from inspections.scorecards.exports.paper import Sheet
from inspections.scorecards.exports.profiles import Profile, profile_figures

__all__ = ["FORMATS", "PROFILE_FORMATS", "Format", "Profile", "Sheet", "profile_figures"]
