"""The inputs that once failed, as they came: kept beside the repository, and made anew in the other tests."""

import os
from pathlib import Path

import pytest

from providers.documents.validation.file_check import check_file
from qa_portal.core.rules import Refused
from tests.factories.files import upload
from tests.needed import missing

REPOSITORY = Path(__file__).resolve().parents[4]
TAKEN = [
    "bom-before-header.pdf",
    "bytes-before-header.pdf",
    "embedded-chart.docx",
    "form-date-field.pdf",
    "owner-password-only-rc4.pdf",
    "owner-password-only.pdf",
    "photo.jfif",
    "zero-padded.pdf",
]


@pytest.fixture(scope="session")
def shared_cases() -> Path:
    folder = Path(os.environ.get("QA_SHARED_CASES") or REPOSITORY.parent / "shared" / "cases")
    if not folder.is_dir():
        missing(f"the cases are not at {folder}; set QA_SHARED_CASES to the folder that holds them")
    return folder


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.parametrize("declared", [None, "application/octet-stream"])
def test_case_that_was_refused_wrongly_is_taken(shared_cases, name, declared):
    check_file(upload((shared_cases / name).read_bytes(), name, declared))


def test_case_sent_as_an_old_word_document_is_taken(shared_cases):
    check_file(upload((shared_cases / "embedded-chart.docx").read_bytes(), "a.docx", "application/msword"))


def test_old_equation_is_refused_as_what_it_is(shared_cases):
    with pytest.raises(Refused) as refused:
        check_file(upload((shared_cases / "ole-equation.docx").read_bytes(), "a.docx"))
    assert "equation" in refused.value.sentence
    assert "macro" not in refused.value.sentence
