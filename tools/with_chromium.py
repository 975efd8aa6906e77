"""Runs a command with QA_CHROMIUM set; installs Debian's chromium first when it is absent and we are root."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "chromium-l10n", "fonts-liberation")
"""Dates as the British write them, and a font that stands in for Arial: what most people will see."""


def find() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install() -> None:
    for step in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES],
    ):
        subprocess.call(
            step, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        )


def main(command: list[str]) -> int:
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium for the browser tests", flush=True)
        install()
    browser = find()
    if browser is None:
        print(
            "SKIPPED: no Chromium here and it cannot be installed without root. Install it to run these tests."
        )
        return 1 if os.environ.get("CI") else 0
    return subprocess.call(command, env=os.environ | {"QA_CHROMIUM": browser})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
