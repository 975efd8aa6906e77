"""Home page of administrators of accounts and the installation: people, imports, mail."""

import datetime as dt

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.models import RegisterFile
from providers.notifications.models import Notification
from providers.notifications.selectors import outbox
from providers.people.models import Invitation, Membership, Organisation, Share
from providers.people.selectors import without_second_factor
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import at_london
from qa_portal.portal.health import HealthCheck, checks
from qa_portal.portal.home.panels import (
    Cell,
    Figure,
    HomePage,
    Lines,
    Link,
    PanelLine,
    PanelTag,
    Table,
    counted,
    day_words,
)

MOST, DAYS_NEAR = 12, 3
OLD_FILE = dt.timedelta(days=62)
"""Ofsted publishes its list about once a month, so a warning shows after two missed ones."""
STATES = {"Expired": "red", "Not sent": "yellow", "Sent": "grey"}


def administrator_home(user, on: dt.date) -> HomePage:
    organisation = Organisation.objects.visible_to(user).get(pk=user.scope.organisation_id)
    invitations = list(open_invitations(user))
    return HomePage(
        figures=[invited_figure(invitations), *people_figures(user, organisation), *share_figures(user, on)],
        main=[*health_panels(user), invitations_panel(organisation, invitations)],
        side=[imports_panel(user, on), mail_panel(user, on)],
    )


def health_panels(user) -> list[Table]:
    """Return panels for the installation's administrator alone: they count across councils."""
    if not user.scope.may(Permission.MANAGE_INSTALLATION):
        return []
    found = sorted(checks(), key=lambda one: one.ok)
    wrong = sum(not one.ok for one in found)
    title = f"{counted(wrong, 'part')} of the portal to look at" if wrong else "Everything works"
    return [
        Table(title=title, columns=["Part", "State", "How it is"], cells=[check_row(one) for one in found])
    ]


def check_row(check: HealthCheck) -> list[Cell]:
    mark = PanelTag("Works", "green") if check.ok else PanelTag("Look", "red")
    return [Cell(check.name), Cell("", mark=mark), Cell(check.words, hint=check.to_do)]


def open_invitations(user):
    """Return open invitations, the soonest to expire first; an expired one has to be sent again."""
    seen = Invitation.objects.visible_to(user).open().select_related("organisation")
    return seen.order_by(F("expires_at").asc(), "pk")


def invited_figure(invitations: list[Invitation]) -> Figure:
    words = (
        "invitation waiting for an answer" if len(invitations) == 1 else "invitations waiting for an answer"
    )
    return Figure(len(invitations), words, "#invitations")


def people_figures(user, organisation: Organisation) -> list[Figure]:
    people = Membership.objects.visible_to(user).in_force().filter(organisation=organisation)
    numbers = without_second_factor(people)
    here = reverse("organisation", args=[organisation.public_id])
    one = numbers["without"] == 1
    return [
        Figure(
            numbers["people"], f"{'person' if numbers['people'] == 1 else 'people'} at {organisation}", here
        ),
        Figure(numbers["without"], f"{'person' if one else 'people'} without two-step verification", here),
    ]


def share_figures(user, on: dt.date) -> list[Figure]:
    if not user.scope.may(Permission.MANAGE_SHARES):
        return []
    count = Share.objects.visible_to(user).in_force(on).count()
    words = "share in force" if count == 1 else "shares in force"
    return [Figure(count, words, reverse("shares"))]


def invitations_panel(organisation: Organisation, invitations: list[Invitation]) -> Table:
    here = reverse("organisation", args=[organisation.public_id])
    return Table(
        name="invitations",
        title="Invitations waiting for an answer",
        columns=["Organisation", "Role", "Runs out", "State"],
        cells=[invitation_row(invitation) for invitation in invitations[:MOST]],
        nothing="No invitation waits for an answer.",
        to_do=Link(f"See who acts for {organisation}, or invite somebody", here),
        note=f"The {MOST} that run out first, of {len(invitations)}." if len(invitations) > MOST else "",
    )


def invitation_row(invitation: Invitation) -> list[Cell]:
    near = timezone.now() + dt.timedelta(days=DAYS_NEAR)
    state = invitation.state
    runs_out = (
        PanelTag("Runs out soon", "orange") if state == "Sent" and invitation.expires_at <= near else None
    )
    return [
        Cell(str(invitation.organisation), reverse("organisation", args=[invitation.organisation.public_id])),
        Cell(invitation.get_role_display()),
        Cell(day_words(timezone.localdate(invitation.expires_at)), is_day=True),
        Cell("", mark=runs_out or PanelTag(state, STATES.get(state, "grey"))),
    ]


def imports_panel(user, on: dt.date) -> Lines:
    files = RegisterFile.objects.visible_to(user).in_force().defer("headings")
    newest = files.order_by("-as_at", "-pk").first()
    asked = ImportRequest.objects.visible_to(user).filter(Q(ended_at=None) | Q(state="refused")).with_names()
    may_import = user.scope.may(Permission.IMPORT_REGISTER)
    return Lines(
        title="Ofsted files",
        lines=[*(file_lines(newest, on) if newest else []), *map(request_line, asked[:3])],
        nothing="No file is imported yet, so the register is empty.",
        to_do=Link("Import a file", reverse("new_ofsted_file")) if may_import else None,
        more=[Link("All Ofsted files", reverse("ofsted_files"))],
    )


def file_lines(file: RegisterFile, on: dt.date) -> list[PanelLine]:
    url, refused = reverse("ofsted_file", args=[file.public_id]), len(file.result.get("refused", ()))
    imported = f"Imported on {day_words(timezone.localdate(file.imported_at))}"
    old = PanelTag("Older than two months", "yellow") if on - file.as_at > OLD_FILE else None
    newest = PanelLine(f"As at {day_words(file.as_at)}", url, imported, mark=old)
    if not refused:
        return [newest]
    return [
        newest,
        PanelLine(f"{counted(refused, 'row')} of it could not be read", url, mark=PanelTag("Look", "red")),
    ]


def request_line(asked: ImportRequest) -> PanelLine:
    refused = asked.state == ImportRequest.State.REFUSED
    mark = PanelTag(asked.get_state_display(), "red" if refused else "yellow")
    return PanelLine(
        str(asked), reverse("ofsted_file_import", args=[asked.public_id]), asked.refusal, mark=mark
    )


def mail_panel(user, on: dt.date) -> Lines:
    looked_after = Notification.objects.looked_after_by(user)
    mail = outbox(looked_after, since=at_london(on, dt.time.min))
    page = reverse("mail") if user.scope.may(Permission.MANAGE_INSTALLATION) else ""
    lines = [
        PanelLine(f"{counted(mail.sent_today, 'message')} sent today", page),
        PanelLine(f"{counted(mail.waiting, 'message')} on the way", page, mark=late_mark(mail)),
        PanelLine(
            f"{counted(mail.dead, 'message')} could not be delivered",
            page,
            mark=PanelTag("Look", "red") if mail.dead else None,
        ),
    ]
    return Lines(title="Mail", lines=lines)


def late_mark(mail) -> PanelTag | None:
    if mail.failing:
        return PanelTag(f"{mail.failing} tried without success", "yellow")
    return None
