from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from inspections.scorecards.inputs.definitions import NoDefinition
from inspections.scorecards.inputs.visibility import EVERYBODY, EvidenceScope
from inspections.scorecards.presentation.exports import FORMATS, PaperText
from inspections.scorecards.scoring.results import Scorecard
from inspections.scorecards.scoring.words import day_words
from inspections.scorecards.selectors import scorecard, settings_watched
from providers.directory.models import Authority, Setting
from providers.people.models import Organisation
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from qa_portal.core.ui.date_field import EARLIEST_YEAR
from workflows.management.days import day_argument
from workflows.management.files import write_whole

WHOSE = "By the records of every council here: a page shows each reader what they may see, so its figures can differ"


@dataclass(frozen=True)
class View:
    """Which settings, by whose evidence, said in words, and what the page's address asks for besides the day."""

    scope: EvidenceScope
    among: Any
    narrowed: str
    council: str = ""
    asked: tuple[tuple[str, str], ...] = (("only", "all"),)


class Command(BaseCommand):
    help = "The scorecard as at a day: of every registered setting, or of those that one council watches."

    def add_arguments(self, parser):
        parser.add_argument("--as-at", type=day_argument, metavar="YYYY-MM-DD", required=True)
        parser.add_argument(
            "--authority", metavar="NAME", help="as its council sees it; without one here, the settings there"
        )
        parser.add_argument("--format", choices=sorted(FORMATS), default="json")
        parser.add_argument("--out", type=Path, metavar="FILE", help="instead of the standard output")

    def handle(self, *, as_at, authority: str | None, format: str, out: Path | None, **options):
        if as_at > today():
            raise CommandError(f"{day_words(as_at)} is still to come: give today or a day before it.")
        if as_at.year < EARLIEST_YEAR:
            raise CommandError(f"Nothing is known of any day before {EARLIEST_YEAR}.")
        if out is None and format in {"pdf", "xlsx"} and self.stdout.isatty():
            raise CommandError(f"A terminal cannot show {format.upper()}: give --out FILE.")
        view = (
            view_of(authority, as_at)
            if authority
            else View(EVERYBODY, Setting.objects.all(), "All registered")
        )
        try:
            content = FORMATS[format].make(self.told(view, as_at), sheet_of(view, as_at))
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.put(content, out)

    def told(self, view: View, as_at) -> Scorecard:
        try:
            told = scorecard(as_at=as_at, scope=view.scope, among=view.among)
        except NoDefinition as missing:
            raise CommandError(str(missing)) from missing
        if not told.rows:
            raise CommandError(f"No such setting is known to have been registered on {day_words(as_at)}.")
        return told

    def put(self, content: bytes, out: Path | None) -> None:
        if out is not None:
            try:
                write_whole(out, content)
            except OSError as fault:
                raise CommandError(f"{out} cannot be written: {fault.strerror}.") from fault
        elif buffer := getattr(self.stdout, "buffer", None):
            buffer.write(content)
            buffer.flush()
        else:
            self.stdout.write(content.decode(), ending="")


def view_of(name: str, as_at) -> View:
    """Return a council's own view, by its name or its authority's; else the settings in the authority of that name."""
    councils = Organisation.objects.councils().select_related("authority")
    council = (
        councils.filter(name__iexact=name).first() or councils.filter(authority__name__iexact=name).first()
    )
    if council is not None:
        watched = settings_watched(council, as_at)
        return View(
            EvidenceScope.of_council(council),
            watched,
            "Settings that the council watches",
            str(council),
            (("council", str(council.public_id)),),
        )
    authority = Authority.objects.filter(name__iexact=name).first()
    if authority is None:
        raise CommandError(f"No council or authority here is called “{name}”.")
    asked = (("only", "all"), ("authority", str(authority.pk)))
    there = Setting.objects.filter(authority__in=Authority.objects.lineage(authority.pk))
    return View(EVERYBODY, there, f"Authority: {authority.name}", asked=asked)


def sheet_of(view: View, as_at) -> PaperText:
    query = urlencode([("as_at", as_at.isoformat()), *view.asked])
    narrowed = (view.narrowed, WHOSE) if view.scope is EVERYBODY else (view.narrowed,)
    return PaperText(f"{reverse('scorecards')}?{query}", narrowed, view.council, in_job=True)
