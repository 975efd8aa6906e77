"""A provider is an exact name until a person says that two are one."""

import pytest
from django.db import IntegrityError, transaction

from providers.directory.fields import name_key
from providers.directory.models import Provider, ProviderMerger
from providers.directory.selectors import merger_hints
from providers.directory.services import merge_providers
from providers.people.services.organisations import add_provider
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused
from tests.factories.people import ProviderFactory

pytestmark = pytest.mark.django_db


def test_name_is_one_whatever_its_spaces_and_case():
    assert name_key("  Fellside   CARE\u00a0Ltd ") == name_key("fellside care ltd")
    ProviderFactory(name="Fellside Care Ltd")
    with pytest.raises(IntegrityError), transaction.atomic():
        Provider.objects.create(name="FELLSIDE  care Ltd")


def test_key_follows_the_name_when_it_changes_and_in_bulk():
    provider = ProviderFactory(name="Before Ltd")
    provider.name = "After Ltd"
    provider.save()
    assert Provider.objects.get(name_key="after ltd") == provider
    Provider.objects.audited_create([Provider(name="Several Ltd")])
    assert Provider.history.filter(name_key="several ltd").exists()


def test_provider_known_from_the_register_is_taken_up_by_its_name(world):
    known = ProviderFactory(name="Fellside Care Ltd")
    organisation = add_provider(
        by=world.as_("contract_officer"), name="Fellside care Ltd", company_number="01234567"
    )
    known.refresh_from_db()
    assert (organisation.provider, known.company_number) == (known, "01234567")


def test_company_number_of_another_provider_is_refused(world):
    ProviderFactory(name="First Ltd", company_number="01234567")
    with pytest.raises(Refused, match="company number 01234567 is already"):
        add_provider(by=world.as_("contract_officer"), name="Second Ltd", company_number="01234567")


def test_hints_name_providers_that_differ_in_company_words_and_merge_nothing():
    alike = [ProviderFactory(name=name) for name in ("Beck & Fell Ltd.", "Beck and Fell Limited")]
    ProviderFactory(name="Beck House Ltd")
    assert [set(hint) for hint in merger_hints()] == [set(alike)]
    assert not ProviderMerger.objects.exists()


def test_merging_is_a_dated_act_that_moves_nothing(world):
    old, new = ProviderFactory(name="Beck Ltd"), ProviderFactory(name="Beck Limited")
    merger = merge_providers(
        by=world.as_("procurement_officer"), merged=old, into=new, reason="Same company number"
    )
    assert (merger.on, merger.history.count()) == (today(), 1)
    assert Provider.objects.get(pk=old.pk).present == new
    assert set(Provider.objects.one_with(new.pk)) == {old, new}
    assert old not in Provider.objects.active()
    assert merger_hints() == []


def test_earlier_merger_follows_a_later_one(world):
    first, second, third = (ProviderFactory(name=f"Beck {word}") for word in ("One", "Two", "Three"))
    administrator = world.as_("council_administrator")
    merge_providers(by=administrator, merged=first, into=second, reason="Checked")
    merge_providers(by=administrator, merged=second, into=third, reason="Checked again")
    assert set(Provider.objects.one_with(third.pk)) == {first, second, third}
    with pytest.raises(Refused, match="was merged into Beck Three already"):
        merge_providers(
            by=administrator, merged=Provider.objects.get(pk=first.pk), into=third, reason="Twice"
        )


def test_merging_is_refused_without_the_role_with_itself_and_with_two_company_numbers(world):
    one, two = (ProviderFactory(name=f"Beck {n}", company_number=f"0000000{n}") for n in (1, 2))
    with pytest.raises(Refused, match="role does not allow"):
        merge_providers(by=world.as_("contract_officer"), merged=one, into=two, reason="")
    buyer = world.as_("procurement_officer")
    with pytest.raises(Refused, match="two different"):
        merge_providers(by=buyer, merged=one, into=one, reason="")
    with pytest.raises(Refused, match="two company numbers"):
        merge_providers(by=buyer, merged=one, into=two, reason="")
