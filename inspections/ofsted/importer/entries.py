"""Conversion of rows read from a file to the entries that are stored."""

from inspections.ofsted.limiting_judgements import limiting_flags
from inspections.ofsted.models import LONGEST_TEXT, RegisterEntry
from inspections.ofsted.reader.shapes import Feed, FeedInspection, FeedRow, RowFault
from providers.directory.fields import name_key
from providers.directory.models import ProvisionType

SHORT_TEXTS = (
    "education_urn",
    "provision_type",
    "registration_status",
    "local_authority",
    "owner",
    "sector",
    "name",
    "postcode",
    "not_graded",
)
LONGEST_AUTHORITY = 100


def split_by_length(feed: Feed) -> tuple[list[FeedRow], list[RowFault]]:
    """Return the rows that the tables can hold, and all refusals in the order of the file."""
    rows, refused = [], list(feed.refused)
    for row in feed.rows:
        if fault := _too_long(row):
            at = f"Sheet “{row.sheet}”, line {row.line}" if row.sheet else f"Line {row.line}"
            refused.append(RowFault(row.line, row.urn, f"{at}: {fault}"))
        else:
            rows.append(row)
    return rows, sorted(refused, key=lambda fault: fault.line)


def _too_long(row: FeedRow) -> str:
    if len(row.local_authority) > LONGEST_AUTHORITY:
        return f"the local authority is longer than {LONGEST_AUTHORITY} characters."
    for name in SHORT_TEXTS:
        if len(getattr(row, name)) > LONGEST_TEXT:
            return f"the {name.replace('_', ' ')} is longer than {LONGEST_TEXT} characters."
    for one in row.inspections:
        if any(
            len(text) > LONGEST_TEXT for text in (one.event_number, one.event_type, *one.judgements.values())
        ):
            return f"the {one.kind} inspection has a text longer than {LONGEST_TEXT} characters."
    return ""


def headings_of(feed: Feed) -> dict[str, list[str]]:
    """Return the headings of each sheet, from its first row: every row of a sheet has the same."""
    headings: dict[str, list[str]] = {}
    for row in feed.rows:
        if row.sheet not in headings:
            headings[row.sheet] = list(row.raw)
    return headings


def entries_of(feed: Feed, rows: list[FeedRow]) -> list[RegisterEntry]:
    """Return unsaved entries, without their file and setting."""
    scales = {
        name_key(kind.ofsted_name): kind.scale.code
        for kind in ProvisionType.objects.select_related("scale")
        if kind.scale
    }
    first = feed.scales[0] if feed.scales else "SCCIF-4"

    def ungraded_scale(row: FeedRow) -> str:
        usual = scales.get(name_key(row.provision_type), first)
        return usual if usual in feed.scales else first

    return [_entry(row, ungraded_scale(row)) for row in rows]


def _entry(row: FeedRow, ungraded_scale: str) -> RegisterEntry:
    latest = row.latest
    grade = latest.grade if latest else ""
    return RegisterEntry(
        line=row.line,
        sheet=row.sheet[:LONGEST_TEXT],
        urn=row.urn,
        provision_type=row.provision_type,
        registration_status=row.registration_status,
        registered_on=row.registered_on,
        closed_on=row.closed_on,
        local_authority=row.local_authority,
        owner=row.owner,
        places=row.places,
        scale=latest.scale if latest and grade else ungraded_scale,
        grade=grade,
        not_graded=row.not_graded,
        event_number=latest.event_number if latest else "",
        inspected_on=latest.inspected_on if latest else None,
        published_on=latest.published_on if latest else None,
        breaks_limiting_rules=bool(latest and limiting_flags(latest.judgements)),
        inspections=[_said(one) for one in row.inspections],
        enforcement=dict(row.enforcement),
        cells=list(row.raw.values()),
    )


def _said(one: FeedInspection) -> dict:
    return {
        "kind": one.kind,
        "event_number": one.event_number,
        "event_type": one.event_type,
        "inspected_on": one.inspected_on and one.inspected_on.isoformat(),
        "published_on": one.published_on and one.published_on.isoformat(),
        "scale": one.scale,
        "grade": one.grade,
        "judgements": dict(one.judgements),
    }
