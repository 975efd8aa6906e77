"""Words for the demo's register. The companies and places are made up; only the councils exist."""

FELLS = (
    "Fellside",
    "Beckstone",
    "Hawthwaite",
    "Larkrigg",
    "Tarnbank",
    "Rowanthwaite",
    "Ashgarth",
    "Millrigg",
    "Thornbeck",
    "Hazelgarth",
    "Brackenhow",
    "Swinbeck",
    "Oakrigg",
    "Curlewgate",
)
TRADES = ("Care", "Homes", "Children's Homes", "Residential Care", "Young People's Services")
FORMS = ("Ltd", "Limited")
STREETS = ("Mill Lane", "Chapel Rigg", "Low Garth", "Quarry Bank", "Station Brow")
TOWNS = ("Ulverthwaite", "Kirkrigg", "Blackbeck", "Marltonby", "Hollinwick")

# The council that runs an authority's own homes, region, and a constituency to fill that column.
COUNCILS = {
    "Cumbria": ("Cumbria County Council", "North West", "Penrith and The Border"),
    "Cumberland": ("Cumberland Council", "North West", "Carlisle"),
    "Westmorland and Furness": ("Westmorland and Furness Council", "North West", "Barrow and Furness"),
    "Lancashire": ("Lancashire County Council", "North West", "Lancaster and Fleetwood"),
    "Blackburn with Darwen": ("Blackburn with Darwen Borough Council", "North West", "Blackburn"),
    "Blackpool": ("Blackpool Council", "North West", "Blackpool South"),
    "Leicestershire": ("Leicestershire County Council", "East Midlands", "Loughborough"),
}
CUMBRIA_HEIRS = ("Westmorland and Furness", "Cumberland")

HOME = "Children's home"
SUPPORTED = "Supported Accommodation"
FOSTERING = "Independent Fostering Agency"
SCHOOL = "Residential Special School"
SCHOOL_HOME = "Residential special school (registered as a children's home)"
FAMILY_CENTRE = "Residential Family Centre"
# Out of 100 settings; roughly what the national register holds.
TYPES = {HOME: 78, SUPPORTED: 8, FOSTERING: 6, FAMILY_CENTRE: 3, SCHOOL: 3, SCHOOL_HOME: 2}

GRADES = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
OUTCOMES = (
    "Consistently strong service delivery",
    "Inconsistent quality of service delivery",
    "Serious or widespread weaknesses",
)
