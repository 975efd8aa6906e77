"""Run as a module: makes the tables of an empty database, the world, and a step that waits.

Prints where the step is and the session of somebody who may do it, as JSON.
"""

import json

import django


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.urls import reverse

    from tests.factories.world import build_world
    from tests.flows.driving import process_of, the_task
    from tests.parcels.flows import ParcelFlow
    from tests.parcels.models import Parcel

    call_command("migrate", run_syncdb=True, verbosity=0)
    world, parcel = build_world(), Parcel.objects.create()
    ParcelFlow.start.run(parcel=parcel, council=world.north)
    task = the_task(process_of(ParcelFlow, parcel), ParcelFlow.weigh)
    session = world.client("contract_officer").cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"step": reverse("task", args=[task.pk]), "session": session}))


if __name__ == "__main__":
    main()
