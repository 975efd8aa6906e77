"""The words Ofsted has used for each column, in its yearly files and in the lists it sends to councils.

Headings are compared folded (`feed_columns.fold`), so case, spaces, hyphens and apostrophes do not matter here.
"""

FIELDS: dict[str, tuple[str, ...]] = {
    "urn": ("URN", "Ofsted URN"),
    "education_urn": ("Linked Education URN", "Linked school URN"),
    "provision_type": ("Provision type", "Provider type"),
    "provision_subtype": ("Provision subtype", "Provider subtype"),
    "sector": ("Sector",),
    "registration_status": ("Registration status", "Provider status"),
    "registered_on": ("Registration date", "Date registered", "Date of registration"),
    "closed_on": ("Date closed", "Closed date", "Deregistration date", "De-registration date"),
    "local_authority": ("Local authority", "Provider local authority"),
    "region": ("Government Office Region", "Region"),
    "ofsted_region": ("Ofsted region",),
    "constituency": ("Parliamentary constituency",),
    "owner": ("Organisation which owns the provider", "Organisation name", "Owner name"),
    "owner_id": ("Owner ID",),
    "owner_type": ("Owner type",),
    "top_company": ("Top company", "Top company (as listed on Companies' House)"),
    "places": ("Places", "Number of registered places", "Max users", "Maximum fostering places", "Capacity"),
    "premises": ("Premises", "Supported accommodation premises"),
    "short_break_only": ("Short-break-only children's home",),
    "multi_building": ("Multi-building children's home", "Multi building CH"),
    "name": ("Name", "Setting name", "Provider name"),
    "address_1": ("Address 1", "Setting address line 1", "Provider address line 1"),
    "address_2": ("Address 2", "Setting address line 2", "Provider address line 2"),
    "address_3": ("Address 3", "Setting address line 3", "Provider address line 3"),
    "town": ("Town", "Setting town", "Setting address town", "Provider town"),
    "county": ("County", "Setting county", "Setting address county", "Provider county"),
    "postcode": ("Postcode", "Setting postcode", "Setting address postcode", "Provider postcode"),
    "conditions": ("Conditions",),
    "report_link": ("Web link", "Link to Ofsted report webpage", "Link to Ofsted report"),
    "consideration": (
        "Emotional and behavioural difficulties",
        "Mental disorders",
        "Sensory impairment",
        "Present impairment",
        "Present alcohol problems",
        "Present drug problems",
        "Learning difficulty",
        "Physical disabilities",
    ),
    "latest:inspected_on": ("Date of last full inspection",),
    "latest:overall_experiences_and_progress": (
        "Latest overall effectiveness grade from last full inspection",
    ),
}

# How a heading says whose inspection it is; the bare headings belong to the latest full one.
INSPECTIONS = {
    "latest": ("", "Latest full inspection", "Last full inspection", "Full inspection", "Latest"),
    "previous": ("Previous full inspection", "Previous"),
    "interim": ("Interim inspection", "Latest interim inspection", "Interim"),
    "assurance": (
        "Assurance visit",
        "Assurance inspection",
        "Latest assurance visit",
        "Latest assurance inspection",
    ),
    "monitoring": ("Monitoring visit", "Monitoring inspection", "Latest monitoring visit"),
}

INSPECTION_PARTS: dict[str, tuple[str, ...]] = {
    "event_type": ("Event type", "Inspection event type", "Inspection type"),
    "inspected_on": ("Date", "Start date", "Event date", "Inspection date", "Inspection start date"),
    "published_on": ("Publication date", "Inspection publication date"),
    "event_number": ("Event number", "Inspection number", "Inspection event number"),
}

JUDGEMENTS: dict[str, tuple[str, ...]] = {
    "overall_experiences_and_progress": (
        "Overall experiences and progress of children and young people",
        "Overall experiences and progress of children",
        "Overall experiences and progress",
        "Overall effectiveness",
    ),
    "helped_and_protected": (
        "How well children and young people are helped and protected",
        "How well children are helped and protected",
        "CYP safety",
    ),
    "leaders_and_managers": (
        "The effectiveness of leaders and managers",
        "Effectiveness of leaders and managers",
        "Leadership and management",
    ),
    "education_outcomes": ("Outcomes in education and related learning activities",),
    "health_services": ("Health services",),
    "outcomes_for_children": ("CYP outcomes", "Outcomes for children and young people"),
    "supported_accommodation_outcome": ("Supported accommodation outcome",),
}

OUTCOMES = ("Overall effectiveness", "Effectiveness", "Outcome", "Judgement")

ENFORCEMENT_WORDS = {"enforcement", "suspension", "suspended", "restriction", "cancellation"}

# About the owner, the telephone, the placement codes or the linked school: read by nobody, so not unknown.
KEPT_AS_PUBLISHED = (
    "Postcode area",
    "Provider code",
    "Provider placement code",
    "Placement code",
    "Placement provider code",
    "Setting local authority",
    "Setting category",
    "Setting status",
    "Setting status date",
    "Setting telephone number",
    "Setting email address",
    "Provider telephone number",
    "Provider email address",
    "Owner address line 1",
    "Owner address line 2",
    "Owner town",
    "Owner county",
    "Owner postcode",
    "Linked school name",
    "Linked school type",
    "Linked school latest inspection date",
    "Linked school overall effectiveness",
)
