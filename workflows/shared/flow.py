"""The base of every flow. It declares no node: the engine's inheritance of nodes is broken."""

from typing import Any

from viewflow.workflow import flow

from providers.directory.models import Provider, Setting
from providers.people.models import Organisation
from providers.people.services.organisations import provider_organisation
from workflows.shared.locks import bounded_row_lock
from workflows.shared.models import Case

FLOWS: dict[str, type["QAFlow"]] = {}


class QAFlow(flow.Flow):
    """Base of our flows.

    `kind` names the flow in the queue, `share_kind` what another council must be given to read its
    cases, and `link` is the table that ties a process to the fact it moves.
    """

    lock_impl = bounded_row_lock
    kind = ""
    share_kind = ""
    link: Any  # a CaseLink with `subject`, one to one

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if cls.kind:
            FLOWS[cls.kind] = cls

    def open_case(
        self,
        activation,
        *,
        subject,
        council: Organisation,
        provider: Provider | None = None,
        setting: Setting | None = None,
        open_to_provider: bool = False,
        detail: str = "",
    ):
        """Save the process, its link to `subject` and its row in the queue; return the process.

        For `begin`.
        """
        process = activation.process
        process.save()
        self.link.objects.create(process=process, subject=subject)
        Case.objects.create(
            process=process,
            council=council,
            provider=provider,
            setting=setting,
            kind=self.kind,
            share_kind=self.share_kind,
            detail=detail,
            open_to_provider=open_to_provider,
        )
        return process

    def subject(self, activation_or_process) -> Any:
        """Return the fact that this process moves, read anew: never trust an object handed to a callable."""
        process = getattr(activation_or_process, "process", activation_or_process)
        return self.link.objects.select_related("subject").get(process_id=process.pk).subject

    def subject_url(self, subject) -> str:
        """Return the address of the subject's own page; empty if it has none."""
        return ""

    def council(self, process) -> Organisation:
        return process.case.council

    def provider_organisation(self, process) -> Organisation:
        return provider_organisation(process.case.provider)

    def has_view_permission(self, user, obj=None) -> bool:
        return obj is not None and Case.objects.visible_to(user).filter(pk=obj.pk).exists()

    def has_manage_permission(self, user, obj=None) -> bool:
        """Return False: cancelling and reviving are services with rules of their own, and the engine's pages are not mounted."""
        return False


def flow_of(kind: str) -> type[QAFlow]:
    return FLOWS[kind]


def human_nodes(flow_class) -> list:
    return [node for node in flow_class.instance.nodes() if node.task_type == "HUMAN"]
