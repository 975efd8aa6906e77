"""Whatever comes, it is taken or refused with a sentence: no file breaks the page."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from providers.documents.validation.file_check import CheckedFile, check_file
from providers.documents.validation.formats import BY_EXTENSION
from providers.documents.validation.names import safe_filename
from qa_portal.core.rules import Refused
from tests.factories import files

EXTENSIONS = sorted(BY_EXTENSION)
GOOD = {
    "a.pdf": files.pdf(pages=3),
    "a.docx": files.docx(),
    "a.xlsx": files.xlsx(),
    "a.odt": files.odt(),
    "a.jpg": files.jpeg(located=True, turned=True),
    "a.png": files.png(mode="P"),
}
STARTS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"]


def outcome(content: bytes, name: str) -> CheckedFile | str:
    try:
        return check_file(files.upload(content, name))
    except Refused as refused:
        return refused.sentence


@settings(max_examples=300)
@given(st.sampled_from(STARTS), st.binary(max_size=3000), st.sampled_from(EXTENSIONS))
@example(b"%PDF-1.7\n", b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF", ".pdf")
def test_any_bytes_are_taken_or_refused_in_words(start, rest, extension):
    found = outcome(start + rest, f"a{extension}")
    assert isinstance(found, CheckedFile) or found.endswith(".")


@settings(max_examples=400)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_good_file_with_some_bytes_changed_is_taken_or_refused_in_words(name, data):
    content = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    found = outcome(bytes(content[:cut]), name)
    assert isinstance(found, CheckedFile) or found.endswith(".")


@settings(max_examples=300)
@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_shown(given_name):
    name = safe_filename(given_name)
    assert name
    assert name.isprintable()
    assert not set(name) & set('/\\<>:"|?*')
    assert len(name) <= 241
    assert safe_filename(name) == name


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_file_of_nothing_but_its_extension_is_refused(extension):
    assert outcome(b"\x00", f"a{extension}").endswith(".")
