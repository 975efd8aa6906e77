"""Who reads the questions: whoever acts for somebody. A draft, whoever looks after the installation."""

import datetime as dt

from inspections.frameworks.models import Framework, FrameworkVersion
from inspections.frameworks.services import publish_version, start_version
from qa_portal.core.dates import today
from tests.access.policy import INSTALLATION, MEMBERS, Rule
from tests.factories.world import World

LABELS = ("framework-draft",)
KNOWS: dict[str, set[str]] = {INSTALLATION: {"framework-draft"}}
CODE = "childrens-homes"


def add_things(world: World) -> None:
    """Two published versions, and a draft of a third whose texts are not out yet."""
    user, framework = world.as_(INSTALLATION), Framework.objects.get(code=CODE)
    publish_version(
        by=user,
        version=start_version(by=user, framework=framework),
        from_on=today() + dt.timedelta(days=400),
    )
    draft = start_version(by=user, framework=framework)
    asked = draft.standards.first().questions.first()
    asked.guidance = "CANARY-framework-draft-"
    asked.save()
    world.things["framework_draft"] = FrameworkVersion.objects.get(pk=draft.pk)


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    everybody, installation = Rule.page(MEMBERS), Rule.page(frozenset({INSTALLATION}))
    return {
        "frameworks": [({}, everybody)],
        "framework_version": [
            ({"code": CODE, "number": 1}, everybody),
            ({"code": CODE, "number": 3}, installation),
        ],
        "compare_versions": [
            ({"code": CODE, "before": 1, "after": 2}, everybody),
            ({"code": CODE, "before": 1, "after": 3}, installation),
        ],
    }
