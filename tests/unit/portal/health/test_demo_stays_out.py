"""What belongs to the demo is refused in production: its database, and its pages."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import include, path

from qa_portal import celery
from qa_portal.core.demonstration import Demonstration, refuse_demo_database
from qa_portal.portal.health.demo import no_demo_addresses, no_demonstration
from qa_portal.urls import urlpatterns as real

inner = [path("clock/", lambda request: HttpResponse(), name="demo_clock")]
urlpatterns = [*real, path("demo/", include(inner))]


@pytest.fixture
def _demo_address(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.usefixtures("_demo_address")
def test_demo_address_in_production_is_an_error(settings):
    settings.PRODUCTION = True
    [fault] = no_demo_addresses()
    assert fault.id == "portal.E002"
    assert "demo_clock" in fault.msg


@pytest.mark.usefixtures("_demo_address")
def test_demo_address_in_the_demo_is_none(settings):
    settings.PRODUCTION = False
    assert no_demo_addresses() == []


def test_portal_has_no_demo_address_of_its_own(settings):
    settings.PRODUCTION = True
    assert no_demo_addresses() == []


@pytest.mark.django_db
def test_demo_in_the_database_is_an_error(settings):
    settings.PRODUCTION = True
    assert no_demonstration(databases=["default"]) == []
    Demonstration.objects.create()
    [fault] = no_demonstration(databases=["default"])
    assert (fault.id, fault.msg) == ("portal.E001", "The database holds the demo.")


@pytest.mark.django_db
def test_demo_does_not_stop_itself():
    Demonstration.objects.create()
    refuse_demo_database()


@pytest.mark.django_db
@pytest.mark.parametrize("start", [refuse_demo_database, lambda: call_command("run_due"), celery.run_due])
def test_nothing_that_works_or_mails_runs_over_a_demo_in_production(settings, start, caplog):
    settings.PRODUCTION = True
    start()
    Demonstration.objects.create()
    with pytest.raises(ImproperlyConfigured, match="holds the demo"):
        start()
