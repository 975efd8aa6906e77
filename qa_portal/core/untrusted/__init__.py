"""The one door through which the bytes of a stranger's file are read: in a child process, within a budget.

read_in_child(read_counts, content, budget=SMALL_TABLE, refusal="This file takes too long to read: …")
"""

from qa_portal.core.untrusted.budgets import MEGABYTE, Budget
from qa_portal.core.untrusted.pool import BACKGROUND, PAGES, read_in_child

__all__ = ["BACKGROUND", "MEGABYTE", "PAGES", "Budget", "read_in_child"]
