"""Which papers a place on a lot rests on and that have run out with nothing in their stead."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from providers.documents.models import Document
from providers.purchasing.models import LotMembership, RequiredDocument
from providers.purchasing.selectors import names_of


def places_with_something_expired(on: dt.date):
    """Places whose provider has, or had, a paper of a kind that the lot must have and that ran out before `on`.

    Wide on purpose, and one query: whether another paper stands in its stead is `lapsed`'s to say.
    """
    asked = RequiredDocument.objects.filter(
        lot=OuterRef(OuterRef("lot")), kind=OuterRef("kind"), is_compulsory=True
    )
    own = Q(organisation__provider=OuterRef("provider"))
    merged = Q(organisation__provider__merger__into=OuterRef("provider"))
    into = Q(organisation__provider__mergers__merged=OuterRef("provider"))
    expired = Document.objects.expired(on).filter(Exists(asked)).filter(own | merged | into)
    return LotMembership.objects.in_force(on).filter(Exists(expired))


def lapsed(place: LotMembership, on: dt.date) -> dict[str, dt.date]:
    """Kinds that the lot must have and that ran out, each with the first day without one. Two queries.

    Where there never was one nothing has run out: that is for the check of an application.
    """
    library = list(Document.objects.filter(organisation__provider__in=names_of(place.provider)))
    running = in_force(library, on)
    found = {}
    for required in RequiredDocument.objects.filter(lot=place.lot_id, is_compulsory=True):
        ended = [one.expires_on for one in library if one.kind == required.kind and has_run_out(one, on)]
        if ended and not any(serves(required, document) for document in running):
            found[required.kind] = max(ended) + dt.timedelta(days=1)
    return found


def has_run_out(document: Document, on: dt.date) -> bool:
    return document.expires_on is not None and document.expires_on < on


def in_force(library: Iterable[Document], on: dt.date) -> list[Document]:
    """What can be read and runs on that day. A renewal stands in for its forerunner from its own first day."""
    usable = [one for one in library if not one.is_removed and one.scan_state != Document.Scan.INFECTED]
    begun = [one for one in usable if one.from_on is None or one.from_on <= on]
    followed = {one.replaces_id for one in begun}
    return [one for one in begun if one.pk not in followed and not has_run_out(one, on)]


def serves(required: RequiredDocument, document: Document) -> bool:
    return document.kind == required.kind and (document.cover_amount or 0) >= (required.minimum_cover or 0)
