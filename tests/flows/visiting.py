"""What the stories of a visit do again and again, by its pages."""

import datetime as dt

from django.urls import reverse
from viewflow.workflow.models import Process

from inspections.visits.models import (
    Visit,
    VisitAnswer,
)
from providers.directory.models import Setting
from qa_portal.core.dates import today
from tests.factories import visits as made
from tests.flows.driving import done, process_of, the_task
from workflows.visits.flows import VisitFlow

MINUTES = dt.timedelta(minutes=5)


def date(name: str, day: dt.date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def plan(world, *, client=None, home: Setting | None = None, **answers):
    """The plan page, sent; returns (answer, visit or None)."""
    version = made.small_question_set()
    home = home or made.home_of_x(world)
    data = {
        "kind": "full",
        "mode": "on_site",
        "notice": "announced",
        "standards": [standard.pk for standard in version.standards.all()],
        "lead": world.membership("contract_officer").pk,
        "reason": "Last visited a year ago",
    }
    data |= date("on", today() + dt.timedelta(days=7)) | answers
    client = client or world.client("contract_officer")
    answer = client.post(reverse("plan_visit_of", args=[home.public_id]), data)
    return answer, Visit.objects.filter(setting=home).first()


def record_url(visit: Visit) -> str:
    return reverse("record_visit", args=[visit.public_id])


def page_data(visit: Visit, **answers) -> dict:
    """What the recording page sends: `q1={"pick": "met"}` answers the first question, and so on."""
    versions = {row.question_id: row.row_version for row in VisitAnswer.objects.filter(visit=visit)}
    fresh = Visit.objects.get(pk=visit.pk)
    data = {"details-version": fresh.row_version, "section": "care"}
    for role in ("young_people", "manager", "staff", "family", "professionals"):
        row = visit.people.filter(role=role).first()
        data[f"details-people_{role}"] = row.number if row else ""
        data[f"details-people_{role}_version"] = row.row_version if row else 0
    if fresh.visited_on:
        data |= {f"details-{name}": value for name, value in date("visited_on", fresh.visited_on).items()}
    for number, question in enumerate(made.questions(visit), start=1):
        given = answers.get(f"q{number}", {})
        data[f"q{question.pk}-row_version"] = versions.get(question.pk, 0)
        data |= {f"q{question.pk}-{name}": value for name, value in given.items()}
    return data


def visited(data: dict, on: dt.date) -> dict:
    return data | {f"details-{name}": value for name, value in date("visited_on", on).items()}


def answer_everything(world, visit: Visit, *, grades=("met", "partly_met", "not_met")) -> None:
    given = {f"q{n}": {"pick": grade, "narrative": f"Seen {n}"} for n, grade in enumerate(grades, start=1)}
    data = visited(page_data(visit, **given), today())
    answer = world.client("contract_officer").post(record_url(visit), data)
    assert answer.status_code == 302, answer.content.decode()


def propose(world, visit: Visit, code: str = "safety"):
    standard = visit.question_set_version.standards.get(code=code)
    data = {"standard": standard.pk, "what": "Two staff are awake every night.", "priority": "urgent"}
    return world.client("contract_officer").post(reverse("propose_action", args=[visit.public_id]), data)


def drafted(world, **answers) -> tuple[Visit, Process]:
    """Planned, recorded, and the draft with the provider."""
    _, visit = plan(world, **answers)
    answer_everything(world, visit)
    assert propose(world, visit).status_code == 302
    process = process_of(VisitFlow, visit)
    done(world.client("contract_officer"), the_task(process, VisitFlow.record))
    visit.refresh_from_db()
    return visit, process


def comment(world, visit: Visit, *, by="provider_manager_x", finding="2.1", **answers):
    url = reverse("comment_on_draft", args=[visit.public_id])
    answers = {"remark": "Two were awake: see the rota."} | answers
    return world.client(by).post(f"{url}?finding={finding}", answers)


def to_sign_off(world) -> tuple[Visit, Process]:
    visit, process = drafted(world)
    done(world.client("provider_manager_x"), the_task(process, VisitFlow.accuracy), answer="confirm")
    return visit, process


def fresh(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def sees(world, persona: str, url: str) -> str:
    answer = world.client(persona).get(url)
    assert answer.status_code == 200, (persona, url, answer.status_code)
    return answer.content.decode()
