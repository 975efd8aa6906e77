"""What the register's pages compose from the directory, the counts and the inspections."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery, prefetch_related_objects

from inspections.ofsted.importer.active_rows import is_covered
from inspections.ofsted.models import Inspection, Judgement, RegisterFile
from inspections.ofsted.selectors import NOT_YET_INSPECTED
from providers.contracts.selectors import is_declared_at, use
from providers.directory import visibility_reasons
from providers.directory.models import Authority, GradeScale, Provider, ProviderGroup, Setting
from providers.directory.selectors import merger_hints
from providers.people.models import User
from qa_portal.core.access.scope import Scope, scope_of
from qa_portal.portal.directory.grades import best_first

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class DirectoryFacts(TypedDict):
        """What `directory_of` adds to a setting; `current` and `grade` are there after `with_grades`."""

        owner_id: int | None
        owner_name: str | None
        in_use: bool
        is_declared: bool
        current_inspection: int | None
        current: Any
        grade: str

    DirectoryRow = WithAnnotations[Setting, DirectoryFacts]

NO_OVERALL_GRADE = "No overall grade"


def directory_of(user: User, on: dt.date) -> Any:
    """Return the settings of the register, each with its owner, use and current inspection of that day."""
    seen = ExpressionWrapper(use_seen_by(scope_of(user), on), output_field=BooleanField())
    declared = ExpressionWrapper(declared_by(scope_of(user), on), output_field=BooleanField())
    current = (
        Inspection.objects.visible_to(user)
        .published_by(on)
        .filter(setting=OuterRef("pk"), scale__sets_rating=True)
        .newest_first()
    )
    return (
        Setting.objects.visible_to(user)
        .with_names()
        .with_owner(on)
        .annotate(in_use=seen, is_declared=declared, current_inspection=Subquery(current.values("pk")[:1]))
    )


def use_seen_by(scope: Scope, on: dt.date) -> Q:
    """Return a condition on Setting: in use, as far as the reader may know.

    Where another council places is known to the host and the home alone.
    """
    if scope.is_council:
        hosted = Q(authority__in=Authority.objects.lineage(scope.authority_id))
        return use(on, scope.authority_id) | (use(on) & hosted)
    return use(on) & visibility_reasons.known_to(scope) if scope.is_provider else Q(pk__in=[])


def declared_by(scope: Scope, on: dt.date) -> Q:
    """Return a condition on Setting: the reader's council has declared a use that nobody there has confirmed."""
    return is_declared_at(on, scope.authority_id) if scope.is_council else Q(pk__in=[])


def with_grades(settings: Iterable["DirectoryRow"]) -> list["DirectoryRow"]:
    """Rows of `directory_of` with `current`, the inspection, and `grade`, its words. One query."""
    settings = list(settings)
    words = Judgement.objects.headlines().filter(inspection=OuterRef("pk")).values("words")
    inspections = (
        Inspection.objects.select_related("scale")
        .annotate(words=Subquery(words[:1]))
        .in_bulk({setting.current_inspection for setting in settings} - {None})
    )
    for setting in settings:
        setting.current = inspections.get(setting.current_inspection)
        setting.grade = (setting.current.words or NO_OVERALL_GRADE) if setting.current else NOT_YET_INSPECTED
    return settings


def file_it_is_gone_from(setting: Setting, user: User) -> RegisterFile | None:
    """Return the newest file that would list the setting, if an earlier one did and this one does not."""
    files = RegisterFile.objects.visible_to(user).in_force().light().in_order().reverse()
    told = {entry.file_id: entry for entry in setting.entries.filter(file__withdrawal=None).defer("cells")}
    last = next((told[file.pk] for file in files if file.pk in told), None)
    newest = next((file for file in files if last and (file.pk in told or is_covered(file, last))), None)
    return newest if newest and newest.pk not in told else None


def withdrawn_file_of(setting: Setting, user: User) -> RegisterFile | None:
    """Return the withdrawn file that alone listed the setting; None if another lists it."""
    files = RegisterFile.objects.visible_to(user).filter(entries__setting=setting)
    if files.filter(withdrawal=None).exists():
        return None
    return files.select_related("withdrawal").order_by("-as_at", "-pk").first()


def names_like(provider: Provider) -> list[Provider]:
    """Return providers with nearly the same name, for a person to check."""
    alike = next((found for found in merger_hints() if provider in found), [])
    return [other for other in alike if other != provider]


@dataclass
class ScaleCounts:
    """How many settings of each provider hold each grade: counts, because grades are never averaged."""

    scale: GradeScale
    grades: list[str] = field(default_factory=list)
    rows: list[tuple[Provider, list[int]]] = field(default_factory=list)


def group_counts(
    group: ProviderGroup, user: User, on: dt.date
) -> tuple[list[tuple[Provider, int, int]], list[ScaleCounts]]:
    """Return the group's providers with how many settings each owns and how many wait for an inspection; then the grades."""
    providers = list(Provider.objects.visible_to(user).active().filter(group=group))
    settings = with_grades(
        directory_of(user, on).filter(owner_id__in=[provider.pk for provider in providers])
    )
    owned = Counter(setting.owner_id for setting in settings)
    waiting = Counter(setting.owner_id for setting in settings if setting.current is None)
    graded: dict[GradeScale, Counter] = {}
    for setting in settings:
        if setting.current:
            graded.setdefault(setting.current.scale, Counter())[setting.owner_id, setting.grade] += 1
    prefetch_related_objects(list(graded), "grades")
    ordered = sorted(graded.items(), key=lambda found: (found[0].order, found[0].label))
    totals = [(provider, owned[provider.pk], waiting[provider.pk]) for provider in providers]
    return totals, [_scale_counts(scale, counts, providers) for scale, counts in ordered]


def _scale_counts(scale: GradeScale, counts: Counter, providers: list[Provider]) -> ScaleCounts:
    met = {grade for _, grade in counts}
    ranked = [grade.label for grade in best_first(scale)]
    words = [*ranked, *sorted(met - set(ranked))]
    rows = [(provider, [counts[provider.pk, word] for word in words]) for provider in providers]
    return ScaleCounts(scale, words, [row for row in rows if any(row[1])])
