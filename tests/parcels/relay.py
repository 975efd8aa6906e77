"""Three steps in a row, and a deadline, on bare Viewflow and ours: what `make bench` compares."""

import datetime as dt

from django.http import HttpResponse
from viewflow import this
from viewflow.workflow import flow, lock

from qa_portal.core.access.permissions import Permission as P
from tests.parcels.flows import Pack
from tests.parcels.models import ParcelCase
from workflows.shared.flow import QAFlow
from workflows.shared.nodes import Human


class RelayFlow(QAFlow):
    process_title, kind, link = "Relay", "relay", ParcelCase

    start = flow.StartHandle(this.begin).Next(this.first)
    first = Human(Pack).Permission(P.RECORD_VISITS, obj=this.council).Next(this.second)
    second = Human(Pack).Permission(P.RECORD_VISITS, obj=this.council).Next(this.third)
    third = Human(Pack).Permission(P.RECORD_VISITS, obj=this.council).Next(this.end)
    end = flow.End()

    def begin(self, activation, parcel, council):
        return self.open_case(activation, subject=parcel, council=council)


def nothing(request):
    return HttpResponse()


class BareRelayFlow(flow.Flow):
    """No lock, no case, no gate."""

    lock_impl = lock.no_lock

    start = flow.StartHandle(this.begin).Next(this.first)
    first = flow.View(nothing).Next(this.second)
    second = flow.View(nothing).Next(this.third)
    third = flow.View(nothing).Next(this.end)
    end = flow.End()

    def begin(self, activation):
        return activation.process


class BareDeadlineFlow(flow.Flow):
    """A step whose deadline does nothing; ours is the week of the parcel flow."""

    lock_impl = lock.no_lock

    start = flow.StartHandle(this.begin).Next(this.wait)
    wait = flow.View(nothing).OnTimeout(dt.timedelta(days=7), this.note, interrupting=False).Next(this.end)
    note = flow.Function(this.do_nothing).Next(this.end)
    end = flow.End()

    def begin(self, activation):
        return activation.process

    def do_nothing(self, activation):
        pass
