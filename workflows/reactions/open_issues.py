"""Bad news about a setting in use opens a case, once for each council that uses it and each event.

This is the only place where an import, a judgement or a concern of a visit sets an issue in motion.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from inspections.issues.models import ContractIssue
from inspections.issues.rules import check_can_raise
from inspections.issues.selectors import known_without_case, known_worse
from inspections.ofsted.deteriorations import Deterioration, worse_as_recorded, worse_in_file
from inspections.ofsted.importer.results import FeedResult
from inspections.ofsted.models import Inspection, RegisterEntry, RegisterFile
from inspections.ofsted.selectors import current_judgements
from inspections.visits.models import VisitConcern
from providers.contracts.selectors import in_use
from providers.directory.models import Clock, Setting
from providers.people.models import Organisation, User
from providers.people.rules import own_organisation
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.present import present
from qa_portal.core.rules import Refused
from workflows.issues.services import open_case

Source, Severity = ContractIssue.Source, ContractIssue.Severity
NEWS = "judgement_is_news"


def open_from_file(file: RegisterFile, result: FeedResult) -> list[ContractIssue]:
    """Open issues for what no newer file speaks of, for councils whose first file it is not."""
    told_since = urns_in_newer_files(file)
    if told_since is None:
        return []
    news = [
        worse
        for worse in worse_in_file(file, result)
        if worse.setting.urn not in told_since and is_news(worse, file.as_at)
    ]
    news = without_superseded(news)
    opened = []
    with audit_as(reason=f"Import of {file.filename}"):
        for council in councils_after_their_first(file) if news else ():
            opened += open_for(council, news)
    return opened


def urns_in_newer_files(file: RegisterFile) -> set[str] | None:
    """None where a whole file is newer: it speaks of every setting."""
    newer = RegisterFile.objects.active().exclude(pk=file.pk)
    newer = newer.exclude(pk__in=newer.before(file.as_at, file.pk).values("pk"))
    if newer.filter(scope_kind=RegisterFile.ScopeKind.WHOLE).exists():
        return None
    return set(RegisterEntry.objects.filter(file__in=newer).order_by().values_list("urn", flat=True))


def councils_after_their_first(file: RegisterFile) -> Iterable[Organisation]:
    """Yield the councils that had joined before an earlier import.

    What a council finds in its first file it did not see happen: that is listed, and opens nothing.
    """
    imports = RegisterFile.objects.active().exclude(pk=file.pk)
    imports = imports.order_by("imported_at").values_list("imported_at")
    latest = imports.last()
    for council in Organisation.objects.councils().select_related("authority"):
        joined = council.history.order_by("history_id").values_list("history_date", flat=True).first()
        if latest and joined and latest[0] >= joined:
            yield council


def open_for(council: Organisation, news: Sequence[Deterioration]) -> list[ContractIssue]:
    every = in_use(today(), council.authority_id)
    used = set(every.filter(pk__in=[worse.setting.pk for worse in news]).values_list("pk", flat=True))
    known = set(
        ContractIssue.objects.filter(council=council, inspection__isnull=False).values_list(
            "inspection", flat=True
        )
    )
    opened = []
    for worse in news:
        told_again = worse.inspection and worse.inspection.pk in known
        if worse.setting.pk in used and not told_again:
            issue, is_new = open_worse(by=None, council=council, worse=worse)
            opened += [issue] if is_new else []
    return opened


def open_worse(*, by: User | None, council: Organisation, worse: Deterioration) -> tuple[ContractIssue, bool]:
    inspection = worse.inspection
    return open_case(
        by=by,
        council=council,
        setting=worse.setting,
        source=Source.JUDGEMENT if inspection else Source.SUSPENSION,
        source_ref=worse.ref,
        title=worse.what,
        summary=published_words(inspection) if inspection else "",
        severity=Severity.HIGH if worse.is_lowest else Severity.MEDIUM,
        concerns=concerns_of(inspection) if inspection else ["Ofsted has suspended the registration."],
        inspection=inspection,
    )


def published_words(inspection: Inspection) -> str:
    words = f"{inspection.inspection_type} by Ofsted"
    if inspection.inspected_on:
        words += f" on {inspection.inspected_on:%-d %B %Y}"
    if inspection.published_on:
        words += f", published on {inspection.published_on:%-d %B %Y}"
    return f"{words}."


def concerns_of(inspection: Inspection) -> list[str]:
    """Return the judgements that are as low as the headline one, in the words of their scale."""
    questions = {question.code: question.label for question in present(inspection.scale).judgements.all()}
    headline = inspection.headline
    return [
        f"{questions.get(one.subject, one.subject)}: {one.words}"
        for one in inspection.judgements.all()
        if headline and one.words == headline.words
    ]


def is_news(worse: Deterioration, as_at: dt.date) -> bool:
    """Return whether it was published within the time that the clock allows (60 days).

    What has no day of its own counts from the file's.
    """
    inspection = worse.inspection
    day = (inspection.published_on or inspection.inspected_on) if inspection else as_at
    clock = Clock.objects.in_force(today()).filter(code=NEWS).first()
    return day is not None and (clock is None or day >= today() - dt.timedelta(days=clock.amount))


def without_superseded(news: Sequence[Deterioration]) -> list[Deterioration]:
    """Return the news without judgements that a newer one has replaced, from whatever source."""
    current = current_judgements([worse.setting for worse in news], today())
    return [
        worse
        for worse in news
        if worse.inspection is None or current.get(worse.setting.pk) == worse.inspection
    ]


def verified_of_late():
    """Return recorded judgements that count, are recent bad news, and have no issue yet."""
    found = (
        Inspection.objects.recorded_by_hand()
        .published_by(today())
        .exclude(issues__council=F("recorded_for"))
        .select_related("setting__provision_type", "inspection_type", "scale", "recorded_for__authority")
        .prefetch_related("judgements__grade", "scale__judgements")
    )
    return [inspection for inspection in found if worse_for_its_council(inspection)]


def worse_for_its_council(inspection: Inspection) -> Deterioration | None:
    worse = worse_as_recorded(inspection, today())
    if worse is None or not is_news(worse, today()):
        return None
    council = present(inspection.recorded_for)
    if ContractIssue.objects.filter(council=council, source_ref=worse.ref).exists():
        return None
    used = in_use(today(), council.authority_id).filter(pk=inspection.setting_id)
    return worse if used.exists() else None


@transaction.atomic
def open_from_inspection(inspection: Inspection) -> None:
    """Open the issue that the inspection calls for, reading it anew: a withdrawn or overtaken one opens nothing."""
    fresh = locked(inspection)
    if worse := worse_for_its_council(fresh):
        open_worse(by=None, council=present(fresh.recorded_for), worse=worse)


@transaction.atomic
def open_known(*, by: User, setting: Setting) -> ContractIssue:
    """Open an issue for a setting of `known_without_case`, on a person's decision.

    Raise Refused if it has one already, or the council no longer uses it.
    """
    check_can_raise(by)
    council = own_organisation(by)
    found = [known for known in known_without_case(council, today()) if known.pk == setting.pk]
    if not found:
        raise Refused("This setting already has a contract issue, or your council no longer uses it.")
    worse = known_worse(found[0])
    issue, _ = open_worse(by=by, council=council, worse=worse)
    return issue


def unopened_concerns():
    """Return immediate concerns raised at visits for which no issue has been opened yet."""
    names = ("visit__council", "visit__setting__provision_type", "visit__provider")
    return VisitConcern.objects.filter(issue=None).select_related(*names)


def open_from_concern(concern: VisitConcern) -> None:
    """Its words stay with the council: triage says in others what the provider is told."""
    visit = concern.visit
    open_case(
        by=None,
        council=visit.council,
        setting=visit.setting,
        provider=visit.provider,
        service=visit.service,
        source=Source.VISIT,
        source_ref=f"visit concern {concern.public_id}",
        title=f"Concern raised at a visit on {timezone.localtime(concern.raised_at):%-d %B %Y}",
        staff_note=concern.text,
        severity=Severity.HIGH,
        visit_concern=concern,
    )
