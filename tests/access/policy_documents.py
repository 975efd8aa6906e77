"""Who gets what at documents: a provider's library, a council's evidence, and those that identify a child."""

from providers.documents.document_kinds import DocumentKind
from providers.documents.models import Document
from providers.documents.services import name_reader, remove_contents
from tests.access.policy import ABSENT, NOBODY, Rule, X, Y, about
from tests.factories.documents import a_document
from tests.factories.world import World

LABELS = ("x-library", "y-library", "north-evidence", "x-child")
PROVIDERS = X | Y
UPLOADER, MANAGER, READER = "provider_contributor_x", "provider_manager_x", "contract_officer"
OFFICER = "team_manager"

KNOWS: dict[str, set[str]] = {}
for _persona in X:
    KNOWS[_persona] = {"x-library"}
for _persona in Y:
    KNOWS[_persona] = {"y-library"}
for _persona in (UPLOADER, MANAGER, READER):
    KNOWS.setdefault(_persona, set()).add("x-child")
KNOWS[OFFICER] = {"north-evidence"}

SEES = {
    "library_x": X,
    "library_y": Y,
    "evidence_north": frozenset({OFFICER}),
    "child_x": frozenset({UPLOADER, MANAGER, READER}),
}
EMPTIED = {"emptied_x": X, "infected_x": X}
OWNS = {
    "library_x": frozenset({MANAGER}),
    "library_y": frozenset({"provider_manager_y"}),
    "evidence_north": frozenset({OFFICER}),
    "child_x": frozenset({UPLOADER, MANAGER}),
    "emptied_x": NOBODY,
}


def canary(label: str) -> str:
    return f"CANARY-{label}-"


def add_things(world: World) -> None:
    manager, contributor = world.as_(MANAGER), world.as_(UPLOADER)
    x, y, north, child = (canary(label) for label in LABELS)
    things = {
        "library_x": a_document(manager, text=x, name=f"{x}.txt"),
        "library_y": a_document(world.as_("provider_manager_y"), text=y, name=f"{y}.txt"),
        "evidence_north": a_document(
            world.as_(OFFICER), text=north, name=f"{north}.txt", kind=DocumentKind.EVIDENCE
        ),
        "child_x": a_document(contributor, text=child, kind=DocumentKind.EVIDENCE, identifies_child=True),
        "emptied_x": a_document(manager, text=x, name=f"{x}.txt"),
        "infected_x": a_document(manager, text=x, name=f"{x}.txt"),
    }
    remove_contents(by=manager, document=things["emptied_x"], reason=x)
    infect(things["infected_x"])
    reader = world.membership(READER)
    things["named"] = name_reader(by=manager, document=things["child_x"], membership=reader)
    things["emptied_x"].refresh_from_db()
    world.things |= things


def infect(document: Document) -> None:
    document.scan_state, document.scanned_at = Document.Scan.INFECTED, document.uploaded_at
    document.save()


def addresses(world: World) -> dict[str, list[tuple[dict, Rule]]]:
    things = world.things
    children = {"child_x": OWNS["child_x"]}
    marks = {name: SEES[name] for name in ("library_x", "library_y", "evidence_north")}
    replaces = {"library_x": X, "library_y": Y, "evidence_north": NOBODY, "child_x": NOBODY, "emptied_x": X}
    return {
        "documents": [({}, Rule.page(PROVIDERS))],
        "add_document": [({}, Rule.form(PROVIDERS))],
        "document": about(things, SEES | EMPTIED, Rule.page),
        "download_document": [
            *about(things, SEES, Rule.page),
            # those who see it are told why there is nothing to download
            *about(things, EMPTIED, lambda who: Rule(get=who, post=who, get_status=422)),
        ],
        "replace_document": about(things, replaces, Rule.form),
        "remove_document": about(things, OWNS, Rule.form),
        # no question is asked, so an empty form acts
        "mark_identifies_child": about(things, marks | {"child_x": NOBODY}, lambda who: Rule.form(who, 302)),
        "name_document_reader": about(things, children | {"library_x": NOBODY}, Rule.form),
        "end_document_reader": [
            (
                {"public_id": things["child_x"].public_id, "reader_id": things["named"].public_id},
                Rule.form(OWNS["child_x"], 302),
            ),
            ({"public_id": things["child_x"].public_id, "reader_id": ABSENT}, Rule.form(NOBODY)),
            (
                {"public_id": things["library_x"].public_id, "reader_id": things["named"].public_id},
                Rule.form(NOBODY),
            ),
        ],
    }
