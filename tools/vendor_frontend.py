"""Fetches, verifies and adapts the third-party files that are committed under `vendor` folders.

    python tools/vendor_frontend.py            writes them
    python tools/vendor_frontend.py --check    fails when a committed file differs from what it would write

A maintainer's tool for upgrades: it needs the npm client and a network. Installing and running the
portal need neither.

What is changed in the files, and why:
* GDS Transport is licensed for GOV.UK alone, so its @font-face rules and its name go; Arial stands in.
* Crown, crest and GOV.UK icons are restricted branding and are not copied.
* /assets/... addresses become relative, because hashed static names cannot follow absolute ones.
* sourceMappingURL comments go: the maps are not shipped, and hashing fails on a missing file.
"""

import argparse
import base64
import fnmatch
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC, TESTS = "qa_portal/static/vendor", "tests/vendor"
FONTS = 'arial,"Liberation Sans",sans-serif'
RESTRICTED = re.compile(r"crest|crown|logotype|opengraph|govuk-icon|favicon|touch-icon")
MIT = """\
The MIT License (MIT)

{holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


@dataclass(frozen=True)
class Package:
    """`files` maps a pattern in the package to where it goes below `to`; a folder ends with a slash.

    `holder` is for packages whose archive has no licence file.
    """

    name: str
    version: str
    sha512: str
    to: str
    files: dict[str, str] = field(default_factory=dict)
    holder: str = ""


PACKAGES = [
    Package(
        "govuk-frontend",
        "6.6.0",
        "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
        f"{STATIC}/govuk-frontend-6.6.0",
        {
            "dist/govuk/govuk-frontend.min.css": "govuk-frontend.css",
            "dist/govuk/govuk-frontend.min.js": "govuk-frontend.js",
        },
        "Copyright (C) 2011 Crown Copyright (Government Digital Service)",
    ),
    Package(
        "@ministryofjustice/frontend",
        "11.1.0",
        "1bkUbm2M4DpcpX/pOmumQRBsbJco9W2RwmJv5h/ZC/ZqrAOn2/FjpF+A7vS0gs7oMXBizr9O5huDrSYbLx73Nw==",
        f"{STATIC}/moj-frontend-11.1.0",
        {"moj/moj-frontend.min.css": "moj-frontend.css", "moj/assets/images/*.svg": "images/"},
        "Copyright (C) Crown Copyright (Ministry of Justice)",
    ),
    Package(
        "axe-core",
        "4.14.1",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        TESTS,
        {"axe.min.js": "axe.min.js", "LICENSE": "axe-LICENSE.txt"},
    ),
]


def fetch(package: Package) -> bytes:
    """Return the archive as the npm client packs it; the client knows its own registry."""
    wanted = f"{package.name}@{package.version}"
    with tempfile.TemporaryDirectory() as folder:
        packing = ["npm", "pack", "--silent", wanted]
        packed = subprocess.run(packing, cwd=folder, check=True, capture_output=True, text=True)
        archive = (Path(folder) / packed.stdout.split()[-1]).read_bytes()
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != package.sha512:
        sys.exit(f"{wanted} is not the archive that was pinned: its sha512 is {found}")
    return archive


def contents(archive: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {m.name.partition("/")[2]: tar.extractfile(m).read() for m in tar if m.isfile()}


def adapt_css(text: str) -> str:
    text = re.sub(r"@font-face\{font-family:\"?GDS Transport\"?;[^}]*\}", "", text)
    text = re.sub(r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", "", text, flags=re.DOTALL)
    text = text.replace("GDS Transport,arial,sans-serif", FONTS)
    text = re.sub(r"url\((['\"]?)/assets/images/govuk-crest\.svg\1\)", "none", text)
    text = re.sub(r"url\((['\"]?)/assets/", r"url(\1", text)
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    for left in ("GDS Transport", "/assets/"):
        if left in text:
            sys.exit(f"The style sheet still has '{left}': this version needs another adaptation.")
    return text.strip() + "\n"


def adapt(name: str, content: bytes) -> bytes:
    if name.endswith(".css"):
        return adapt_css(content.decode()).encode()
    if name.endswith(".js"):
        return re.sub(r"//# sourceMappingURL=.*", "", content.decode()).strip().encode() + b"\n"
    return content


def build(package: Package) -> dict[Path, bytes]:
    found, built = contents(fetch(package)), {}
    for pattern, target in package.files.items():
        names = fnmatch.filter(found, pattern)
        if not names:
            sys.exit(f"{package.name} {package.version} has no {pattern}")
        for name in names:
            if not RESTRICTED.search(name):
                path = target + Path(name).name if target.endswith("/") else target
                built[ROOT / package.to / path] = adapt(path, found[name])
    if package.holder:
        built[ROOT / package.to / "LICENSE.txt"] = MIT.format(holder=package.holder).encode()
    return built


def main() -> None:
    parser = argparse.ArgumentParser(description="Fetches the vendored front-end files.")
    parser.add_argument("--check", action="store_true", help="compare with what is committed, write nothing")
    check = parser.parse_args().check
    files = {path: content for package in PACKAGES for path, content in build(package).items()}
    differing = [p for p, content in files.items() if not p.exists() or p.read_bytes() != content]
    if check and differing:
        sys.exit("Different: " + ", ".join(str(path.relative_to(ROOT)) for path in differing))
    for path in differing:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
        print(f"{len(files[path]):>8} {path.relative_to(ROOT)}")
    print("The vendored files are up to date.")


if __name__ == "__main__":
    main()
