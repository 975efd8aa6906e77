"""No document reaches the network or the disk, whichever of the three locks is left to stop it.

Escaping is the first, the list of known elements the second, the engine's policy the third.
"""

import io
import shutil
import socket
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from qa_portal.core.pdf import ForbiddenMarkup, PdfLimits, engine
from tests.unit.core.pdf.attacks import ATTACKS, STOCK_ENGINE_IS_HARMLESS
from tests.unit.core.pdf.watching import watched

pytestmark = pytest.mark.filterwarnings("ignore:<pdf:")  # the engine's own tags, which it would drop
HARMLESS_TO_BEGIN_WITH = {"a picture within an SVG of the page"}  # the door takes decoration out


@pytest.fixture(autouse=True)
def secrets(tmp_path, monkeypatch) -> Path:
    """The working folder holds secrets, our assets hold a link to one, and no name is ever looked up."""
    secrets, assets = tmp_path / "secrets", tmp_path / "assets"
    shutil.copytree(engine.ASSETS, assets)
    (secrets / "fonts").mkdir(parents=True)
    Image.new("RGB", (5, 5), "red").save(secrets / "secret.png")
    (secrets / "secret.css").write_text("p { color: red }")
    (secrets / "secret.txt").write_text("TOP SECRET")
    for folder in (secrets, assets):
        (folder / "fonts/link.png").symlink_to(secrets / "secret.png")
    monkeypatch.setattr(engine, "ASSETS", assets)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.chdir(secrets)
    return secrets


def look_up(host: str, *_, **__):
    """Finds nobody, and tells those who watch, as a real look-up does."""
    sys.audit("socket.getaddrinfo", host)
    raise socket.gaierror("no such name")


@pytest.fixture
def attack(secrets):
    return lambda name: ATTACKS[name].replace("SECRET", str(secrets))


def reached(seen) -> list[tuple[str, str]]:
    return [
        (kind, where)
        for kind, where in seen
        if kind == "network" or any(word in where for word in ("secret", "passwd", "link.png"))
    ]


def stock(html: str, **options) -> bytes:
    from xhtml2pdf import pisa

    out = io.BytesIO()
    try:
        pisa.CreatePDF(html, dest=out, **options)
    except Exception:
        return b""
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(set(ATTACKS) - STOCK_ENGINE_IS_HARMLESS))
def test_engine_by_itself_reaches_out(name, attack):
    """The control: with the engine's own settings the same documents do fetch, and the watch sees it."""
    with watched() as seen:
        stock(attack(name))
    assert reached(seen)


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_policy_alone_stops_it(name, attack):
    ours = {"resource_policy": engine.policy(PdfLimits()), "path": str(engine.ASSETS / "document.html")}
    with watched() as seen:
        stock(attack(name), **ours)
    assert reached(seen) == []


@pytest.mark.parametrize("name", sorted(set(ATTACKS) - HARMLESS_TO_BEGIN_WITH))
def test_unescaped_it_is_refused_before_the_engine_sees_it(name, attack, pdf, monkeypatch):
    monkeypatch.setattr(
        "qa_portal.core.pdf.rendering.draw", lambda *_, **__: pytest.fail("the engine was asked")
    )
    with watched() as seen, pytest.raises(ForbiddenMarkup):
        pdf("{{ typed|safe }}", {"typed": attack(name)})
    assert reached(seen) == []


def test_unescaped_decoration_is_left_out(attack, pdf):
    with watched() as seen:
        pdf("{{ typed|safe }}", {"typed": attack("a picture within an SVG of the page")})
    assert reached(seen) == []


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_typed_by_somebody_it_is_printed_as_text(name, attack, pdf):
    with watched() as seen:
        document = pdf("<p>{{ typed }}</p>", {"typed": attack(name)})
    assert reached(seen) == []
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    assert "".join(attack(name)[:30].split()) in "".join(printed.split())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "fonts/link.png",
        "fonts/../fonts/DejaVuSansCondensed.ttf",
        "fonts/nothing.ttf",
        "http://a.invalid/",
    ],
)
def test_callback_answers_any_other_address_with_an_empty_picture(address):
    """A falsy answer would send the engine to the address itself."""
    assert engine.resolve_uri(address) == engine.BLANK
