from typing import Any

from django.db.models import Prefetch
from django.urls import reverse_lazy
from django.views.generic import TemplateView

from providers.contracts.forms import ConfirmAnswer, ConfirmUseForm, PlacingCountsForm
from providers.contracts.models import PlacingCount, PlacingCountQuerySet
from providers.contracts.selectors import to_confirm, with_declarers
from providers.contracts.services import record_counts_file
from providers.contracts.use_services import confirm_use, refuse_use
from providers.directory.models import Authority, Setting
from providers.people.models import User
from providers.people.rules import own_organisation
from providers.people.selectors import holders
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.dates import today
from qa_portal.core.ui.lists import page_of
from qa_portal.core.ui.views import ServiceFormView

MOST_AT_ONCE = 200


def named_for(user: User, counts: Any) -> PlacingCountQuerySet:
    """Return the counts with their people, and their settings under the names that the reader may see."""
    settings = Setting.objects.visible_to(user).with_names()
    people = counts.select_related(*(f"{what}_by__details" for what in ("declared", "confirmed", "refused")))
    return people.prefetch_related(Prefetch("setting", settings))


class PlacingCounts(PermissionMixin, TemplateView):
    permission = Permission.RECORD_PLACING_COUNTS
    template_name = "contracts/placing_counts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = Authority.objects.lineage(user.scope.authority_id)
        counts = PlacingCount.objects.visible_to(user).filter(placing_authority__in=own).latest(today())
        ordered = named_for(user, counts).order_by("setting__urn")
        page = page_of(self.request, ordered)
        return super().get_context_data(
            page_obj=page,
            counts=with_declarers(list(page)),
            **self.waiting(),
            **kwargs,
        )

    def waiting(self) -> dict[str, int]:
        """Return how many numbers the reader can confirm, and how many of their own wait for a colleague."""
        found, person = to_confirm(self.request.user), self.request.user.person_id
        own = sum(count.declared_by_id == person for count in with_declarers(list(found)))
        return {"waiting": found.count() - own, "waiting_for_others": own}


class UploadPlacingCounts(PermissionMixin, ServiceFormView):
    permission = Permission.RECORD_PLACING_COUNTS
    template_name = "contracts/upload_placing_counts.html"
    form_class = PlacingCountsForm
    page_title = "Upload placing counts"
    button = "Record these counts"
    success_url = reverse_lazy("placing_counts")

    def act(self, form: Any) -> None:
        read = form.cleaned_data
        self.written = record_counts_file(by=self.request.user, content=read["upload"], as_at=read["as_at"])

    def success_message(self, form: Any) -> str:
        if not self.written:
            return "These counts were already recorded: nothing has changed."
        recorded = f"{self.written} count{'' if self.written == 1 else 's'} recorded."
        return f"{recorded} Those above 0 count once a colleague has confirmed them."


class ConfirmUse(PermissionMixin, ServiceFormView):
    """Numbers that a colleague recorded, ticked to begin with; the reader's own wait for somebody else."""

    permission = Permission.RECORD_PLACING_COUNTS
    template_name = "contracts/confirm_use.html"
    form_class = ConfirmUseForm
    page_title = "Placing counts to confirm"
    button = "Save"
    success_url = reverse_lazy("placing_counts")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = with_declarers(list(named_for(request.user, to_confirm(request.user))))
        self.own = [count for count in found if count.declared_by_id == request.user.person_id]
        others = [count for count in found if count.declared_by_id != request.user.person_id]
        self.theirs, self.more = others[:MOST_AT_ONCE], len(others[MOST_AT_ONCE:])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"counts": self.theirs}

    def get_initial(self) -> dict[str, Any]:
        return {"rows": [f"{count.pk}-{count.row_version}" for count in self.theirs]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            own=self.own, theirs=self.theirs, more=self.more, colleagues=self.colleagues(), **kwargs
        )

    def colleagues(self) -> list[str]:
        """Return the names of colleagues who may confirm what the reader recorded."""
        user = self.request.user
        there = holders(Permission.RECORD_PLACING_COUNTS, own_organisation(user)).exclude(
            person=user.person_id
        )
        return sorted({str(row.person) for row in there.with_names()})

    def act(self, form: Any) -> None:
        self.answer = form.cleaned_data["answer"]
        if self.answer == ConfirmAnswer.CONFIRM:
            self.number = confirm_use(by=self.request.user, seen=form.seen)
        else:
            self.number = refuse_use(by=self.request.user, seen=form.seen, reason=form.cleaned_data["reason"])

    def success_message(self, form: Any) -> str:
        numbers = f"{self.number} number{'' if self.number == 1 else 's'}"
        if self.answer == ConfirmAnswer.REFUSE:
            return f"{numbers} refused. Your colleague sees your reason in the list."
        return f"{numbers} confirmed. Your council now sees the addresses and contacts of these settings."
