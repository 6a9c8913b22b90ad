"""Seeds worth running again: those that caught a planted fault, those that found a real one."""

from __future__ import annotations

RECORDED: dict[str, tuple[tuple[int, int], ...]] = {
    "silence-is-parked": ((201, 30),),
    "replayed-with-new-ids": ((203, 30),),
    "sent-again-never": ((202, 30),),
    "applied-is-the-end": ((200, 30),),
    "conflict-not-kept": ((200, 30),),
    "deferred-is-parked": ((200, 30),),
    "silence-is-success": ((203, 30),),
    "signed-out-is-parked": ((200, 30),),
    "signed-in-stays-out": ((200, 30),),
    "rejected-is-settled": ((201, 30),),
    "parked-bypassed": ((201, 30),),
    "never-settles": ((200, 30),),
    "withdrawn-goes-all-the-same": ((200, 30),),
    "fork-forgets-the-settled": ((201, 30),),
    "push-without-term": ((203, 30),),
    "no-re-offer": ((202, 30),),
    "term-ignored": ((202, 30),),
    "fork-too-late": ((202, 30),),
    "purged-without-410": ((213, 30),),
    "a-row-of-a-page-lost": ((200, 30),),
    "tombstones-ignored": ((205, 30),),
    "older-row-taken": ((200, 30),),
    "own-edits-hidden": ((200, 30),),
    "whole-row-overwrite": ((200, 30),),
    "order-ignored": ((202, 30),),
    "dependency-ignored": ((200, 30),),
    "withdrawal-not-burned": ((207, 30),),
    "dedupe-forgotten": ((201, 30),),
    "bytes-written-anew": ((200, 30),),
    "done-for-nobody": ((200, 30),),
    "services-wait-for-one-another": ((200, 30),),
    "hold-never-trips": ((200, 30),),
}
"""Mutant → seeds, with their edits, on which it is caught."""

ONCE_BROKEN: tuple[tuple[int, int], ...] = (
    (12, 40),  # another history, with tombstones purged below the fork
    (15, 40),  # a late verdict of a former history
    (52, 40),  # records beyond a fork, asked for from a central that is behind
    (54, 40),  # two centrals that both began a term
)
"""Seeds that once broke an invariant, with their edits."""
