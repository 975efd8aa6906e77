"""Everything that the scores of some settings rest on, read once for all the days that are asked for."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from inspections.scorecards import limits
from inspections.scorecards.definitions import rules_in_force
from inspections.scorecards.readings import (
    actions,
    documents,
    issues,
    regulator,
    self_assessments,
    visits,
)
from inspections.scorecards.rollup import Part, combined
from inspections.scorecards.scene import Area, Scene, owners_of
from inspections.scorecards.scoring import Definition, Score, score
from inspections.scorecards.sight import Sight
from providers.directory.models import Setting


@dataclass(frozen=True)
class Gathered:
    """`settings` by id; a score is None on a day on which the setting was not on the register."""

    settings: Mapping[int, Setting]
    scene: Scene
    areas: Sequence[Area]
    limits: limits.Limits

    @property
    def definition(self) -> Definition:
        return self.scene.rules.definition

    def score(self, setting: int, on: dt.date) -> Score | None:
        if not was_registered(self.settings[setting], on):
            return None
        readings = [area.reading(setting, on) for area in self.areas]
        return score(self.definition, readings, self.limits.of(setting, on), on)

    def over_settings(self, provider: int, on: dt.date) -> Score | None:
        """The provider over the settings that it owned that day; None where it owned none."""
        owned = [pk for pk in self.settings if self.scene.owners.of(pk, on) == provider]
        scores = [(self.settings[pk].display_name, self.score(pk, on)) for pk in owned]
        parts = [Part(name, scored) for name, scored in scores if scored]
        return combined(self.definition, parts) if parts else None


def gather(settings: Iterable[Setting], sight: Sight, days: Iterable[dt.date]) -> Gathered:
    by_id = {setting.pk: setting for setting in settings}
    scene = Scene(frozenset(by_id), owners_of(by_id), sight, tuple(sorted(days)), rules_in_force())
    judged, visited = regulator.gather(scene), visits.gather(scene)
    opened = issues.gather(scene, visited)
    areas = (
        *(judged, visited, opened, actions.gather(scene), self_assessments.gather(scene)),
        documents.gather(scene),
    )
    return Gathered(by_id, scene, areas, limits.gather(scene, judged, opened))


def registered(on: dt.date) -> Q:
    """A condition on Setting: on the register that day, as far as its dates tell."""
    return (Q(registered_on=None) | Q(registered_on__lte=on)) & (Q(closed_on=None) | Q(closed_on__gt=on))


def was_registered(setting: Setting, on: dt.date) -> bool:
    begun = setting.registered_on is None or setting.registered_on <= on
    return begun and (setting.closed_on is None or setting.closed_on > on)
