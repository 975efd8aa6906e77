from qa_portal.core.due import Pass
from qa_portal.core.management.commands import run_due
from qa_portal.portal.demo.clock import keep_time


class Command(run_due.Command):
    help = "As run_due, at the time to which the demo's clock is wound."

    def run(self, *, once: bool) -> list[Pass]:
        keep_time()
        return super().run(once=once)
