"""Who gets what at the pages of imports, placing counts and code lists."""

from datetime import date

from django.utils import timezone

from inspections.ofsted.importer.import_requests import ImportRequest
from inspections.ofsted.models import RegisterFile
from providers.directory.code_services import LISTS
from providers.directory.models import Forum
from qa_portal.core.access.permissions import Permission as P
from tests.access.policy import INSTALLATION, NOBODY, NORTH, SOUTH, STRANGERS, Rule, about, north_with
from tests.factories.register import import_rows
from tests.factories.world import World
from tests.unit.inspections.ofsted.building import register, row

LABELS: tuple[str, ...] = ()
KNOWS: dict[str, set[str]] = {}
COUNCILS = NORTH | SOUTH | STRANGERS
INSTALLERS = frozenset({INSTALLATION})
RECORDERS = north_with(P.RECORD_PLACING_COUNTS) | SOUTH | STRANGERS


def add_things(world: World) -> None:
    import_rows(row(), as_at=date(2024, 3, 31))
    world.things |= {
        "register_file": RegisterFile.objects.get(),
        "import_waiting": asked(world, ImportRequest.State.WAITING),
        "import_previewed": asked(
            world,
            ImportRequest.State.PREVIEWED,
            result=RegisterFile.objects.get().result,
            previewed_at=timezone.now(),
            speaks_for=date(2024, 9, 30),
        ),
    }


def asked(world: World, state: str, **facts) -> ImportRequest:
    return ImportRequest.objects.create(
        filename="register_2024-09-30.csv",
        content=register(row()),
        as_at=date(2024, 9, 30),
        asked_by=world.membership(INSTALLATION),
        state=state,
        **facts,
    )


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    each = dict.fromkeys(("import_waiting", "import_previewed"), INSTALLERS)
    previewed = {"import_previewed": INSTALLERS}
    forum = Forum.objects.first()
    return {
        "ofsted_files": [({}, Rule.page(COUNCILS))],
        "new_ofsted_file": [({}, Rule.form(INSTALLERS))],
        "ofsted_file_import": about(things, each, Rule.page),
        # one that is still being read has nothing to confirm: 422
        "confirm_ofsted_file_import": [
            *about(things, previewed, lambda who: Rule.form(who, 302)),
            ({"public_id": things["import_waiting"].public_id}, Rule.form(INSTALLERS)),
        ],
        "withdraw_ofsted_file_import": about(things, each, lambda who: Rule.form(who, 302)),
        "withdraw_ofsted_file": about(things, {"register_file": INSTALLERS}, lambda who: Rule.form(who)),
        "ofsted_file": about(things, {"register_file": COUNCILS}, Rule.page),
        "placing_counts": [({}, Rule.page(RECORDERS))],
        "upload_placing_counts": [({}, Rule.form(RECORDERS))],
        "confirm_use": [({}, Rule.form(RECORDERS))],
        "code_lists": [({}, Rule.page(INSTALLERS))],
        "code_list": [
            *(({"kind": kind}, Rule.page(INSTALLERS)) for kind in LISTS),
            ({"kind": "no-such-list"}, Rule.page(NOBODY)),
        ],
        "add_code": [
            *(({"kind": kind}, Rule.form(INSTALLERS)) for kind in ("forums", "grade-scales")),
            ({"kind": "no-such-list"}, Rule.page(NOBODY)),
        ],
        "change_code": [
            ({"kind": "forums", "pk": forum.pk}, Rule.form(INSTALLERS)),
            ({"kind": "forums", "pk": 0}, Rule.form(NOBODY)),
        ],
    }
