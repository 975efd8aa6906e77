"""What the directory itself knows of settings and providers."""

import re

from django.db.models import Q

from providers.directory import knowing
from providers.directory.models import Authority, Provider, Setting
from qa_portal.core.access.scope import Scope
from qa_portal.core.dates import today

NOTHING = Q(pk__in=[])
COMPANY_WORDS = re.compile(r"\b(limited|ltd|llp|plc|cic|uk|the|and)\b|[^a-z0-9 ]")


@knowing.register
def owned_settings(scope: Scope) -> Q:
    if not scope.is_provider:
        return NOTHING
    return Q(pk__in=Setting.objects.owned_by(scope.provider_id, today()).values("pk"))


@knowing.register
def hosted_settings(scope: Scope) -> Q:
    return Q(authority__in=Authority.objects.lineage(scope.authority_id)) if scope.is_council else NOTHING


def called(words: str, at: str = "") -> Q:
    """Settings by a part of either name or the beginning of the URN; `at` is the path that leads to them."""
    path = f"{at}__" if at else ""
    looked_at = ("working_name__icontains", "ofsted_name__icontains", "urn__istartswith")
    return Q(*((path + lookup, words) for lookup in looked_at), _connector=Q.OR)


def trading_key(name: str) -> str:
    """What is left of a company's name when Ltd, Limited, stops and small words are set aside."""
    return " ".join(COMPANY_WORDS.sub(" ", name.casefold().replace("&", " ")).split())


def merger_hints() -> list[list[Provider]]:
    """Providers that differ only in Ltd, Limited and the like: for a person to look at, never merged by us."""
    alike: dict[str, list[Provider]] = {}
    for provider in Provider.objects.standing():
        alike.setdefault(trading_key(provider.name), []).append(provider)
    return [providers for key, providers in alike.items() if key and len(providers) > 1]


def deals_with(user, provider: Provider, *, by_own_word: bool = False) -> bool:
    """Knows one of its settings, by a reason of `knowing`; a provider that has none is anybody's to bring in.

    `by_own_word` lets a placing count that the council has typed suffice.
    """
    owned = Setting.objects.owned_by(provider.pk, today())
    return not owned.exists() or owned.known_to(user, by_own_word=by_own_word).exists()
