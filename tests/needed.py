"""What a test needs beside the repository: skipped where a developer has it not, a failure in CI, which has it."""

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """End the test: as skipped on a developer's machine, as failed in CI (`CI=true`, set by .ci/run)."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have what this test needs: {reason}", pytrace=False)
    pytest.skip(reason)
