"""Everything that the scores of some settings rest on, read once for all the days that are asked for."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inspections.scorecards import limits
from inspections.scorecards.definitions import rules_in_force
from inspections.scorecards.ids import Ids
from inspections.scorecards.readings import (
    actions,
    documents,
    issues,
    regulator,
    self_assessments,
    visits,
)
from inspections.scorecards.registered import Registered
from inspections.scorecards.rollup import Part, combined
from inspections.scorecards.scene import Area, Scene, owners_of
from inspections.scorecards.scoring import Definition, Score, score
from inspections.scorecards.sight import Sight


@dataclass(frozen=True)
class Gathered:
    """`settings` by id; a score is None on a day on which the setting was not on the register."""

    settings: Mapping[int, Registered]
    scene: Scene
    areas: Sequence[Area]
    limits: limits.Limits

    @property
    def definition(self) -> Definition:
        return self.scene.rules.definition

    def score(self, setting: int, on: dt.date) -> Score | None:
        if not self.settings[setting].was_there(on):
            return None
        readings = [area.reading(setting, on) for area in self.areas]
        return score(self.definition, readings, self.limits.of(setting, on), on)

    def owned_by(self, provider: int, on: dt.date) -> list[Registered]:
        return [one for one in self.settings.values() if self.scene.owners.of(one.pk, on) == provider]

    def over_settings(self, provider: int, on: dt.date) -> Score | None:
        """The provider over the settings that it owned that day; None where it owned none."""
        scores = [(one.name, self.score(one.pk, on)) for one in self.owned_by(provider, on)]
        parts = [Part(name, scored) for name, scored in scores if scored]
        return combined(self.definition, parts) if parts else None


def gather(
    settings: Iterable[Registered], sight: Sight, days: Iterable[dt.date], *, with_evidence: bool = True
) -> Gathered:
    by_id = {setting.pk: setting for setting in settings}
    ids = Ids(by_id)
    scene = Scene(ids, owners_of(ids), sight, tuple(sorted(days)), rules_in_force(), with_evidence)
    judged, visited = regulator.gather(scene), visits.gather(scene)
    opened = issues.gather(scene, visited)
    areas = (
        *(judged, visited, opened, actions.gather(scene), self_assessments.gather(scene)),
        documents.gather(scene),
    )
    return Gathered(by_id, scene, areas, limits.gather(scene, judged, opened))
