"""Who answers for which setting, and who is away."""

from providers.people.services.leads import name_leads, record_absence
from qa_portal.core.dates import today
from qa_portal.portal.demo_cases.doing import as_, in_days, member, setting

LED = [
    ("officer", "officer2", ["Fellside House", "Beck View", "Birk Rigg", "Heron Bank"]),
    ("officer2", "officer", ["Tarn Lodge", "Ghyll End"]),
    ("officer3", "officer", ["Larch Cottage", "Mill Rise"]),
]
"""(lead, deputy, settings)."""


def build() -> None:
    with as_("manager") as manager:
        for lead, deputy, names in LED:
            name_leads(
                by=manager,
                settings=[setting(name) for name in names],
                lead=member(lead),
                deputy=member(deputy),
                on=today(),
            )
        record_absence(by=manager, membership=member("officer3"), from_on=today(), to_on=in_days(14))
    with as_("officer2") as officer:
        record_absence(by=officer, membership=officer.membership, from_on=in_days(30), to_on=in_days(40))
