"""The documents that providers hold: real PDFs, made by our own PDF maker, renewed in time, late or not at all."""

from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

from providers.documents.document_kinds import INSURANCES, DocumentKind
from providers.documents.models import Document
from providers.documents.services import store_document
from providers.people.rules import own_membership
from qa_portal.core.pdf import render_pdf
from qa_portal.portal.demo.replay import once
from qa_portal.portal.demo.story.story_steps import as_, in_days

MILLION = 1_000_000
COVER = {DocumentKind.PUBLIC_LIABILITY: 10 * MILLION, DocumentKind.EMPLOYERS_LIABILITY: 10 * MILLION}
TEXTS = {
    DocumentKind.PUBLIC_LIABILITY: [
        "Abuse is covered up to the full cover amount.",
        "No inner limit applies.",
    ],
    DocumentKind.EMPLOYERS_LIABILITY: [
        "Everybody who works for the insured is covered, agency workers included."
    ],
    DocumentKind.SAFEGUARDING_POLICY: [
        "The designated lead and her deputy are named, with their telephone numbers.",
        "A concern is passed on the same day, by the person who has it, in the words that were used.",
    ],
    DocumentKind.STATEMENT_OF_PURPOSE: [
        "Who the service is for, what it offers, and what it does not.",
        "How staff are chosen, trained and supervised.",
    ],
    DocumentKind.REFERENCE: [
        "We have placed children with this provider for four years and would do so again."
    ],
}
RULE = [
    "What staff do, by whom and when, on one page.",
    "Read by every new member of staff in the first week.",
]
POLICIES = dict.fromkeys(
    [
        DocumentKind.MISSING_POLICY,
        DocumentKind.BEHAVIOUR_POLICY,
        DocumentKind.COMPLAINTS_POLICY,
        DocumentKind.WHISTLEBLOWING_POLICY,
        DocumentKind.SAFER_RECRUITMENT_POLICY,
    ],
    RULE,
)
CERTIFICATE = {DocumentKind.OFSTED_CERTIFICATE: ["The conditions of registration are on the back."]}
HOLDERS = ("provider", "rowanthwaite", "ashgarth", "larkrigg", "thornbeck")
A_YEAR = 365


@once
def library(login: str) -> None:
    """Everything that a lot asks for."""
    for kind in TEXTS:
        store(login, kind)


@once
def policies(login: str, *, left_out: Sequence[DocumentKind] = ()) -> None:
    """Upload what else a council expects of a well-run provider."""
    for kind in sorted((POLICIES | CERTIFICATE).keys() - set(left_out)):
        store(login, kind)


@once
def renewed(login: str, *kinds: DocumentKind, days: int = A_YEAR) -> None:
    """Replace the policies by new ones that expire in so many days."""
    for kind in kinds or (DocumentKind.PUBLIC_LIABILITY, DocumentKind.EMPLOYERS_LIABILITY):
        store(login, kind, days)


def store(login: str, kind: DocumentKind, days: int = A_YEAR) -> Document:
    with as_(login) as user:
        facts: dict = {}
        if kind in INSURANCES:
            facts = {"cover_amount": COVER[kind], "from_on": in_days(0), "expires_on": in_days(days)}
        organisation = own_membership(user).organisation
        last = Document.objects.filter(organisation=organisation, kind=kind).order_by("uploaded_at").last()
        lines = (TEXTS | POLICIES | CERTIFICATE)[kind]
        pdf = made(kind.label, str(organisation), lines, facts)
        return store_document(by=user, upload=pdf, kind=kind, identifies_child=False, replaces=last, **facts)


def paper(login: str, kind: DocumentKind, title: str, *lines: str) -> Document:
    """One more document of somebody's organisation."""
    with as_(login) as user:
        pdf = made(title, str(own_membership(user).organisation), lines, {})
        return store_document(by=user, upload=pdf, kind=kind, identifies_child=False)


def made(title: str, organisation: str, lines, facts: dict) -> SimpleUploadedFile:
    context = {"organisation": organisation, "lines": lines, "facts": facts}
    content = render_pdf("pdf/demo_paper.html", context, title=title, address="/documents/")
    name = f"{title}.pdf".replace("’", "")
    return SimpleUploadedFile(name, content, "application/pdf")
