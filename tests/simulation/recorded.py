"""Seeds worth running again: those that caught a planted fault, those that found a real one."""

from __future__ import annotations

RECORDED: dict[str, tuple[tuple[int, int], ...]] = {
    "sent-again-never": ((203, 30),),
    "applied-is-the-end": ((200, 30),),
    "conflict-not-kept": ((200, 30),),
    "deferred-is-parked": ((202, 30),),
    "silence-is-parked": ((202, 30),),
    "poison-is-parked": ((203, 30),),
    "silence-is-success": ((208, 30),),
    "signed-out-is-parked": ((200, 30),),
    "signed-in-stays-out": ((200, 30),),
    "term-refused-is-parked": ((201, 30),),
    "rejected-is-settled": ((205, 30),),
    "parked-bypassed": ((205, 30),),
    "notes-name-what-waits": ((209, 30),),
    "blocked-for-ever": ((200, 30),),
    "settled-on-verdict": ((200, 30),),
    "never-settles": ((200, 30),),
    "edited-goes-as-well": ((200, 30),),
    "withdrawn-goes-all-the-same": ((200, 30),),
    "fork-forgets-the-settled": ((201, 30),),
    "under-way-is-done": ((209, 30),),
    "late-verdict-of-a-gone-history": ((210, 30),),
    "push-without-term": ((210, 30),),
    "lost-verdicts-trusted": ((231, 30),),
    "unnamed-counts-as-seen": ((222, 30), (318, 30)),
    "no-re-offer": ((201, 30),),
    "term-ignored": ((201, 30),),
    "fork-too-late": ((201, 30),),
    "loss-never-found": ((201, 30),),
    "replayed-with-new-ids": ((201, 30),),
    "purged-without-410": ((204, 30),),
    "a-row-of-a-page-lost": ((200, 30),),
    "tombstones-ignored": ((204, 30),),
    "older-row-taken": ((200, 30),),
    "own-edits-hidden": ((200, 30),),
    "whole-row-overwrite": ((200, 30),),
    "rot-not-compared": ((200, 30),),
    "rot-taken-for-whole": ((209, 30),),
    "skewed-taken-for-shown": ((201, 30),),
    "put-right-in-silence": ((200, 30),),
    "upgrade-writes-bytes-anew": ((205, 30),),
    "newer-fields-not-mirrored": ((205, 30),),
    "newer-fields-not-merged": ((200, 30),),
    "newer-types-not-kept": ((200, 30),),
    "newer-bodies-refused": ((212, 30),),
    "order-ignored": ((202, 30),),
    "dependency-ignored": ((200, 30),),
    "withdrawal-not-burned": ((317, 30),),
    "burned-for-good": ((222, 30),),
    "dedupe-forgotten": ((204, 30),),
    "bytes-written-anew": ((201, 30),),
    "done-for-nobody": ((200, 30),),
    "no-pause-between-tries": ((202, 30),),
    "wrong-clock-waits-for-years": ((208, 30),),
    "services-wait-for-one-another": ((203, 30),),
    "planned-by-age": ((200, 30),),
    "fresh-because-it-answered": ((200, 30),),
    "copy-counts-on": ((211, 30),),
    "who-left-is-counted": ((202, 30),),
    "children-left-behind": ((204, 30),),
    "hold-never-trips": ((200, 30),),
    "chance-of-its-own": ((200, 30),),
}
"""Mutant → seeds, with their edits, on which it is caught."""

FRESH, FRESH_EDITS = range(5_000, 5_020), 30
"""Seeds that nobody chose, on which every mutant is tried with every change."""

OFTEN_CAUGHT = frozenset({
    "a-row-of-a-page-lost", "applied-is-the-end", "blocked-for-ever", "bytes-written-anew",
    "chance-of-its-own", "conflict-not-kept", "dedupe-forgotten", "deferred-is-parked",
    "dependency-ignored", "done-for-nobody", "edited-goes-as-well", "fork-forgets-the-settled",
    "fork-too-late", "fresh-because-it-answered", "hold-never-trips", "never-settles",
    "no-pause-between-tries", "no-re-offer", "older-row-taken", "order-ignored",
    "own-edits-hidden", "parked-bypassed", "planned-by-age", "rejected-is-settled",
    "replayed-with-new-ids", "sent-again-never", "services-wait-for-one-another",
    "settled-on-verdict", "silence-is-parked", "silence-is-success", "term-ignored",
    "term-refused-is-parked", "who-left-is-counted", "whole-row-overwrite",
    "withdrawn-goes-all-the-same",
})  # fmt: skip
"""Mutants that a third of the fresh seeds or more have met. Any change of the engine draws anew
which of them do; that none does is no chance then (3 in 10 000), as it may be of the others.
"""

ONCE_BROKEN: tuple[tuple[int, int], ...] = (
    (76, 40),  # a fork named for a term that the desk's own had left before
    (31, 40),  # named by a page, while a row of the lost history still hid what it named
    (12, 40),  # another history, with tombstones purged below the fork
    (15, 40),  # a late verdict of a former history
    (52, 40),  # records beyond a fork, asked for from a central that is behind
    (54, 40),  # two centrals that both began a term
    (1150, 40),  # signed out while a poll waits at central's real app
    (2450, 40),  # started again with work that waits for a sign-in, and nothing new to hear of
    (4200, 40),  # a fork told aloud and taken for shared, though more was lost in silence
)
"""Seeds that once broke an invariant, with their edits; without what is drawn beside a story."""
