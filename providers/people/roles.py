"""Roles are classes in code that list permissions; the database stores only who holds which role where."""

from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.access.scope import OrganisationKind

COUNCIL = frozenset({OrganisationKind.COUNCIL})
PROVIDER = frozenset({OrganisationKind.PROVIDER})
AGENCY = frozenset({OrganisationKind.AGENCY})


class Role:
    key: str
    label: str
    kinds: frozenset[OrganisationKind] = COUNCIL
    permissions: frozenset[P] = frozenset()
    duties: str


SEES_PUBLIC = frozenset({P.VIEW_ORGANISATION, P.VIEW_REGISTER})
SEES_OWN = SEES_PUBLIC | {P.VIEW_COLLEAGUES}
SEES_OTHERS = SEES_OWN | {P.VIEW_EXTERNAL_PEOPLE}
READS_SCORECARDS = frozenset({P.VIEW_SCORECARDS})
SEES_CASES = READS_SCORECARDS | {P.VIEW_CASES, P.VIEW_DOCUMENTS}
MONITORS = SEES_CASES | {
    P.CHECK_APPLICATIONS,
    P.MANAGE_CAMPAIGNS,
    P.VALIDATE_SELF_ASSESSMENTS,
    P.PLAN_VISITS,
    P.RECORD_VISITS,
    P.MANAGE_ACTIONS,
    P.VERIFY_ACTIONS,
    P.RECORD_INSPECTIONS,
    P.VERIFY_INSPECTIONS,
    P.VIEW_PROVISIONAL,
    P.RAISE_ISSUES,
    P.HANDLE_ISSUES,
}
LEADS = frozenset({P.SEE_ALL_WORK, P.MANAGE_LEADS})


class ContractOfficer(Role):
    key, label = "contract_officer", "Contract officer"
    duties = "Plans and completes monitoring visits, follows actions, raises contract issues."
    permissions = (
        SEES_OTHERS
        | MONITORS
        | {
            P.INVITE_PROVIDER_PEOPLE,
            P.MANAGE_ORGANISATIONS,
            P.EDIT_SETTINGS,
            P.RECORD_PLACING_COUNTS,
        }
    )


class TeamManager(Role):
    key, label = "team_manager", "Team manager"
    duties = "Signs off visits, decides formal notices, shares out the work."
    permissions = (
        ContractOfficer.permissions
        | LEADS
        | {
            P.REASSIGN_WORK,
            P.INVITE_AGENCY_PEOPLE,
            P.READ_ACCESS_LOG,
            P.SIGN_OFF_VISITS,
            P.DECIDE_NOTICES,
            P.DECIDE_APPLICATIONS,
        }
    )


class HeadOfService(Role):
    key, label = "head_of_service", "Head of service"
    duties = "Decides suspensions and exemptions."
    permissions = (
        SEES_OTHERS
        | SEES_CASES
        | LEADS
        | {
            P.REASSIGN_WORK,
            P.READ_ACCESS_LOG,
            P.VIEW_PROVISIONAL,
            P.SIGN_OFF_VISITS,
            P.DECIDE_APPLICATIONS,
            P.ALLOW_STAND_IN,
            P.RAISE_ISSUES,
            P.DECIDE_NOTICES,
            P.DECIDE_SUSPENSIONS,
            P.DECIDE_TERMINATIONS,
        }
    )


class PlacementsOfficer(Role):
    key, label = "placements_officer", "Placements officer"
    duties = "Looks for settings and sees what is paused."
    permissions = SEES_OTHERS | READS_SCORECARDS | {P.RECORD_PLACING_COUNTS}


class ProcurementOfficer(Role):
    key, label = "procurement_officer", "Procurement officer"
    duties = "Runs purchasing systems and applications."
    permissions = (
        SEES_OTHERS
        | SEES_CASES
        | {
            P.INVITE_PROVIDER_PEOPLE,
            P.MANAGE_ORGANISATIONS,
            P.MERGE_PROVIDERS,
            P.MANAGE_PURCHASING,
            P.CHECK_APPLICATIONS,
        }
    )


class SocialWorker(Role):
    key, label = "social_worker", "Social worker or independent reviewing officer"
    duties = "Passes on what is seen at settings."
    permissions = SEES_OWN


class SafeguardingLead(Role):
    key, label = "safeguarding_lead", "Designated safeguarding lead or LADO"
    kinds = COUNCIL | AGENCY
    duties = "Records restricted concerns and clears what may be shared."
    permissions = SEES_OTHERS | SEES_CASES | {P.RAISE_ISSUES, P.CHAIR_CONCERNS, P.VIEW_PROVISIONAL}


class BoardMember(Role):
    key, label = "board_member", "QA board member"
    kinds = COUNCIL | AGENCY
    duties = "Reads scorecards and comments before the board meets."
    permissions = SEES_OWN | READS_SCORECARDS


class BoardChair(Role):
    key, label = "board_chair", "QA board chair"
    kinds = COUNCIL | AGENCY
    duties = "Leads the board and records what it decides."
    permissions = SEES_OWN | READS_SCORECARDS


class ScrutinyReader(Role):
    key, label = "scrutiny_reader", "Scrutiny reader"
    duties = "Reads what may be published."
    permissions = SEES_PUBLIC


class PartnerContributor(Role):
    key, label = "partner_contributor", "Partner contributor"
    kinds = AGENCY
    duties = "Gives the agency's return and reads what is shared with it."
    permissions = SEES_OWN | READS_SCORECARDS


class YoungResearcher(Role):
    key, label = "young_researcher", "Young researcher"
    kinds = AGENCY
    duties = "Assesses settings against what young people ask of a good home."
    permissions = SEES_PUBLIC


class ProviderManager(Role):
    key, label = "provider_manager", "Provider manager"
    kinds = PROVIDER
    duties = "Applies, answers for the provider and looks after its people's accounts."
    permissions = (
        SEES_OWN
        | SEES_CASES
        | {
            P.MANAGE_COLLEAGUES,
            P.RESET_SECOND_FACTOR,
            P.REASSIGN_WORK,
            P.EDIT_SETTINGS,
            P.SEE_ALL_WORK,
            P.APPLY,
            P.ANSWER_FOR_PROVIDER,
        }
    )


class ProviderContributor(Role):
    key, label = "provider_contributor", "Provider contributor"
    kinds = PROVIDER
    duties = "Prepares self-assessments and evidence."
    permissions = SEES_OWN | SEES_CASES | {P.ANSWER_FOR_PROVIDER}


class CouncilAdministrator(Role):
    key, label = "council_administrator", "Council administrator"
    duties = "Looks after the council's people, sharing and access log."
    permissions = (
        SEES_OTHERS
        | SEES_CASES
        | LEADS
        | {
            P.MANAGE_COLLEAGUES,
            P.INVITE_PROVIDER_PEOPLE,
            P.INVITE_AGENCY_PEOPLE,
            P.REASSIGN_WORK,
            P.RESET_SECOND_FACTOR,
            P.MANAGE_SHARES,
            P.MANAGE_ORGANISATIONS,
            P.READ_ACCESS_LOG,
            P.EDIT_SETTINGS,
            P.RECORD_PLACING_COUNTS,
            P.MERGE_PROVIDERS,
        }
    )


class InstallationAdministrator(Role):
    key, label = "installation_administrator", "Installation administrator"
    duties = "Looks after authorities, national imports and code lists for every council."
    permissions = SEES_OWN | {
        P.MANAGE_INSTALLATION,
        P.MANAGE_COLLEAGUES,
        P.READ_ACCESS_LOG,
        P.IMPORT_REGISTER,
    }


ALL: tuple[type[Role], ...] = (
    ContractOfficer,
    TeamManager,
    HeadOfService,
    PlacementsOfficer,
    ProcurementOfficer,
    SocialWorker,
    SafeguardingLead,
    BoardMember,
    BoardChair,
    ScrutinyReader,
    PartnerContributor,
    YoungResearcher,
    ProviderManager,
    ProviderContributor,
    CouncilAdministrator,
    InstallationAdministrator,
)
BY_KEY = {role.key: role for role in ALL}
CHOICES = [(role.key, role.label) for role in ALL]


def roles_for(kind: str) -> list[type[Role]]:
    return [role for role in ALL if kind in role.kinds]
