"""Layouts of Ofsted's file in each of four years, oddities included; the headings are Ofsted's."""

from dataclasses import dataclass

OPENING = {
    "Web link": "link",
    "URN": "urn",
    "Linked Education URN": "education_urn",
    "Provision type": "kind",
    "Registration date": "registered_on",
    "Registration status": "status",
    "Name": "name",
    "Address 1": "address_1",
    "Address 2": "address_2",
    "Town": "town",
    "County": "county",
    "Postcode": "postcode",
}
AREAS = {
    "Government Office Region": "region",
    "Local authority": "authority",
    "Parliamentary constituency": "constituency",
    "Sector": "sector",
}
OWNER = {"Organisation which owns the provider": "owner"}
SHORT_BREAK = {"Short-break-only children's home": "short_break"}
EVENT_2019 = {
    "Event type": "event_type",
    "Inspection date": "inspected_on",
    "Publication date": "published_on",
    "Event number": "event_number",
}
EVENT = {
    "Latest full inspection event type": "event_type",
    "Latest full inspection date": "inspected_on",
    "Latest full inspection publication date": "published_on",
    "Latest full inspection event number": "event_number",
}
EVENT_2025 = {
    "\nLatest Full inspection event type": "event_type",
    "\nLatest full inspection date": "inspected_on",
    "Latest full inspection publication date": "published_on",
    "\nLatest full inspection event number": "event_number",
}
GRADES_2022 = {
    "Latest full inspection overall experiences and progress of children and young people": "overall",
    "Latest full inspection outcomes in education and related learning activities": "",
    "Latest full inspectio health services": "",
    "Latest full inspection how well children and young people are helped and protected": "helped",
    "Latest full inspection the effectiveness of leaders and managers": "leaders",
}
EDUCATION = {"Outcomes in education and related learning activities": ""}
GRADES_2024 = {
    "Overall experiences and progress of children and young people": "overall",
    **EDUCATION,
    "Health services": "",
    "How well children and young people are helped and protected": "helped",
    "The effectiveness of leaders and managers": "leaders",
}
PREVIOUS = {
    "Previous full inspection event type": "previous_event_type",
    "Previous full inspection event date": "previous_inspected_on",
    "Previous full inspection publication date": "previous_published_on",
    "Previous full inspection event number": "previous_event_number",
    "Previous overall experiences and progress of children and young people": "previous_overall",
    "Previous outcomes in education and related learning activities": "",
    "Previous health services": "",
    "Previous how well children and young people are helped and protected": "previous_helped",
    "Previous effectiveness of leaders and managers": "previous_leaders",
}
NOTE = "This worksheet contains one table, this table begins in cell A{line}."
EMPTY = "Some cells in this table are empty, where the column does not apply to that provider type."


@dataclass(frozen=True, slots=True)
class SampleLayout:
    """`above` are the lines over the header; `columns` maps a heading to our name for its cells.

    A column that the sample leaves blank is named "". The empty columns come after the last heading.
    """

    above: tuple[dict[int, str], ...]
    columns: dict[str, str]
    encoding: str
    newline: str = "\n"
    empty_columns: int = 0


LAYOUTS = {
    2019: SampleLayout(
        above=({0: "Provider information", 19: "Latest Full Inspection"},),
        columns={
            **OPENING,
            "Ofsted region": "ofsted_region",
            **AREAS,
            "Places": "places",
            **OWNER,
            **EVENT_2019,
            "Overall experiences and progress of children and young people": "overall",
            **EDUCATION,
            "How well children and young people are helped and protected": "helped",
            "The effectiveness of leaders and managers": "leaders",
        },
        encoding="utf-8-sig",
    ),
    2022: SampleLayout(
        above=(
            {0: "Children's social care data in England 2022 - Provider level as at March 2022"},
            {0: NOTE.format(line=5)},
            {0: EMPTY},
            {},
        ),
        columns={
            **OPENING,
            "Ofsted region": "ofsted_region",
            **AREAS,
            "Places": "places",
            **SHORT_BREAK,
            **OWNER,
            **EVENT,
            **GRADES_2022,
        },
        encoding="cp1252",
    ),
    2024: SampleLayout(
        above=(
            {0: "Children's social care data in England 2024 – Provider level as at 31 March 2024"},
            {0: NOTE.format(line=4)},
            {0: EMPTY},
        ),
        columns={
            **OPENING,
            "Ofsted region": "ofsted_region",
            **AREAS,
            "Premises": "",
            "Places": "places",
            **SHORT_BREAK,
            "Multi-building children's home": "multi_building",
            **OWNER,
            **EVENT,
            **GRADES_2024,
            **PREVIOUS,
        },
        encoding="cp1252",
    ),
    2025: SampleLayout(
        above=(
            {0: "Children's social care data in England 2025 – Provider level as at 31 March 2025"},
            {0: NOTE.format(line=4)},
            {0: EMPTY},
        ),
        columns={
            **OPENING,
            "Ofsted Region": "ofsted_region",
            **AREAS,
            "Places": "places",
            "Supported accommodation premises": "premises",
            **SHORT_BREAK,
            "Multi Building Children's Home": "multi_building",
            **OWNER,
            **EVENT_2025,
            "\nOverall experiences and progress of children and young people": "overall",
            **EDUCATION,
            "Health services": "",
            "\nHow well children and young people are helped and protected": "helped",
            "The effectiveness of leaders and managers": "leaders",
            "Supported Accommodation outcome": "outcome",
        },
        encoding="utf-8-sig",
        newline="\r\n",
        empty_columns=13,
    ),
}
