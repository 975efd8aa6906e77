import os
from pathlib import Path

import pytest

from tests.needed import missing

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Ofsted's own files are kept beside the repository, never in it; in CI they must be there."""
    folder = Path(os.environ.get("QA_SHARED_DATA") or REPOSITORY.parent / "shared" / "data")
    if not (folder / "ofsted_social_care").is_dir():
        reason = f"Ofsted's files are not at {folder}; set QA_SHARED_DATA to the folder that holds them"
        missing(reason)
    return folder
