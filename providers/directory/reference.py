"""Authorities that the portal knows from the first day; an administrator or an import adds others.

ONS codes: Office for National Statistics, Names and Codes for Administrative Geography (OGL v3.0).
Cumbria ended on 1 April 2023: Cumbria (Structural Changes) Order 2022.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from providers.directory.models import Authority, AuthoritySuccession
from qa_portal.core import reference
from qa_portal.core.audit.audit_context import audit_as

REORGANISATION = dt.date(2023, 4, 1)
UNITARY_1998 = dt.date(1998, 4, 1)
COUNTY_1974 = dt.date(1974, 4, 1)


@dataclass(frozen=True)
class KnownAuthority:
    name: str
    ons_code: str
    region: str
    colour: str
    started_on: dt.date = COUNTY_1974
    ended_on: dt.date | None = None
    council_name: str = ""


KNOWN = [
    KnownAuthority(
        "Cumbria", "E10000006", "North West", "#1f4e5f", COUNTY_1974, REORGANISATION, "Cumbria County Council"
    ),
    KnownAuthority("Westmorland and Furness", "E06000064", "North West", "#1f4e5f", REORGANISATION),
    KnownAuthority("Cumberland", "E06000063", "North West", "#5b2a5e", REORGANISATION),
    KnownAuthority(
        "Lancashire", "E10000017", "North West", "#7a1f2b", council_name="Lancashire County Council"
    ),
    KnownAuthority("Blackburn with Darwen", "E06000008", "North West", "#1b5e3b", UNITARY_1998),
    KnownAuthority("Blackpool", "E06000009", "North West", "#0b4a7a", UNITARY_1998),
    KnownAuthority(
        "Leicestershire",
        "E10000018",
        "East Midlands",
        "#3a4a1e",
        council_name="Leicestershire County Council",
    ),
]
SUCCESSIONS = [("E10000006", "E06000064"), ("E10000006", "E06000063")]


@reference.register
def load_authorities() -> int:
    """Add the known authorities that are missing and return how many; change none that are there."""
    standing = set(Authority.objects.values_list("ons_code", flat=True))
    missing = [known for known in KNOWN if known.ons_code not in standing]
    if not missing:
        return 0
    with transaction.atomic(), audit_as(reason="Reference data"):
        for known in missing:
            Authority.objects.create(
                name=known.name,
                council_name=known.council_name or f"{known.name} Council",
                ons_code=known.ons_code,
                region=known.region,
                colour=known.colour,
                started_on=known.started_on,
                ended_on=known.ended_on,
            )
        by_code = {authority.ons_code: authority for authority in Authority.objects.all()}
        for old, new in SUCCESSIONS:
            AuthoritySuccession.objects.get_or_create(
                predecessor=by_code[old], successor=by_code[new], defaults={"on": REORGANISATION}
            )
    return len(missing)
