"""A file of counts is read in a child process: here is the only call of the reader."""

from providers.contracts.counts_file import CountsFile, read_counts
from qa_portal.core.rules import Refused
from qa_portal.core.untrusted import MEGABYTE, Budget, read_in_child

BUDGET = Budget(cpu_seconds=5, wall_seconds=15, memory_bytes=256 * MEGABYTE, answer_bytes=8 * MEGABYTE)
TOO_COSTLY = "This file takes too long to read: keep one line for each setting, with its URN and its count."


def counts_of(content: bytes) -> CountsFile:
    """Read the file in a child process. Raises Refused when it, or one of its lines, cannot be read."""
    file = read_in_child(read_counts, content, budget=BUDGET, refusal=TOO_COSTLY)
    if file.faults:
        raise Refused(" ".join(file.faults))
    return file
