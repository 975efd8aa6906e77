"""Links to the records behind the figures that the reader may open."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from inspections.ofsted.models import Inspection
from inspections.scorecards.inputs.domains import DOMAINS
from inspections.scorecards.scoring.arithmetic import Evidence
from providers.directory.models import Setting

PAGES: dict[str, tuple[Any, str]] = {
    source.evidence_kind: (source.table, source.page) for source in DOMAINS if source.page
} | {"setting": (Setting, "setting")}
"""Kind of evidence to its table, and the page that opens one record by its public id."""
INSPECTION = "inspection"
"""Kind without a page for every reader: its record is on the setting's page in the directory."""


def addresses(evidence: Iterable[Evidence], user) -> dict[Evidence, str]:
    """Return the addresses of the evidence that the reader may open.

    Runs one query for each kind of record.
    """
    evidence = list(evidence)
    wanted: dict[str, set[str]] = {}
    for one in evidence:
        wanted.setdefault(one.kind, set()).add(one.ref)
    found: dict[tuple[str, str], str] = {}
    for kind, refs in wanted.items():
        if kind == INSPECTION:
            found |= _inspections(refs, user)
        elif kind in PAGES:
            model, page = PAGES[kind]
            seen = model.objects.visible_to(user).filter(public_id__in=refs)
            keys = seen.order_by().values_list("public_id", flat=True)
            found |= {(kind, str(key)): reverse(page, args=[key]) for key in keys}
    return {one: found[one.kind, one.ref] for one in evidence if (one.kind, one.ref) in found}


def _inspections(refs: set[str], user) -> dict[tuple[str, str], str]:
    seen = Inspection.objects.visible_to(user).filter(public_id__in=refs)
    return {
        (
            INSPECTION,
            str(key),
        ): f"{reverse('setting_inspections', args=[setting])}?inspection={key}#inspection-{key}"
        for key, setting in seen.order_by().values_list("public_id", "setting__public_id")
    }
