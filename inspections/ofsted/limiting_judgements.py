"""Limiting judgements: caps on the overall grade from the grades of an inspection's parts."""

from collections.abc import Mapping

INADEQUATE = "inadequate"
GOOD_OR_BETTER = {"good", "outstanding"}
BETTER_THAN_INADEQUATE = {*GOOD_OR_BETTER, "requires improvement", "requires improvement to be good", "ri"}


def limiting_flags(judgements: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each rule that the grades break; none if they keep them or the overall is blank.

    Source: SCCIF, limiting judgements (facts 2.1, hard rules a and b): (a) helped and protected
    Inadequate makes the overall Inadequate; (b) leaders and managers Inadequate makes it no better than
    requires improvement. Published reports break both now and then, so this flags and does not refuse.
    """
    overall = judgements.get("overall_experiences_and_progress", "")
    grades = {key: grade.strip().casefold() for key, grade in judgements.items()}
    graded = grades.get("overall_experiences_and_progress", "")
    flags = []
    if grades.get("helped_and_protected") == INADEQUATE and graded in BETTER_THAN_INADEQUATE:
        flags.append(
            f"How well children are helped and protected is Inadequate, so the overall grade must be "
            f"Inadequate, not {overall.strip()}."
        )
    if grades.get("leaders_and_managers") == INADEQUATE and graded in GOOD_OR_BETTER:
        flags.append(
            f"The effectiveness of leaders and managers is Inadequate, so the overall grade can be no better "
            f"than Requires improvement to be good, not {overall.strip()}."
        )
    return tuple(flags)
