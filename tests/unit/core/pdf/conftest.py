"""Templates that live for one test, and the PDF that the door makes of them."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from qa_portal.core.pdf import render_pdf

PAGE = '{{% extends "pdf/base.html" %}}{{% block content %}}{}{{% endblock %}}'


@pytest.fixture
def write(settings) -> Callable[[str], None]:
    """`write(content)` puts a template that extends pdf/base.html where Django finds it as test.html."""
    sources: dict[str, str] = {}
    (engine,) = settings.TEMPLATES
    loaders = [
        ("django.template.loaders.locmem.Loader", sources),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = [
        {**engine, "APP_DIRS": False, "OPTIONS": {**engine["OPTIONS"], "loaders": loaders}},
    ]
    return lambda content: sources.update({"test.html": PAGE.format(content)})


@pytest.fixture
def pdf(write) -> Callable[..., bytes]:
    def make(content: str, context: dict | None = None, **options) -> bytes:
        write(content)
        given = {"title": "Fellside House", "address": "/visits/7/"} | options
        return render_pdf("test.html", context or {}, **given)

    return make


@pytest.fixture
def read(pdf) -> Callable[..., PdfReader]:
    return lambda *content, **options: PdfReader(io.BytesIO(pdf(*content, **options)))
