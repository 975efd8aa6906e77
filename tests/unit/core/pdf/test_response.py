"""A PDF is a file to keep. Where there is none, a page says why and leads to the same content."""

import pytest

from qa_portal.core.pdf import PdfLimits, pdf_response


@pytest.fixture
def respond(write):
    def answer(content: str = "<p>Text</p>", filename: str = "visit.pdf", **options):
        write(content)
        return pdf_response(
            "test.html", {}, title="Fellside <House>", address="/visits/7/", filename=filename, **options
        )

    return answer


def test_response_is_a_file_that_no_cache_keeps_and_no_browser_guesses_about(respond):
    response = respond()
    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="visit.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Visit to Fellside", 'filename="Visit to Fellside.pdf"'),
        ("../../etc/passwd", 'filename="etc passwd.pdf"'),
        ('a"; filename="b.exe', 'filename="a filename b.exe.pdf"'),
        ("a\r\nSet-Cookie: b", 'filename="a Set-Cookie b.pdf"'),
        ("fdp\u202e.exe", 'filename="fdp .exe.pdf"'),
        ("Llŷn", "filename*=utf-8''Ll%C5%B7n.pdf"),
        ("x" * 300, f'filename="{"x" * 120}.pdf"'),
        ("", 'filename="document.pdf"'),
        ("...", 'filename="document.pdf"'),
    ],
)
def test_name_of_the_file_is_made_harmless(respond, given, kept):
    assert respond(filename=given).headers["Content-Disposition"] == f"attachment; {kept}"


def test_refusal_is_a_page_that_leads_to_the_same_content(respond, settings):
    settings.PORTAL_URL = "https://qa.northmere.example"
    response = respond(limits=PdfLimits(characters=10))
    assert response.status_code == 422
    assert "Content-Disposition" not in response.headers
    page = response.content.decode()
    assert "This document is too long for a PDF." in page
    assert (
        '<a class="govuk-link" href="https://qa.northmere.example/visits/7/">Fellside &lt;House&gt;</a>'
        in page
    )
