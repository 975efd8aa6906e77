"""What the directory itself knows of settings and providers."""

import datetime as dt
import re
from typing import Any

from django.db.models import Q

from providers.directory import visibility_reasons
from providers.directory.models import Authority, Provider, Setting, SettingOwnership
from qa_portal.core.access.scope import Scope, scope_of
from qa_portal.core.dates import today

COMPANY_WORDS = re.compile(r"\b(limited|ltd|llp|plc|cic|uk|the|and)\b|[^a-z0-9 ]")


@visibility_reasons.register
def owned_settings(scope: Scope) -> Q:
    if not scope.is_provider:
        return visibility_reasons.NOTHING
    return Q(pk__in=Setting.objects.owned_by(scope.provider_id, today()).values("pk"))


@visibility_reasons.register
def hosted_settings(scope: Scope) -> Q:
    return (
        Q(authority__in=Authority.objects.lineage(scope.authority_id))
        if scope.is_council
        else visibility_reasons.NOTHING
    )


def search_q(words: str, at: str = "") -> Q:
    """Match settings by a part of either name or the start of the URN; `at` is the path that leads to them.

    For those whose names the reader knows; over the whole register: `called_openly`.
    """
    path = f"{at}__" if at else ""
    looked_at = ("working_name__icontains", "ofsted_name__icontains", "urn__istartswith")
    return Q(*((path + lookup, words) for lookup in looked_at), _connector=Q.OR)


def called_openly(words: str) -> Q:
    """Match like `search_q`, but only names the reader may know, so that a guess at a hidden name finds nothing."""
    told = Q(may_know_name=True, working_name__icontains=words)
    return told | Q(ofsted_name__icontains=words) | Q(urn__istartswith=words)


def trading_key(name: str) -> str:
    """Return a company's name without Ltd, Limited, punctuation and small words."""
    return " ".join(COMPANY_WORDS.sub(" ", name.casefold().replace("&", " ")).split())


def merger_hints() -> list[list[Provider]]:
    """Return groups of providers that differ only in Ltd, Limited and the like, for a person to look at."""
    alike: dict[str, list[Provider]] = {}
    for provider in Provider.objects.active():
        alike.setdefault(trading_key(provider.name), []).append(provider)
    return [providers for key, providers in alike.items() if key and len(providers) > 1]


def looks_after(user: Any, provider: Provider) -> bool:
    """Return whether the user's organisation is the provider, hosts one of its settings, or brought it in without any.

    A use that a council has confirmed is none of these: it reads about a home, and has no hand in who acts there.
    """
    scope = scope_of(user)
    if scope.is_provider:
        return Provider.objects.one_with(scope.provider_id).filter(pk=provider.pk).exists()
    owned = Setting.objects.owned_by(provider.pk, today())
    if owned.exists():
        return owned.looked_after_by(user).exists()
    return scope.is_council and scope.organisation_id == brought_in_by(provider)


def brought_in_by(provider: Provider) -> int | None:
    """Return the id of the organisation whose officer added the provider to the portal, from its history."""
    organisation = getattr(provider, "organisation", None)
    first = organisation and organisation.history.order_by("history_id").first()
    return first.history_organisation_id if first else None


def is_a_mere_name(provider: Provider) -> bool:
    """Return whether it owns nothing today and nobody acts for it: its name is all there is to share."""
    return not hasattr(provider, "organisation") and not has_settings(provider)


def owner_of(setting: Setting | None, on: dt.date | None = None) -> Provider | None:
    """Return who owns the setting on a day (today), under the name of the provider it was merged into."""
    if setting is None:
        return None
    owned = SettingOwnership.objects.in_force(on or today()).filter(setting=setting)
    found = owned.select_related("provider__merger__into").first()
    return found.provider.present if found else None


def has_settings(provider: Provider) -> bool:
    return Setting.objects.owned_by(provider.pk, today()).exists()


def uses(user: Any, provider: Provider) -> bool:
    """Return whether the user's organisation knows one of its settings: hosts it, or has a confirmed use of it."""
    return Setting.objects.owned_by(provider.pk, today()).known_to(user).exists()
