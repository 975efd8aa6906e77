from typing import Any

from django.db.models import F, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import TemplateView

from providers.directory.code_services import LISTS, add_code, add_scale, change_code
from providers.directory.models import Grade, GradeScale
from providers.people.selectors import told_names
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.audit.timeline import timeline
from qa_portal.core.dates import today
from qa_portal.core.ui.views import ServiceFormView
from qa_portal.portal.code_lists.forms import form_for


def title_of(kind: str) -> str:
    return capfirst(kind.replace("-", " "))


class CodeLists(PermissionMixin, TemplateView):
    permission = Permission.MANAGE_INSTALLATION
    template_name = "code_lists/code_lists.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, on = self.request.user, today()
        lists = [
            (kind, title_of(kind), model.objects.visible_to(user).in_force(on).count())
            for kind, model in LISTS.items()
        ]
        return super().get_context_data(lists=lists, **kwargs)


class CodeListMixin(PermissionMixin):
    permission = Permission.MANAGE_INSTALLATION

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in LISTS:
            raise Http404
        self.model = LISTS[self.kind]
        self.rows = self.model.objects.visible_to(request.user)
        if self.model is GradeScale:
            best_first = Grade.objects.order_by(F("rank").asc(nulls_last=True))
            self.rows = self.rows.prefetch_related("judgements", Prefetch("grades", best_first))

    @property
    def one(self) -> str:
        return str(self.model._meta.verbose_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"kind": self.kind, "title": title_of(self.kind)}
        return super().get_context_data(**kwargs | told)

    def get_success_url(self) -> str:
        return reverse("code_list", args=[self.kind])


class CodeList(CodeListMixin, TemplateView):
    template_name = "code_lists/code_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force = set(self.rows.in_force(today()).values_list("pk", flat=True))
        rows = [(row, row.pk in in_force) for row in self.rows]
        return super().get_context_data(rows=rows, one=self.one, **kwargs)


class CodeFormMixin(CodeListMixin, ServiceFormView):
    adding = False

    def get_form_class(self) -> Any:
        return form_for(self.model, adding=self.adding)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"model": self.model}


class AddCode(CodeFormMixin):
    template_name = "code_lists/add_code.html"
    button = "Add"
    adding = True

    @property
    def page_title(self) -> str:
        return f"Add to {self.kind.replace('-', ' ')}"

    def act(self, form: Any) -> None:
        values = {"by": self.request.user} | form.cleaned_data
        self.row = add_scale(**values) if self.model is GradeScale else add_code(model=self.model, **values)

    def success_message(self, form: Any) -> str:
        return f"{self.row} is added."


class ChangeCode(CodeFormMixin):
    template_name = "code_lists/change_code.html"
    button = "Save"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row = get_object_or_404(self.rows, pk=kwargs["pk"])
        self.label = self.row.label

    @property
    def page_title(self) -> str:
        return f"Change {self.label}"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in self.form_fields()}

    def form_fields(self) -> list[str]:
        columns = {field.name for field in self.model._meta.concrete_fields}
        return [name for name in self.get_form_class()(model=self.model).fields if name in columns]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = timeline(self.row, names=told_names)
        return super().get_context_data(row=self.row, timeline=entries, **kwargs)

    def act(self, form: Any) -> None:
        change_code(by=self.request.user, row=self.row, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{self.row} is changed."
