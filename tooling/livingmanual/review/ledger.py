"""Does the reading hold everything that the counter found?

Each counted element must be exactly one change mark or comment of the reading, or a fact about a comment's thread.
A difference means that something of a reviewer's work would be lost, so it is an error and never a warning.
"""

from __future__ import annotations

from collections import Counter

from livingmanual.model.ledger import Account, Counted, Difference, total
from livingmanual.model.returned import Returned

REPLY = "reply"
RESOLVED = "resolved"


def read_counts(returned: Returned) -> dict[str, dict[str, int]]:
    """What the reading holds, as the counter would count it: part -> kind -> number."""
    counts: dict[str, Counter[str]] = {}
    for mark in returned.marks:
        counts.setdefault(mark.part, Counter())[mark.kind] += 1
    for comment in returned.comments:
        counts.setdefault(comment.part, Counter())["w:comment"] += 1
    return {part: dict(kinds) for part, kinds in counts.items()}


def check_reading(returned: Returned, counted: Counted) -> list[Difference]:
    """Where reading and count differ, by part and kind; empty if they agree.

    Facts about threads are compared over the whole file, because they are spread over several parts.
    """
    found = {(part, kind): number for part, kinds in counted.parts.items() for kind, number in kinds.items()}
    read = {(part, kind): number for part, kinds in read_counts(returned).items() for kind, number in kinds.items()}
    threads = {
        REPLY: sum(fact.parent_para_id is not None for fact in returned.threads),
        RESOLVED: sum(fact.resolved for fact in returned.threads),
    }
    for kind, number in threads.items():
        in_parts = [part for part, name in found if name == kind]
        read[in_parts[0] if in_parts else "commentsExtended", kind] = number
        for part in in_parts[1:]:
            found[in_parts[0], kind] += found.pop((part, kind))
    names = {part.lower(): part for part, _ in found}
    read = {(names.get(part.lower(), part), kind): number for (part, kind), number in read.items()}
    return [
        Difference(part, kind, found.get((part, kind), 0), read.get((part, kind), 0))
        for part, kind in sorted({*found, *read})
        if found.get((part, kind), 0) != read.get((part, kind), 0)
    ]


def account_of_reading(returned: Returned, counted: Counted) -> Account:
    """The account before anything was decided: what the counter found against what the reader holds."""
    accounted = total(read_counts(returned))
    for kind, number in (
        (REPLY, sum(fact.parent_para_id is not None for fact in returned.threads)),
        (RESOLVED, sum(fact.resolved for fact in returned.threads)),
    ):
        if number:
            accounted[kind] = number
    differences = tuple(check_reading(returned, counted))
    return Account(counted.parts, dict(sorted(accounted.items())), differences, counted.unreadable)
