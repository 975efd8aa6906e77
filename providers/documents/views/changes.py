"""Pages that add documents and change what becomes of them. Each calls one service."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from providers.documents import rules
from providers.documents.forms import AddDocumentForm, NameReaderForm, ReplaceDocumentForm
from providers.documents.models import DocumentReader
from providers.documents.selectors import reader_words
from providers.documents.services import (
    end_reader,
    mark_identifies_child,
    name_reader,
    remove_contents,
    store_document,
)
from providers.documents.views.pages import DocumentMixin
from providers.people.forms import GiveReasonForm
from qa_portal.core.access.permissions import Permission
from qa_portal.core.access.views import PermissionMixin
from qa_portal.core.ui.views import ServiceFormView


class AddDocument(PermissionMixin, ServiceFormView):
    permission = Permission.ANSWER_FOR_PROVIDER
    template_name = "documents/add.html"
    form_class = AddDocumentForm
    page_title = "Add a document"
    button = "Upload"
    success_url = reverse_lazy("documents")

    def act(self, form: Any) -> None:
        self.document = store_document(by=self.request.user, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{self.document.get_kind_display()} is added to your documents."


class DocumentStep(DocumentMixin, ServiceFormView):
    """Something done to one document; afterwards its page shows it."""

    template_name = "documents/step.html"

    def get_success_url(self) -> str:
        return reverse("document", args=[self.document.public_id])


class ReplaceDocument(DocumentStep):
    may_see = rules.check_can_replace
    form_class = ReplaceDocumentForm
    page_title = "Upload a newer one"
    intro = "This document is kept beside the newer one. Councils that rely on it are asked to look at the new one."
    button = "Upload"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"document": self.document}

    def act(self, form: Any) -> None:
        self.newer = store_document(
            by=self.request.user,
            kind=self.document.kind,
            identifies_child=False,
            replaces=self.document,
            **form.cleaned_data,
        )

    def success_message(self, form: Any) -> str:
        return "The newer one is uploaded."

    def get_success_url(self) -> str:
        return reverse("document", args=[self.newer.public_id])


class RemoveContents(DocumentStep):
    may_see = rules.check_can_remove
    form_class = GiveReasonForm
    page_title = "Remove the contents"
    intro = (
        "Nobody will be able to open the file, and you cannot undo this."
        " Its name, its checksum, your reason and your name stay in the history."
    )
    button = "Remove the contents"

    def act(self, form: Any) -> None:
        remove_contents(by=self.request.user, document=self.document, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return "The contents are removed."


class MarkIdentifiesChild(DocumentStep):
    may_see = rules.check_can_mark
    page_title = "Mark as identifying a child"
    intro = (
        "From now on only the person who uploaded it, their managers and the people they name can open it;"
        " so can you. It is kept for one year. You cannot undo this."
    )
    button = "Mark as identifying a child"

    def act(self, form: Any) -> None:
        mark_identifies_child(by=self.request.user, document=self.document)

    def success_message(self, form: Any) -> str:
        return "The document is marked as identifying a child."


class NameReader(DocumentStep):
    may_see = rules.check_can_name_readers
    form_class = NameReaderForm
    page_title = "Add a reader"
    intro = "They can open this document from now on. We log each time somebody does."
    button = "Add the reader"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "document": self.document}

    def act(self, form: Any) -> None:
        name_reader(by=self.request.user, document=self.document, **form.cleaned_data)

    def success_message(self, form: Any) -> str:
        return f"{form.cleaned_data['membership'].person} can read this document."


class EndReader(DocumentStep):
    may_see = rules.check_can_name_readers
    page_title = "Remove a reader"
    button = "Remove the reader"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        readers = DocumentReader.objects.visible_to(request.user).open().with_names()
        self.reader = get_object_or_404(readers, document=self.document, public_id=kwargs["reader_id"])

    @property
    def intro(self) -> str:
        words = reader_words(self.reader.membership, self.request.user)
        return f"{words} can no longer open this document."

    def act(self, form: Any) -> None:
        end_reader(by=self.request.user, reader=self.reader)

    def success_message(self, form: Any) -> str:
        return "The reader is removed."
