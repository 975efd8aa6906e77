"""Weigh, pack and label at once, seal every box, then check by somebody else; the provider may answer."""

import datetime as dt

from django import forms
from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow

from providers.people.models import Share
from qa_portal.core.access.permissions import Permission as P
from qa_portal.core.rules import Refused
from qa_portal.core.ui.forms import GovukFormMixin
from tests.parcels.models import Box, BoxCase, ParcelCase
from workflows.shared.flow import QAFlow
from workflows.shared.nodes import CallProcess, Human, Retired
from workflows.shared.steps import TaskStep


class WeighForm(GovukFormMixin, forms.Form):
    weight = forms.IntegerField(error_messages={"required": "Enter the weight"})


class VerdictForm(GovukFormMixin, forms.Form):
    verdict = forms.CharField(error_messages={"required": "Enter the verdict"})


class Weigh(TaskStep):
    form_class = WeighForm

    def act(self, form):
        if form.cleaned_data["weight"] > 100:
            raise Refused("This parcel is too heavy.")
        self.subject.weight += form.cleaned_data["weight"]
        self.subject.save()


class Pack(TaskStep):
    pass


class Check(TaskStep):
    form_class = VerdictForm

    def act(self, form):
        self.subject.verdict = form.cleaned_data["verdict"]
        self.subject.save()


class BoxFlow(QAFlow):
    process_title, kind, link = "Box", "box", BoxCase
    start = flow.StartHandle(this.begin).Next(this.seal)
    seal = Human(Pack).Permission(P.RECORD_VISITS, obj=this.council).Next(this.end)
    end = flow.End()

    def begin(self, activation, parcel, council):
        box = Box.objects.create(parcel=parcel)
        return self.open_case(activation, subject=box, council=council)


class ParcelFlow(QAFlow):
    process_title, kind, link = "Parcel", "parcel", ParcelCase
    share_kind = Share.Kind.VISITS

    start = flow.StartHandle(this.begin).Next(this.weigh)
    weigh = (
        Human(Weigh)
        .Annotation(title="Weigh the parcel", description="On the large scale.")
        .Permission(P.RECORD_VISITS, obj=this.council)
        .ForLead()
        .Due(5)
        .OnTimeout(this.in_a_week, this.note_late, interrupting=False, title="A week has passed")
        .OnTimeout(dt.timedelta(days=30), this.end, title="A month has passed")
        .Next(this.both)
    )
    note_late = flow.Function(this.do_note_late).Next(this.late_end)
    late_end = flow.End()
    both = flow.Split().Next(this.pack).Next(this.label)
    pack = Human(Pack).Permission(P.RECORD_VISITS, obj=this.council).Next(this.packed)
    label = Human(Pack).Permission(P.RECORD_VISITS, obj=this.council).Next(this.packed)
    packed = flow.Join().Next(this.seal)
    seal = CallProcess(BoxFlow.start, children=this.boxes).Next(this.answer)
    answer = (
        Human(Check)
        .Annotation(title="Answer for the provider")
        .Permission(P.ANSWER_FOR_PROVIDER, obj=this.provider_organisation)
        .Next(this.check)
    )
    check = (
        Human(Check)
        .Annotation(title="Check the parcel")
        .Permission(P.SIGN_OFF_VISITS, obj=this.council)
        .NotSameAs(this.weigh, this.pack)
        .NotBy(this.packers)
        .Next(this.fine)
    )
    fine = flow.If(this.is_fine).Then(this.end).Else(this.weigh)
    stamp = Retired()
    end = flow.End()

    def begin(self, activation, parcel, **about):
        return self.open_case(activation, subject=parcel, **about)

    def in_a_week(self, activation):
        return timezone.now() + dt.timedelta(days=7)

    def do_note_late(self, activation):
        parcel = self.subject(activation)
        if parcel.weight == 13:
            raise RuntimeError("Unlucky parcel of Jane Doe")
        parcel.late = True
        parcel.save()

    def boxes(self, activation):
        parcel = self.subject(activation)
        return [{"parcel": parcel, "council": activation.process.case.council}] * parcel.boxes

    def packers(self, process):
        packer = self.subject(process).packed_by
        return [packer] if packer else []

    def is_fine(self, activation):
        return self.subject(activation).verdict == "fine"
