"""Every domain that has a source is one object: nothing about it stands anywhere else."""

import json
import uuid
from pathlib import Path

from django.urls import reverse

from inspections.scorecards.inputs import domains
from inspections.scorecards.inputs.domains import DOMAINS
from inspections.scorecards.inputs.evidence_authors import AUTHORS
from inspections.scorecards.presentation.domain_gaps import GAPS
from inspections.scorecards.presentation.evidence_links import PAGES
from inspections.scorecards.reference import FILE

MODULES = {path.stem for path in Path(domains.__file__).parent.glob("[a-z]*.py")}


def test_every_module_of_a_domain_is_in_the_list_once():
    listed = [source.load.__module__.rsplit(".", 1)[1] for source in DOMAINS]
    assert sorted(listed) == sorted(MODULES) and MODULES


def test_codes_and_kinds_of_evidence_are_each_used_once():
    assert len({source.code for source in DOMAINS}) == len(DOMAINS)
    assert len({source.evidence_kind for source in DOMAINS}) == len(DOMAINS)


def test_every_source_has_a_domain_in_the_definition():
    weighed = {domain["code"] for domain in json.loads(FILE.read_text("utf-8"))["domains"]}
    assert {source.code for source in DOMAINS} <= weighed


def test_each_domain_says_who_recorded_its_evidence_where_it_opens_and_what_would_fill_it():
    for source in DOMAINS:
        assert AUTHORS[source.evidence_kind] == (source.table, source.author)
        assert GAPS[source.code] == source.gap != ""
        if source.page:
            key = source.table._meta.get_field("public_id").get_default()
            assert reverse(PAGES[source.evidence_kind][1], args=[key])


def test_each_link_that_fills_a_gap_opens_a_page():
    links = [source.gap_link for source in DOMAINS if source.gap_link]
    assert len(links) == 4
    for link in links:
        assert reverse(link.page, args=[uuid.uuid4()] if link.about_setting else [])
