from qa_portal.core.audit.commands import RefusingCommand


class Command(RefusingCommand):
    help = "Refuses: history is kept. simple-history's own command would delete rows older than 30 days."
