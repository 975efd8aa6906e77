"""Limiting rules cap the band. A cap ends only when newer evidence of its kind replaces it, never by age."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from inspections.issues.rules import TERMINATION
from inspections.ofsted.importer.covered_fields import fields_by_cell
from inspections.ofsted.importer.results import SUSPENDED
from inspections.ofsted.models import RegisterEntry, RegisterFile
from inspections.question_sets.grades import AnswerGrade
from inspections.scorecards.inputs.context import ScoringContext
from inspections.scorecards.inputs.domains.issues import Issues
from inspections.scorecards.inputs.domains.regulator import Regulator
from inspections.scorecards.inputs.domains.visits import reports
from inspections.scorecards.inputs.row_ids import raw_ref, ref_of
from inspections.scorecards.models import LimitingRule
from inspections.scorecards.scoring.arithmetic import Band, Evidence, Limit
from inspections.scorecards.scoring.words import day_words
from inspections.visits.models import VisitAnswer
from providers.directory.fields import name_key

Rule = LimitingRule.Rule
SUPPORTED_ACCOMMODATION = "SA-3"
NOT_MET, SETTLED = {"Not met", "No"}, {"Met", "Partly met", "Yes"}
"""Answers as a report prints them. Not assessed or not applicable is no newer evidence."""


@dataclass(frozen=True, slots=True)
class RegistrationEvidence:
    """What Ofsted's newest file says of a registration.

    The reference is the setting's, whose page shows it.
    """

    raw_ref: str
    as_at: dt.date
    suspended: bool
    restricted: bool

    def evidence(self, says: str) -> Evidence:
        return Evidence("setting", ref_of(self.raw_ref), says, self.as_at, "Ofsted")


@dataclass(frozen=True, slots=True)
class VisitFinding:
    """A visit's result for one key question or limiting standard; `key` is the same in every version."""

    key: tuple
    rule: str
    words: str
    raw_ref: str
    on: dt.date
    council: str
    met: bool


class Limits:
    def __init__(
        self,
        caps: Mapping[str, Band],
        regulator: Regulator,
        issues: Issues,
        entries: Mapping[int, list[RegistrationEvidence]],
        findings: Mapping[int, list[VisitFinding]],
    ) -> None:
        self.caps, self.regulator, self.issues = caps, regulator, issues
        self.entries, self.findings = entries, findings

    def of(self, setting: int, on: dt.date) -> Iterator[Limit]:
        found = [*self._judged(setting, on), *self._suspended(setting, on)]
        if setting in self.entries:
            found += self._registered(setting, on)
        if setting in self.findings:
            found += self._found(setting, on)
        for rule, says, evidence in found:
            if rule in self.caps:
                yield Limit(rule, self.caps[rule], says, evidence)

    def _judged(self, setting: int, on: dt.date) -> Iterator[tuple[str, str, Evidence]]:
        newest = self.regulator.newest_graded(setting, on)
        if newest and newest.is_worst:
            third = newest.scale == SUPPORTED_ACCOMMODATION
            found = (
                f"found {newest.words[:1].lower()}{newest.words[1:]}"
                if third
                else f"judged it {newest.words}"
            )
            says = f"{newest.source} {found} on {day_words(newest.on)}"
            yield Rule.OUTCOME_3 if third else Rule.INADEQUATE, says, newest.evidence

    def _registered(self, setting: int, on: dt.date) -> Iterator[tuple[str, str, Evidence]]:
        entry = next((one for one in self.entries[setting] if one.as_at <= on), None)
        if entry is None:
            return
        day = day_words(entry.as_at)
        if entry.suspended:
            says = f"its registration is suspended in Ofsted’s file of {day}"
            yield Rule.SUSPENDED, says, entry.evidence(says)
        if entry.restricted:
            says = f"accommodation is restricted in Ofsted’s file of {day}"
            yield Rule.RESTRICTED, says, entry.evidence(says)

    def _suspended(self, setting: int, on: dt.date) -> Iterator[tuple[str, str, Evidence]]:
        for issue in self.issues.about(setting, on):
            if since := issue.suspended_since(on):
                stage = issue.stage(on)
                ended = stage is not None and stage.number == TERMINATION
                did = "has ended its contract; no new placements" if ended else "has suspended new placements"
                says = f"{issue.council} {did} since {day_words(since)}"
                yield Rule.PLACEMENTS, says, Evidence("issue", issue.ref, says, since, issue.council)

    def _found(self, setting: int, on: dt.date) -> Iterator[tuple[str, str, Evidence]]:
        newest: dict[tuple, VisitFinding] = {}
        for finding in self.findings[setting]:
            if finding.on <= on:
                held = newest.setdefault(finding.key, finding)
                if held.on == finding.on and not finding.met:  # of one day, so neither is the newer
                    newest[finding.key] = finding
        for finding in newest.values():
            if not finding.met:
                says = f"{finding.words} was not met at the visit of {day_words(finding.on)}"
                yield (
                    finding.rule,
                    says,
                    Evidence("visit", ref_of(finding.raw_ref), says, finding.on, finding.council),
                )


def load_limits(context: ScoringContext, regulator: Regulator, issues: Issues) -> Limits:
    return Limits(context.rules.caps, regulator, issues, entries_of(context), findings_of(context))


def entries_of(context: ScoringContext) -> dict[int, list[RegistrationEvidence]]:
    """Return entries by setting, newest first.

    Only settings suspended or under enforcement in any file have entries.
    """
    files = RegisterFile.objects.in_force().filter(as_at__lte=context.last).light().order_by()
    told = {file.pk: headings_told(file) for file in files}
    known = RegisterEntry.objects.filter(file__in=told, setting__in=context.settings)
    marked = known.filter(Q(registration_status__iexact=SUSPENDED) | ~Q(enforcement={}))
    rows = known.filter(setting__in=marked.order_by().values("setting")).order_by("file__as_at", "file")
    entries: dict[int, list[RegistrationEvidence]] = defaultdict(list)
    columns = (
        *("setting", raw_ref("setting__public_id"), "file__as_at", "file"),
        *("sheet", "registration_status", "enforcement"),
    )
    marks: dict[int, dict[str, bool]] = defaultdict(dict)
    for setting, ref, as_at, file, sheet, status, enforcement in rows.values_list(*columns):
        marks[setting] |= dict.fromkeys(told[file].get(sheet, ()), False)
        marks[setting] |= dict.fromkeys(map(name_key, enforcement), True)
        headings = " ".join(heading for heading, says_yes in marks[setting].items() if says_yes)
        suspended = name_key(status) == SUSPENDED or "suspen" in headings
        entries[setting].insert(0, RegistrationEvidence(ref, as_at, suspended, "restriction" in headings))
    return entries


def headings_told(file: RegisterFile) -> dict[str, list[str]]:
    """Return the enforcement headings of each sheet of the file.

    Without a column, the earlier value stays.
    """
    return {
        sheet: [
            name_key(heading)
            for heading, field in zip(headings, fields_by_cell(file, sheet), strict=True)
            if field == "enforcement"
        ]
        for sheet, headings in file.headings.items()
    }


def findings_of(context: ScoringContext) -> dict[int, list[VisitFinding]]:
    """Return findings by setting, the newest visit first.

    Reads only reports of settings where a standard was ever not met.
    """
    visits = reports(context).order_by().values("visit")
    fell_short = VisitAnswer.objects.filter(
        Q(grade__in=[AnswerGrade.NOT_MET, AnswerGrade.NOT_ASSESSED]) | Q(value="no"),
        Q(question__is_key=True) | Q(question__standard__is_limiting=True),
        visit__in=visits,
    )
    rows = reports(context).filter(visit__setting__in=fell_short.order_by().values("visit__setting"))
    columns = ("visit__setting", "visit__question_set_version__question_set", "content__standards")
    findings: dict[int, list[VisitFinding]] = defaultdict(list)
    for setting, question_set, standards, ref, on, council in rows.values_list(
        *columns, raw_ref("visit__public_id"), "visit__visited_on", "visit__council__name"
    ).iterator():
        for key, rule, words, met in found_in(standards, question_set):
            findings[setting].append(VisitFinding(key, rule, words, ref, on, council, met))
    return findings


def found_in(standards: list[dict], question_set: int) -> Iterator[tuple[tuple, str, str, bool]]:
    """Yield (key, rule, words, met) of each limiting standard and key question that a report settles."""
    for standard in standards:
        key, grade = (question_set, standard["code"]), str(AnswerGrade(standard["grade"]).label)
        if standard["is_limiting"] and grade in NOT_MET | SETTLED:
            words = f"the limiting standard “{standard['title']}”"
            yield key, Rule.LIMITING_STANDARD, words, grade in SETTLED
        for finding in standard["findings"]:
            if finding["is_key"] and finding["answer"] in NOT_MET | SETTLED:
                words = f"the key question “{finding['prompt']}”"
                yield (*key, finding["code"]), Rule.KEY_QUESTION, words, finding["answer"] in SETTLED
