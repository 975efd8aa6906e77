"""How the region begins: its people, who answers for which setting, who is placed where, and who is away."""

from providers.contracts.selectors import to_confirm
from providers.contracts.services import record_placing_counts
from providers.contracts.use_services import confirm_use
from providers.directory.models import Provider, Setting
from providers.directory.services import change_working_details, merge_providers
from providers.people import roles
from providers.people.rules import own_membership
from providers.people.services.invitations import invite
from providers.people.services.leads import name_leads, record_absence
from qa_portal.core.dates import today
from qa_portal.portal.demo import people as region
from qa_portal.portal.demo.region import address, build_region
from qa_portal.portal.demo.replay import once
from qa_portal.portal.demo.story.story_steps import as_, in_days, member, setting

LED = [
    ("officer", "officer2", ["Fellside House", "Beck View", "Birk Rigg", "Heron Bank"]),
    ("officer2", "officer", ["Tarn Lodge", "Ghyll End"]),
    ("officer3", "officer", ["Larch Cottage", "Mill Rise"]),
]
"""(lead, deputy, settings)."""
PLACED = {name: 1 + number % 2 for number, name in enumerate(region.WORKING_NAMES)}
"""By URN, how many children of the home council."""
PLACED_BY_CUMBERLAND = {"2900040": 2, "2900055": 1}
PLACED_TODAY = {"2900009": 1}
"""A home in Lancashire; no colleague has confirmed it yet, so that the page to do it on has something to show."""
HOST_OFFICERS = ("officer", "cumberland", "lancashire", "blackburn")
"""Each changes the names of the settings that their council hosts."""

people = once(build_region)


@once
def names() -> None:
    """Give the settings their working names, and merge two names in the register that are one company."""
    for login in HOST_OFFICERS:
        with as_(login) as officer:
            hosted = Setting.objects.looked_after_by(officer)
            for place in hosted.filter(urn__in=region.WORKING_NAMES, working_name=""):
                name = region.WORKING_NAMES[place.urn]
                change_working_details(by=officer, setting=place, name=name, address="", postcode="")
    written, real = (Provider.objects.get(name=name) for name in region.SAME_PROVIDER)
    with as_("procurement") as by:
        merge_providers(by=by, merged=written, into=real, reason="One company, says Companies House")


@once
def placed(login: str = "placements", counts: dict[str, int] = PLACED) -> None:
    with as_(login) as user:
        record_placing_counts(by=user, counts=counts, as_at=today())


@once
def confirmed(login: str) -> None:
    """Confirm the placing counts as a second colleague, so that the council is known to use these settings."""
    with as_(login) as user:
        confirm_use(by=user, seen=dict(to_confirm(user).values_list("pk", "row_version")))


@once
def leads() -> None:
    with as_("manager") as manager:
        for lead, deputy, names in LED:
            name_leads(
                by=manager,
                settings=[setting(name) for name in names],
                lead=member(lead),
                deputy=member(deputy),
                on=today(),
            )


@once
def away(login: str, *, days: int, starts_in: int = 0) -> None:
    with as_(login) as officer:
        record_absence(
            by=officer,
            membership=own_membership(officer),
            from_on=in_days(starts_in),
            to_on=in_days(starts_in + days),
        )


@once
def invited() -> None:
    """Invite a colleague who has not answered yet."""
    with as_("admin") as admin:
        invite(
            by=admin,
            organisation=own_membership(admin).organisation,
            email=address("new.colleague"),
            role=roles.ContractOfficer.key,
        )
