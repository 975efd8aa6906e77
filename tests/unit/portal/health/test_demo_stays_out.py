"""What belongs to the demo is refused in production: its people, and its pages."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from qa_portal.portal.health.demo import no_demo_addresses, no_demo_people, refuse_demo_database
from qa_portal.urls import urlpatterns as real
from tests.factories.people import UserFactory

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
def test_demo_person_in_the_database_is_an_error(settings):
    settings.PRODUCTION = True
    UserFactory(email="officer@not-demo.example")
    assert no_demo_people(databases=["default"]) == []
    UserFactory(email="Officer@Demo.example")
    [fault] = no_demo_people(databases=["default"])
    assert (fault.id, fault.msg) == ("portal.E001", "The database holds the demo's people (@demo.example).")


@pytest.mark.django_db
def test_demo_people_do_not_stop_the_demo():
    UserFactory(email="officer@demo.example")
    refuse_demo_database()
