"""Planted faults: the simulation must catch each one, or it proves nothing."""

from __future__ import annotations

from collections.abc import Mapping

from app.central.reference import history as central_history
from app.central.reference import rules, upkeep
from app.central.reference.operations import Operations
from app.domain.feed import ItemOp
from app.domain.lifecycle import OpEvent, OpState
from app.domain.views import AsOf
from app.services.outgoing import Outgoing
from app.sync import outcomes, parity, proving, pull, push, service_state, snapshot, terms
from app.sync.parity import ParityCheck
from app.sync.pull import Puller
from local_store import deletions, lanes, mirror, outbox, records, unread
from local_store import parity as local_parity
from local_store.desk import DeskRows
from tests.simulation import desk
from tests.simulation.planting import Plant, all_to, arrow, both, give, say, stays, to
from tests.simulation.plants import (
    all_well,
    attempts,
    burned_for_good,
    bytes_moved_by_an_upgrade,
    children_left_behind,
    counted_in_only,
    for_nobody,
    heads,
    known_fields_only,
    merged_by_name,
    newer_bodies_refused,
    nothing,
    one_at_a_time,
    overwrite,
    skip_first_of_many,
    trusting,
    under_a_new_id,
    unseeded_ids,
    with_a_space,
    without,
    without_a_term,
)

_S, _E = OpState, OpEvent
_PREDECESSORS = ("p.lane = o.lane AND p.place < o.place", "p.lane = 'nobody''s'")
_DEPENDENCIES = ("d.op_id = o.op_id", "d.op_id = 'nobody''s'")

MUTANTS: Mapping[str, Plant] = {
    # rows of the life table
    "sent-again-never": heads(("'sending', ", "")),
    "applied-is-the-end": all_to(_E.APPLIED, to(_S.SUPERSEDED)),
    "conflict-not-kept": give(outbox.Outbox, "_keep_conflicts", lambda *_given: None),
    "deferred-is-parked": all_to(_E.DEFERRED, to(_S.PARKED)),
    "silence-is-parked": all_to(_E.UNANSWERED, to(_S.PARKED)),
    "poison-is-parked": all_to(_E.POISON, to(_S.PARKED)),
    "silence-is-success": all_to(_E.UNANSWERED, to(_S.SETTLED)),
    "signed-out-is-parked": all_to(_E.UNAUTHORIZED, to(_S.PARKED)),
    "signed-in-stays-out": all_to(_E.RENEWED, stays),
    "term-refused-is-parked": all_to(_E.TERM_REFUSED, to(_S.PARKED)),
    "rejected-is-settled": all_to(_E.REJECTED, to(_S.SETTLED)),
    "parked-bypassed": say(lanes, "is_held", lambda *_given: False),
    "notes-name-what-waits": say(push, "built_to_pass", lambda _tx, stored, *_given: stored),
    "blocked-for-ever": all_to(_E.PREDECESSOR_CLEARED, stays),
    "settled-on-verdict": all_to(_E.APPLIED, to(_S.SETTLED)),
    "never-settles": all_to(_E.PASSED, stays),
    "edited-goes-as-well": all_to(_E.EDITED, stays),
    "withdrawn-goes-all-the-same": all_to(_E.WITHDRAWN, stays),
    "fork-forgets-the-settled": all_to(_E.FORKED, to(_S.SETTLED)),
    "under-way-is-done": arrow(_S.SENDING, _E.FORKED, _S.SETTLED),
    # terms and forks
    "late-verdict-of-a-gone-history": both(
        arrow(_S.REOFFER, _E.APPLIED, _S.ACKED), give(pull, "prove", trusting)
    ),
    "push-without-term": both(
        attempts(without_a_term), say(Operations, "_check_order", lambda *_given: None)
    ),
    "lost-verdicts-trusted": both(
        both(
            say(pull, "has_unknown_verdicts", lambda *_given: False),
            say(snapshot, "has_unknown_verdicts", lambda *_given: False),
        ),
        give(pull, "prove", trusting),
    ),
    "unnamed-counts-as-seen": give(pull, "prove", trusting),
    "no-re-offer": give(Puller, "_offer_again", lambda *_given: None),
    "term-ignored": say(pull, "page_relation", lambda *_given: terms.Relation.SAME),
    "fork-too-late": say(pull, "shared", lambda known, fork: known.position or fork),
    "loss-never-found": say(central_history, "is_lost", lambda *_given: False),
    "replayed-with-new-ids": attempts(under_a_new_id),
    "purged-without-410": say(upkeep, "is_expired", lambda *_given: False),
    # the mirror
    "a-row-of-a-page-lost": skip_first_of_many(),
    "tombstones-ignored": without(ItemOp.TOMBSTONE),
    "older-row-taken": say(mirror, "_newest", lambda items: list(items)[:1]),
    "own-edits-hidden": say(records, "lay_over", lambda laid, body: dict(laid or {})),
    "whole-row-overwrite": say(rules, "merge", overwrite),
    "rot-not-compared": give(ParityCheck, "_compare", all_well),
    "rot-taken-for-whole": say(local_parity, "_is_whole", lambda *_given: True),
    "skewed-taken-for-shown": say(local_parity._Seen, "follows", lambda *_given: True),
    "put-right-in-silence": give(parity, "_note", lambda *_given: None),
    # other versions of the program
    "upgrade-writes-bytes-anew": bytes_moved_by_an_upgrade(),
    "newer-fields-not-mirrored": known_fields_only(),
    "newer-fields-not-merged": merged_by_name(),
    "newer-types-not-kept": give(unread, "keep", lambda *_given: None),
    "newer-bodies-refused": newer_bodies_refused(),
    # the way out
    "order-ignored": both(
        heads(_PREDECESSORS), say(Operations, "_check_order", lambda *_given: None)
    ),
    "dependency-ignored": both(
        heads(_DEPENDENCIES), say(Operations, "_check_order", lambda *_given: None)
    ),
    "withdrawal-not-burned": give(Outgoing, "_burn", nothing),
    "burned-for-good": give(proving, "_taken_back", burned_for_good),
    "dedupe-forgotten": say(Operations, "_known", lambda *_given: None),
    "bytes-written-anew": attempts(with_a_space),
    "done-for-nobody": for_nobody(),
    "no-pause-between-tries": both(
        give(outcomes, "full_jitter", lambda *_given: 0.0), give(push, "_decided", lambda _a: True)
    ),
    "wrong-clock-waits-for-years": heads(("3600000", "99999999999999")),
    "services-wait-for-one-another": one_at_a_time(),
    "planned-by-age": heads(("p.lane = o.lane AND p.place < o.place", "p.seq < o.seq")),
    # what is shown, given and promised
    "fresh-because-it-answered": give(
        service_state, "as_of", lambda at, *_given: AsOf(at, stale=False)
    ),
    "copy-counts-on": give(DeskRows, "start_again", lambda *_given: None),
    "who-left-is-counted": counted_in_only(),
    "children-left-behind": children_left_behind(),
    "hold-never-trips": give(deletions, "allowance", lambda *_given: 10**9),
    "chance-of-its-own": give(desk, "SeededIds", unseeded_ids),
}
"""Name → what plants it; each is caught on its recorded seed (`tests.simulation.hunt`)."""
