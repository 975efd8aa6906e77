"""What happens in the demo region, and when: (days from today, what). Read from top to bottom it is the story.

Rowanthwaite does well throughout, Fellside has better and worse homes, Larkrigg is sound, Ashgarth gets worse and
does not answer, Thornbeck's flats are suspended. Of Skell Bridge the council knows next to nothing.
"""

from inspections.visits.models import Visit
from providers.documents.document_kinds import DocumentKind
from qa_portal.portal.demo.replay import Story
from qa_portal.portal.demo.story import (
    actions,
    applications,
    documents,
    issues,
    opening,
    recorded_inspections,
    register,
    self_assessments,
    systems,
    visits,
)
from qa_portal.portal.demo.story.actions import in_time, late, unanswered, under_way
from qa_portal.portal.demo.story.opening import PLACED_BY_CUMBERLAND
from qa_portal.portal.demo.story.self_assessments import HOMES
from qa_portal.portal.demo.story.visits import FLATS, MIXED, POORLY, SAFETY, WELL

LIABILITY = DocumentKind.PUBLIC_LIABILITY
UNANNOUNCED = Visit.Notice.UNANNOUNCED


def calendar() -> list[tuple[int, Story]]:
    parts = [
        opening_days(),
        two_years_ago(),
        last_year(),
        this_year(),
        these_months(),
        these_weeks(),
        today(),
    ]
    return [dated for part in parts for dated in part]


def weeks_alone() -> list[tuple[int, Story]]:
    """Return the same region with a past of ten weeks only, for tests, which have no minutes to spare."""
    return [(-70, begins) for _, begins in opening_days()] + these_months() + these_weeks() + today()


def opening_days() -> list[tuple[int, Story]]:
    return [
        (-730, opening.people()),
        (-729, register.years_before()),
        (-729, register.file_as_at(16)),
        (-728, opening.placed()),
        (-728, opening.placed("cumberland-placements", PLACED_BY_CUMBERLAND)),
        (-728, opening.confirmed("officer")),
        (-728, opening.confirmed("cumberland")),
        (-728, opening.names()),
        (-727, opening.leads()),
        *((-725, documents.library(login)) for login in documents.HOLDERS),
        (-725, documents.policies("rowanthwaite")),
        (-725, documents.policies("larkrigg", left_out=[DocumentKind.WHISTLEBLOWING_POLICY])),
        (
            -725,
            documents.policies(
                "provider", left_out=[DocumentKind.MISSING_POLICY, DocumentKind.BEHAVIOUR_POLICY]
            ),
        ),
        (-724, systems.residential_opens()),
    ]


def two_years_ago() -> list[tuple[int, Story]]:
    return [
        (-722, issues.known("officer", "Birk Rigg", provider="provider")),
        (-712, applications.approved("provider", {"R1": ["Fellside House", "Beck View"]})),
        (
            -705,
            visits.visited("officer", "Birk Rigg", POORLY, provider="provider2", comments=True, then=late),
        ),
        (-700, visits.visited("officer2", "Tarn Lodge", MIXED, provider="ashgarth", then=in_time)),
        (-690, applications.rejected("thornbeck", {"S1": ["Mill Rise"]})),
        (-684, visits.visited("officer", "Fellside House", WELL, provider="provider2")),
        (-676, visits.visited("officer2", "Ghyll End", WELL, provider="rowanthwaite")),
        (-668, applications.approved("rowanthwaite", {"R1": ["Ghyll End"]})),
        (-661, visits.visited("officer", "Heron Bank", MIXED, provider="larkrigg", then=in_time)),
        (-655, visits.visited("officer", "Beck View", WELL)),
        (-640, applications.approved("ashgarth", {"R1": ["Tarn Lodge"]})),
        (
            -634,
            visits.visited("officer3", "Mill Rise", MIXED, about=FLATS, provider="thornbeck", then=in_time),
        ),
        (-610, issues.advised("officer", "Fellside House", "Rota sent late", [issues.LATE], closed=True)),
        (
            -590,
            visits.visited(
                "cumberland", "Ghyll End", WELL, provider="rowanthwaite", signs="cumberland-manager"
            ),
        ),
        (-560, applications.approved("thornbeck", {"S1": ["Mill Rise"]})),
        (-557, opening.away("officer2", days=12)),
        (-545, register.file_as_at(12)),
        (-525, visits.visited("officer", "Birk Rigg", MIXED, provider="provider2", then=in_time)),
        (
            -520,
            visits.visited("officer2", "Tarn Lodge", MIXED, provider="ashgarth", comments=True, then=late),
        ),
        (-505, visits.visited("officer", "Fellside House", MIXED, provider="provider2", then=in_time)),
        (-495, visits.visited("officer2", "Ghyll End", WELL, provider="rowanthwaite", notice=UNANNOUNCED)),
        (-485, visits.visited("officer", "Heron Bank", WELL, provider="larkrigg")),
        (-475, visits.visited("officer", "Beck View", MIXED, provider="provider2", then=late)),
        (-460, visits.visited("officer3", "Mill Rise", MIXED, about=FLATS, then=late)),
    ]


def last_year() -> list[tuple[int, Story]]:
    answers = self_assessments.validated
    return [
        (-402, self_assessments.campaign("officer", "childrens-homes", "Children’s homes", HOMES, due_in=28)),
        (
            -400,
            self_assessments.campaign(
                "officer3", "supported-accommodation", "Supported accommodation", ["Mill Rise"], due_in=28
            ),
        ),
        (-388, answers("rowanthwaite", "Ghyll End", by="officer2")),
        (-382, answers("provider2", "Fellside House", self_assessments.WEAK)),
        (-380, answers("larkrigg", "Heron Bank", returned=True)),
        (-378, answers("provider2", "Beck View", self_assessments.WEAK)),
        (-375, answers("thornbeck", "Mill Rise", by="officer3")),
        (-372, documents.renewed("rowanthwaite")),
        (-370, documents.renewed("larkrigg")),
        (-368, documents.renewed("provider")),
        (-366, answers("provider2", "Birk Rigg", self_assessments.WEAK)),
        (-365, opening.placed()),
        (-365, opening.confirmed("officer")),
        (-364, documents.renewed("thornbeck")),
        (-360, register.file_as_at(10)),
        (-360, issues.fell_below_good("officer", "Beck View")),
        (-350, visits.visited("officer", "Birk Rigg", WELL, provider="provider2")),
        (-345, documents.renewed("ashgarth", LIABILITY)),
        (-344, documents.renewed("ashgarth", DocumentKind.EMPLOYERS_LIABILITY, days=330)),
        (
            -342,
            visits.visited("officer2", "Tarn Lodge", POORLY, about=SAFETY, provider="ashgarth", then=late),
        ),
        (-335, visits.visited("officer", "Fellside House", WELL, provider="provider2")),
        (-325, visits.visited("officer2", "Ghyll End", WELL, provider="rowanthwaite")),
        (
            -318,
            issues.improved(
                "officer2", "Ghyll End", "Medicines records", issues.MEDICINES, provider="rowanthwaite"
            ),
        ),
        (-315, visits.visited("officer", "Heron Bank", MIXED, provider="larkrigg", then=in_time)),
        (-305, visits.visited("officer", "Beck View", MIXED, provider="provider2", then=late)),
        (-290, visits.visited("officer3", "Mill Rise", POORLY, about=FLATS, provider="thornbeck", then=late)),
        (
            -280,
            visits.visited(
                "cumberland",
                "Heron Bank",
                MIXED,
                provider="larkrigg",
                signs="cumberland-manager",
                then=in_time,
            ),
        ),
        (-262, issues.advised("cumberland", "Heron Bank", "Late notifications", [issues.LATE], closed=True)),
    ]


def this_year() -> list[tuple[int, Story]]:
    return [
        (-203, register.file_as_at(8)),
        (-203, issues.no_plan_came("officer2", "Tarn Lodge")),
        (-190, visits.visited("officer2", "Tarn Lodge", POORLY, about=SAFETY, then=unanswered)),
        (-185, visits.visited("officer", "Birk Rigg", WELL, provider="provider2")),
        (-175, visits.visited("officer2", "Ghyll End", WELL, provider="rowanthwaite")),
        (-165, visits.visited("officer", "Fellside House", WELL, provider="provider2", comments=True)),
        (-155, visits.visited("officer", "Heron Bank", WELL, provider="larkrigg")),
        (-148, visits.visited("officer", "Beck View", POORLY, about=SAFETY, provider="provider2", then=late)),
        (-140, visits.visited("officer3", "Larch Cottage", WELL, about=FLATS, provider="provider2")),
        (
            -120,
            visits.visited(
                "officer3", "Mill Rise", POORLY, about=FLATS, provider="thornbeck", then=unanswered
            ),
        ),
        (
            -100,
            actions.agreed("officer", "Heron Bank", "The complaints leaflet is in every bedroom.", in_time),
        ),
        (-95, actions.called_off("officer", "Ghyll End", "The garden fence is mended.")),
        (
            -70,
            visits.visited(
                "cumberland", "Ghyll End", WELL, provider="rowanthwaite", signs="cumberland-manager"
            ),
        ),
    ]


def these_months() -> list[tuple[int, Story]]:
    about = (*visits.CARE, "leadership-and-management")
    reason = "The grade of Ofsted’s last visit."
    return [
        (
            -48,
            visits.visited(
                "officer",
                "Birk Rigg",
                POORLY,
                about=about,
                kind=Visit.Kind.RESPONSIVE,
                reason=reason,
                provider="provider",
                then=under_way,
            ),
        ),
        (
            -40,
            visits.visited(
                "officer2",
                "Ghyll End",
                MIXED,
                provider="rowanthwaite",
                comments=True,
                until="answers",
                notice=UNANNOUNCED,
            ),
        ),
        (
            -34,
            actions.agreed(
                "officer2", "Tarn Lodge", "Fire drills are held at night too.", unanswered, due_in=20
            ),
        ),
        (-30, systems.fostering_is_written()),
    ]


def these_weeks() -> list[tuple[int, Story]]:
    return [
        (
            -26,
            visits.visited(
                "officer",
                "Fellside House",
                MIXED,
                provider="provider2",
                comments=True,
                until="draft",
                notice_days=10,
            ),
        ),
        (
            -22,
            visits.visited(
                "officer",
                "Tarn Lodge",
                MIXED,
                kind=Visit.Kind.DESKTOP,
                mode="",
                provider="ashgarth",
                comments=True,
                until="comments",
                notice_days=4,
            ),
        ),
        (-21, visits.planned("officer3", "Larch Cottage", after=16, about=FLATS)),
        (-20, issues.suspended("officer3", "Mill Rise", "Nights without staff", issues.NIGHTS)),
        (-18, self_assessments.campaign("officer", "childrens-homes", "Children’s homes", HOMES, due_in=32)),
        (
            -18,
            self_assessments.campaign(
                "officer3", "supported-accommodation", "Supported accommodation", ["Mill Rise"], due_in=19
            ),
        ),
        (-17, self_assessments.validated("rowanthwaite", "Ghyll End", by="officer2")),
        (-17, actions.with_paper("officer", "Beck View", "Medicines are counted at each handover.")),
        (-16, self_assessments.validated("provider2", "Fellside House", self_assessments.WEAK)),
        (-15, documents.renewed("rowanthwaite")),
        (-15, documents.renewed("larkrigg")),
        (-14, documents.renewed("provider")),
        (-14, self_assessments.returned("ashgarth2", "Tarn Lodge", by="officer2")),
        (-12, register.file_as_at(10)),
        (-12, issues.opened_by_import("officer", "Beck View")),
    ]


def today() -> list[tuple[int, Story]]:
    return [
        (-12, applications.in_checks("larkrigg", {"R1": ["Heron Bank"], "R2": ["Heron Bank"]})),
        (
            -11,
            issues.plan_to_judge(
                "officer", "Heron Bank", "Medicines records", issues.MEDICINES, provider="larkrigg"
            ),
        ),
        (-10, issues.advised("officer", "Beck View", "Late notifications", [issues.LATE], closed=False)),
        (-9, recorded_inspections.published("Birk Rigg", "good")),
        (-9, visits.called_off("officer3", "Mill Rise", after=16)),
        (-8, applications.asked_about("provider", {"S2": ["Larch Cottage"]})),
        (
            -8,
            actions.agreed(
                "officer", "Fellside House", "The visitors’ book says who was seen.", actions.answered
            ),
        ),
        (-6, self_assessments.begun("provider2", "Beck View")),
        (-5, self_assessments.submitted("larkrigg", "Heron Bank", self_assessments.WEAK)),
        (-5, issues.proposed("officer2", "Tarn Lodge", "Locks on bedroom doors", issues.LOCKS, 3)),
        (-4, applications.drafted("ashgarth", {"R2": ["Tarn Lodge"]})),
        (-4, self_assessments.begun("thornbeck", "Mill Rise")),
        (-4, recorded_inspections.told_beforehand("Heron Bank", "good")),
        (-3, applications.applied("rowanthwaite", {"R2": ["Ghyll End"]})),
        (-3, actions.returned("officer", "Tarn Lodge", "Every room has a lock that opens from inside.")),
        (-2, visits.planned("officer", "Beck View", after=14, kind=Visit.Kind.FULL, assessors=["nurse"])),
        (-2, visits.planned("officer2", "Tarn Lodge", after=7, notice=UNANNOUNCED, about=SAFETY)),
        (-1, opening.invited()),
        (-1, opening.away("officer3", days=14)),
        (-1, issues.raised("lado", "Heron Bank", "Complaint about a night worker", issues.RUDE)),
        (0, opening.placed("placements", opening.PLACED_TODAY)),
        (0, opening.away("officer2", days=10, starts_in=30)),
        (0, visits.planned("officer", "Larch Cottage", about=FLATS, mode=Visit.Mode.VIRTUAL)),
        (0, visits.being_recorded("officer", "Heron Bank")),
    ]
