"""Loader of all inputs of the scores of some settings, read once for all the days asked for."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from inspections.scorecards.inputs import limiting_rules
from inspections.scorecards.inputs.context import DomainSource, ScoringContext, owners_of
from inspections.scorecards.inputs.definitions import rules_in_force
from inspections.scorecards.inputs.domains import DOMAINS, issues, regulator
from inspections.scorecards.inputs.row_ids import Ids
from inspections.scorecards.inputs.settings_on import RegisteredSetting
from inspections.scorecards.inputs.visibility import EvidenceScope
from inspections.scorecards.scoring.arithmetic import Definition, Score, score
from inspections.scorecards.scoring.rollup import SettingScore, combined


@dataclass(frozen=True)
class ScoreInputs:
    """Inputs of the scores.

    `settings` by id; a score is None on a day on which the setting was not registered.
    """

    settings: Mapping[int, RegisteredSetting]
    context: ScoringContext
    sources: Sequence[DomainSource]
    limits: limiting_rules.Limits

    @property
    def definition(self) -> Definition:
        return self.context.rules.definition

    def score(self, setting: int, on: dt.date) -> Score | None:
        if not self.settings[setting].was_there(on):
            return None
        readings = [source.reading(setting, on) for source in self.sources]
        return score(self.definition, readings, self.limits.of(setting, on), on)

    def owned_by(self, provider: int, on: dt.date) -> list[RegisteredSetting]:
        return [one for one in self.settings.values() if self.context.owners.of(one.pk, on) == provider]

    def over_settings(self, provider: int, on: dt.date) -> Score | None:
        """Return the provider's score over the settings that it owned that day; None if it owned none."""
        scores = [(one.name, self.score(one.pk, on)) for one in self.owned_by(provider, on)]
        parts = [SettingScore(name, scored) for name, scored in scores if scored]
        return combined(self.definition, parts) if parts else None


def load_inputs(
    settings: Iterable[RegisteredSetting],
    scope: EvidenceScope,
    days: Iterable[dt.date],
    *,
    with_evidence: bool = True,
) -> ScoreInputs:
    """Read all that the scores of `settings` on `days` need. The number of queries depends on neither."""
    by_id = {setting.pk: setting for setting in settings}
    ids = Ids(by_id)
    context = ScoringContext(ids, owners_of(ids), scope, tuple(sorted(days)), rules_in_force(), with_evidence)
    loaded: dict[str, DomainSource] = {}
    for source in DOMAINS:
        loaded[source.code] = source.load(context, loaded)
    limits = limiting_rules.load_limits(
        context, cast(regulator.Regulator, loaded[regulator.CODE]), cast(issues.Issues, loaded[issues.CODE])
    )
    return ScoreInputs(by_id, context, tuple(loaded.values()), limits)
