"""Who reads the questions: whoever acts for somebody. A draft, whoever looks after the installation."""

import datetime as dt

from inspections.question_sets.models import QuestionSet, QuestionSetVersion
from inspections.question_sets.services import publish_version, start_version
from qa_portal.core.dates import today
from tests.access.policy import INSTALLATION, MEMBERS, Rule
from tests.factories.world import World

LABELS = ("question-set-draft",)
KNOWS: dict[str, set[str]] = {INSTALLATION: {"question-set-draft"}}
CODE = "childrens-homes"


def add_things(world: World) -> None:
    """Two published versions, and a draft of a third whose texts are not out yet."""
    user, question_set = world.as_(INSTALLATION), QuestionSet.objects.get(code=CODE)
    publish_version(
        by=user,
        version=start_version(by=user, question_set=question_set),
        from_on=today() + dt.timedelta(days=400),
    )
    draft = start_version(by=user, question_set=question_set)
    asked = draft.standards.first().questions.first()
    asked.guidance = "CANARY-question-set-draft-"
    asked.save()
    world.things["question_set_draft"] = QuestionSetVersion.objects.get(pk=draft.pk)


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    everybody, installation = Rule.page(MEMBERS), Rule.page(frozenset({INSTALLATION}))
    return {
        "question_sets": [({}, everybody)],
        "question_set_version": [
            ({"code": CODE, "number": 1}, everybody),
            ({"code": CODE, "number": 3}, installation),
        ],
        "compare_versions": [
            ({"code": CODE, "before": 1, "after": 2}, everybody),
            ({"code": CODE, "before": 1, "after": 3}, installation),
        ],
    }
