"""Who is in the demo region. Everybody and every provider here is invented."""

from dataclasses import dataclass

from providers.people import roles
from providers.people.models import Organisation, Share

PASSWORD = "lantern-river-acorn"  # noqa: S105 printed on purpose: demo accounts hold nothing real
DOMAIN = "demo.example"

COUNCILS = [
    "Westmorland and Furness",
    "Cumberland",
    "Lancashire",
    "Blackburn with Darwen",
    "Blackpool",
    "Leicestershire",
]
# Owners in the demo register too, so that their people find their settings there.
PROVIDERS = [
    ("Fellside Homes Limited", "09000001"),
    ("Rowanthwaite Children's Homes Ltd", "09000002"),
    ("Ashgarth Residential Care Limited", "09000003"),
    ("Larkrigg Homes Limited", "09000004"),
    ("Thornbeck Homes Ltd", "09000005"),
]
# The register writes two names that the council found to be one provider: (written, is).
SAME_PROVIDER = ("Fellside Homes Ltd", "Fellside Homes Limited")
AGENCIES = [
    ("North Fells Integrated Care Board", Organisation.AgencyKind.ICB),
    ("North Fells Constabulary", Organisation.AgencyKind.POLICE),
    ("Westmorland and Furness LADO service", Organisation.AgencyKind.LADO),
    ("Westmorland and Furness Virtual School", Organisation.AgencyKind.VIRTUAL_SCHOOL),
    ("North Fells Safeguarding Partnership", Organisation.AgencyKind.SAFEGUARDING),
    ("Our Say", Organisation.AgencyKind.YOUNG_PEOPLE),
]
# What the home council shares, and under what agreement; the young people's group reads no scorecards.
TOLD_AGENCIES = [name for name, kind in AGENCIES if kind != Organisation.AgencyKind.YOUNG_PEOPLE]
WITH_AGENCIES = "Information sharing agreement of the safeguarding partnership"
NEIGHBOUR = COUNCILS[1]
TOLD_NEIGHBOUR = (Share.Kind.RATINGS, Share.Kind.VISITS, Share.Kind.SCORECARDS)
WITH_NEIGHBOUR = "Information sharing agreement of the two successor councils"
# By URN in the demo register: settings of these providers in which the home council has children.
WORKING_NAMES = {
    "SC900011": "Fellside House",
    "SC900077": "Beck View",
    "2900034": "Birk Rigg",
    "2900071": "Larch Cottage",
    "2900040": "Ghyll End",
    "2900053": "Tarn Lodge",
    "2900055": "Heron Bank",
    "2900005": "Mill Rise",
    "2900070": "Skell Bridge",
}


@dataclass(frozen=True)
class Somebody:
    """`posts` are (organisation name, role) pairs; councils by the name of their area."""

    login: str
    name: str
    posts: tuple[tuple[str, type[roles.Role]], ...]
    job_title: str = ""


HOME = COUNCILS[0]
PEOPLE = [
    Somebody("officer", "Priya Shah", ((HOME, roles.ContractOfficer),), "Contract officer, residential"),
    Somebody("officer2", "Tom Braithwaite", ((HOME, roles.ContractOfficer),), "Contract officer, fostering"),
    Somebody("officer3", "Karen Nelson", ((HOME, roles.ContractOfficer),), "Contract officer, 16 plus"),
    Somebody("manager", "Helen Armstrong", ((HOME, roles.TeamManager),), "Placements quality manager"),
    Somebody("head", "David Okafor", ((HOME, roles.HeadOfService),), "Head of commissioning"),
    Somebody("placements", "Lucy Tyson", ((HOME, roles.PlacementsOfficer),)),
    Somebody("procurement", "Martin Bell", ((HOME, roles.ProcurementOfficer),)),
    Somebody("iro", "Grace Fearon", ((HOME, roles.SocialWorker),), "Independent reviewing officer"),
    Somebody(
        "lado",
        "Ruth Postlethwaite",
        ((HOME, roles.SafeguardingLead), (AGENCIES[2][0], roles.SafeguardingLead)),
        "Designated officer",
    ),
    Somebody("board", "Anil Kapoor", ((HOME, roles.BoardMember),)),
    Somebody("chair", "Margaret Dixon", ((HOME, roles.BoardChair),), "Independent chair"),
    Somebody("scrutiny", "Peter Hodgson", ((HOME, roles.ScrutinyReader),), "Scrutiny officer"),
    Somebody("admin", "Sam Relph", ((HOME, roles.CouncilAdministrator),), "Systems officer"),
    Somebody("installation", "Jo Mounsey", ((HOME, roles.InstallationAdministrator),)),
    Somebody(
        "nurse", "Amina Yusuf", ((AGENCIES[0][0], roles.PartnerContributor),), "Nurse for children in care"
    ),
    Somebody("police", "Kieran Walsh", ((AGENCIES[1][0], roles.PartnerContributor),)),
    Somebody("school", "Beth Cartmell", ((AGENCIES[3][0], roles.PartnerContributor),)),
    Somebody("partnership", "Owen Sharpe", ((AGENCIES[4][0], roles.PartnerContributor),)),
    Somebody("young", "Robin Lowther", ((AGENCIES[5][0], roles.YoungResearcher),)),
    Somebody("provider", "Carol Nixon", ((PROVIDERS[0][0], roles.ProviderManager),), "Operations director"),
    Somebody(
        "provider2", "Dean Graham", ((PROVIDERS[0][0], roles.ProviderContributor),), "Registered manager"
    ),
    Somebody("rowanthwaite", "Nadia Iqbal", ((PROVIDERS[1][0], roles.ProviderManager),)),
    Somebody("ashgarth", "Iain Kerr", ((PROVIDERS[2][0], roles.ProviderManager),), "Responsible individual"),
    Somebody(
        "ashgarth2", "Moira Bell", ((PROVIDERS[2][0], roles.ProviderContributor),), "Registered manager"
    ),
    Somebody("larkrigg", "Philip Airey", ((PROVIDERS[3][0], roles.ProviderManager),), "Director"),
    Somebody("thornbeck", "Janet Wren", ((PROVIDERS[4][0], roles.ProviderManager),), "Service manager"),
    Somebody("cumberland", "Joan Tolson", ((COUNCILS[1], roles.ContractOfficer),)),
    Somebody("cumberland-manager", "Alan Teasdale", ((COUNCILS[1], roles.TeamManager),)),
    Somebody("cumberland-placements", "Wendy Moss", ((COUNCILS[1], roles.PlacementsOfficer),)),
    Somebody("cumberland-admin", "Neil Ritson", ((COUNCILS[1], roles.CouncilAdministrator),)),
    Somebody("lancashire", "Yasmin Patel", ((COUNCILS[2], roles.ContractOfficer),)),
    Somebody("blackburn", "Chris Haworth", ((COUNCILS[3], roles.ContractOfficer),)),
    Somebody("blackpool", "Donna Rigby", ((COUNCILS[4], roles.ContractOfficer),)),
    Somebody("leicestershire", "Harriet Gamble", ((COUNCILS[5], roles.ContractOfficer),)),
]


@dataclass(frozen=True)
class Persona:
    """A person a visitor can sign in as; `sees` is one sentence."""

    login: str
    label: str
    sees: str

    @property
    def name(self) -> str:
        return BY_LOGIN[self.login].name


BY_LOGIN = {somebody.login: somebody for somebody in PEOPLE}
PERSONAS = [
    Persona(
        "officer",
        "Contract officer",
        "Her day’s work: monitoring visits, reports, checks and contract issues.",
    ),
    Persona(
        "manager",
        "Team manager",
        "The team’s workload, what is overdue, reports to sign off and decisions to make.",
    ),
    Persona(
        "provider", "Provider", "What councils have asked of her homes, by when, and each home’s rating."
    ),
    Persona(
        "nurse",
        "Partner nurse",
        "What the council shares with health: each home’s rating and the reasons.",
    ),
    Persona(
        "chair",
        "Board chair",
        "Which homes have the lowest ratings and why, what changed this month, and the scorecard on any date.",
    ),
    Persona(
        "installation",
        "Administrator",
        "Ofsted files, people and invitations, and whether every part of the portal is working.",
    ),
]
SHOWN = ["officer", "manager", "head", "procurement", "lado", "provider", "ashgarth", "admin", "installation"]
