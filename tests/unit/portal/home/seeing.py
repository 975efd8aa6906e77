"""A home page as its reader gets it, and as the values that it was drawn from."""

from django.urls import reverse

from qa_portal.portal.home.panels import HomePage, Panel


def page(world, persona: str):
    answer = world.client(persona).get(reverse("home"))
    assert answer.status_code == 200
    return answer


def home(world, persona: str) -> str:
    return page(world, persona).content.decode()


def told(world, persona: str) -> HomePage:
    return page(world, persona).context["home"]


def panel(world, persona: str, title: str) -> Panel:
    """The one whose title has these words."""
    home = told(world, persona)
    [found] = [one for one in (*home.main, *home.side) if title in one.title]
    return found


def figures(world, persona: str) -> dict[str, int]:
    return {figure.words: figure.count for figure in told(world, persona).figures}


def first_cells(table) -> list[str]:
    return [cells[0].words for cells in table.cells]


def words(lines) -> list[str]:
    """Each with its second line."""
    return [f"{line.words}: {line.detail}" for line in lines.lines]
