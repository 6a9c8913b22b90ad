"""Ten thousand tamperings of approvals: none takes effect, each is refused for its own reason."""

from __future__ import annotations

import base64
import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract import wire
from app.central.contract.signatures import digest_of, key_proof
from app.central.reference.operations import OtherBody
from app.domain.proposals import SENTENCES, Objection, as_shown
from tests.support.ledger_bench import LedgerBench, fields_of

BOSS, GONE, AGENT = "nadia.holt", "rosa.beck", "ellen.marsh"
TAMPERINGS, TOGETHER = 10_000, 500
"""How many there are, and how many of them come in one request."""

Body = dict[str, Any]


class Supervisor:
    """Somebody with a key of their own at the bench's desk."""

    def __init__(self, bench: LedgerBench, name: str, *, registered: bool = True) -> None:
        self.bench, self.name = bench, name
        self.private = Ed25519PrivateKey.generate()
        self.public = base64.b64encode(self.private.public_key().public_bytes_raw()).decode()
        if registered:
            proof = self.private.sign(key_proof(bench.desk.id, name, self.public))
            request = wire.KeyRequest(self.public, base64.b64encode(proof).decode())
            assert bench.ledger.register_key(bench.desk, name, request)

    def signed(self, body: Body) -> Body:
        bare = {name: value for name, value in body.items() if name != "signature"}
        value = base64.b64encode(self.private.sign(rfc8785.dumps(bare))).decode()
        return {**bare, "signature": {"key": self.public, "value": value}}

    def approves(self, proposal: str) -> Body:
        """A lawful approval of the proposal as it stands."""
        bench = self.bench
        new = {
            "state": "approved", "entry_id": bench.new_id(), "decided_by": self.name,
            "decided_at": "2026-11-20T10:01:00.000Z",
        }  # fmt: skip
        changes = {name: {"base": None, "new": value} for name, value in new.items()}
        changes["state"]["base"] = "open"
        shown = digest_of(as_shown(proposal_of(bench, proposal)))
        more = {"changes": changes, "actor": self.name, "shown": shown}
        return self.signed(bench.body("proposal.approve", proposal, **more))


def proposal_of(bench: LedgerBench, id_: str) -> Body:
    """The proposal's fields as central has them."""
    return fields_of(next(one for one in bench.ledger.rows("catalog", [id_]).items))


def proposed(bench: LedgerBench, proposer: str = AGENT, **more: Any) -> str:  # noqa: ANN401 - JSON
    fields = {
        "words": "velna dryer", "maker": "Velna", "name": "Dry 640", "numbers": ["VD640X"],
        "category": "dryer", "neighbours": [], "state": "open", "proposer": proposer, **more,
    }  # fmt: skip
    changes = {name: {"base": None, "new": value} for name, value in fields.items()}
    body = bench.body("proposal.create", bench.new_id(), changes=changes, actor=proposer)
    assert bench.send(body, "catalog").outcome == "applied"
    return str(body["target"])


def reason(verdict: wire.Verdict) -> str:
    assert verdict.outcome == "rejected", verdict
    assert verdict.problem is not None
    return verdict.problem.type.rsplit(":", 1)[1]


class Scene:
    """Proposals as an attacker finds them, and everybody who may sign."""

    def __init__(self, bench: LedgerBench, chance: random.Random) -> None:
        self.bench, self.chance = bench, chance
        self.boss = Supervisor(bench, BOSS)
        self.stranger = Supervisor(bench, BOSS, registered=False)
        self.agent = Supervisor(bench, AGENT)
        self.gone = Supervisor(bench, GONE)
        self.open, self.second = proposed(bench), proposed(bench)
        self.own = proposed(bench, BOSS)
        self.decided = proposed(bench)
        self.lawful = self.boss.approves(self.decided)
        assert bench.send(self.lawful, "catalog").outcome == "applied"
        self.changed = proposed(bench)
        self.before_change = self.boss.approves(self.changed)
        self._ask_and_answer()
        assert bench.ledger.revoke(GONE)

    def _ask_and_answer(self) -> None:
        """What was shown of this proposal is not what it says any more."""
        for kind, actor, new in (
            ("proposal.ask", BOSS, {"state": ("open", "asked"), "question": (None, "Which?")}),
            ("proposal.answer", AGENT, {"state": ("asked", "open"), "answer": (None, "The X.")}),
        ):
            changes = {name: {"base": base, "new": value} for name, (base, value) in new.items()}
            body = self.bench.body(kind, self.changed, changes=changes, actor=actor)
            assert self.bench.send(body, "catalog").outcome == "applied"

    def fresh(self) -> Body:
        return self.boss.approves(self.open)

    def undecided(self) -> bool:
        """Whether nothing that an attacker may want has come true."""
        kept = (self.open, self.second, self.own, self.changed)
        return all(proposal_of(self.bench, one)["state"] == "open" for one in kept)


def another_value(scene: Scene) -> Body:
    """One signed value is another one: what is approved, by whom, when, why, over what, where."""
    body, chance = scene.fresh(), scene.chance
    more: list[Callable[[], None]] = [
        lambda: body.update(op_id=scene.bench.new_id()),
        lambda: body.update(target=scene.second),
        lambda: body.update(shown=chance.randbytes(32).hex()),
        lambda: body.update(happened_at="2026-11-20T11:00:00.000Z"),
        lambda: body.update(reason="Because."),
        lambda: body.update(incarnation=scene.bench.new_id()),
        lambda: body["changes"]["entry_id"].update(new=scene.bench.new_id()),
        lambda: body["changes"]["decided_at"].update(new="2026-11-21T10:00:00.000Z"),
    ]
    chance.choice(more)()
    return body


def another_signature(scene: Scene) -> Body:
    """Some bits of the signature are others, or it is that of another approval."""
    body = scene.fresh()
    if scene.chance.random() < 0.2:
        body["signature"] = dict(scene.lawful["signature"])
        return body
    value = bytearray(base64.b64decode(body["signature"]["value"]))
    for _ in range(scene.chance.randint(1, 4)):
        value[scene.chance.randrange(len(value))] ^= 1 << scene.chance.randrange(8)
    if base64.b64encode(value).decode() == body["signature"]["value"]:
        value[0] ^= 1
    body["signature"]["value"] = base64.b64encode(value).decode()
    return body


def no_signature(scene: Scene) -> Body:
    return {name: value for name, value in scene.fresh().items() if name != "signature"}


def a_strangers_key(scene: Scene) -> Body:
    return scene.stranger.signed(scene.fresh())


def another_desk(scene: Scene) -> Body:
    return scene.boss.signed({**scene.fresh(), "desk": scene.bench.new_id()})


def other_than_shown(scene: Scene) -> Body:
    """Lawfully signed, over something else than the proposal is, or over what it was before."""
    if scene.chance.random() < 0.5:
        again = {**scene.before_change, "op_id": scene.bench.new_id()}
        return scene.boss.signed(again)
    return scene.boss.signed({**scene.fresh(), "shown": scene.chance.randbytes(32).hex()})


def ones_own(scene: Scene) -> Body:
    return scene.boss.approves(scene.own)


def decided_already(scene: Scene) -> Body:
    """Replayed under another id, with a signature that fits."""
    return scene.boss.signed({**scene.lawful, "op_id": scene.bench.new_id()})


def a_revoked_key(scene: Scene) -> Body:
    return scene.gone.approves(scene.open)


def an_agents(scene: Scene) -> Body:
    return scene.agent.approves(scene.open)


def more_than_a_decision(scene: Scene) -> Body:
    """Signed, and writing what an approval does not, or in another's name."""
    body = scene.fresh()
    if scene.chance.random() < 0.5:
        body["changes"]["decided_by"]["new"] = AGENT
    else:
        name = scene.chance.choice(("remember", "words", "numbers", "proposer"))
        value = {"remember": True, "numbers": ["X"]}.get(name, AGENT)
        body["changes"][name] = {"base": None, "new": value}
    return scene.boss.signed(body)


KINDS: tuple[tuple[Callable[[Scene], Body], str], ...] = (
    (another_value, "bad-signature"), (another_signature, "bad-signature"),
    (no_signature, "unsigned"), (a_strangers_key, "unknown-key"), (another_desk, "other-desk"),
    (other_than_shown, "not-as-shown"), (ones_own, "self-approved"),
    (decided_already, "already-decided"), (a_revoked_key, "revoked-key"),
    (an_agents, "not-allowed"), (more_than_a_decision, "invalid-field"),
)  # fmt: skip


def test_no_tampering_takes_effect_and_each_is_refused_for_its_own_reason(
    bench: LedgerBench,
) -> None:
    scene = Scene(bench, random.Random(4))
    counted: Counter[str] = Counter()
    for start in range(0, TAMPERINGS, TOGETHER):
        kinds = [KINDS[at % len(KINDS)] for at in range(start, start + TOGETHER)]
        raws = [json.dumps(make(scene)).encode() for make, _ in kinds]
        verdicts = bench.ledger.receive_all("catalog", raws, bench.desk)
        for (make, wanted), verdict, raw in zip(kinds, verdicts, raws, strict=True):
            assert isinstance(verdict, wire.Verdict), (make.__name__, verdict)
            assert reason(verdict) == wanted, (make.__name__, raw)
            counted[wanted] += 1
    assert counted.total() == TAMPERINGS
    assert len(counted) == 10
    assert min(counted.values()) > 800
    assert scene.undecided()


def test_every_reason_has_a_word_and_a_sentence_of_its_own() -> None:
    assert len({one.value for one in Objection}) == len(Objection) == len(set(SENTENCES.values()))
    assert set(SENTENCES) == set(Objection)


def test_the_same_approval_again_is_a_duplicate_and_other_bytes_under_its_id_are_none(
    bench: LedgerBench,
) -> None:
    scene = Scene(bench, random.Random(5))
    for _ in range(3):
        assert bench.send(scene.lawful, "catalog").outcome == "duplicate"
    with pytest.raises(OtherBody):
        bench.send(scene.boss.signed({**scene.lawful, "reason": "Because."}), "catalog")


def test_a_lawful_approval_outlives_its_key_by_its_receipt_and_by_no_other(
    bench: LedgerBench,
) -> None:
    """Given accepted approvals, when the person is revoked and central loses its history, then
    each receipt brings back its own approval; no bit of it may be another, and none serves two.
    """
    chance = random.Random(6)
    boss = Supervisor(bench, BOSS)
    proposals = [proposed(bench, numbers=[f"N{at}"]) for at in range(20)]
    before = bench.surroundings.at
    approvals = [boss.approves(one) for one in proposals]
    receipts = [bench.send(one, "catalog").receipt for one in approvals]
    assert bench.ledger.revoke(BOSS)
    bench.ledger.go_back_to("catalog", before, said=True)
    assert all(proposal_of(bench, one)["state"] == "open" for one in proposals)

    def offered(body: Body, receipt: str | None) -> wire.Verdict:
        raw = json.dumps(body).encode()
        return bench.ledger.receive("catalog", raw, bench.desk, receipt=receipt)

    for at, body in enumerate(approvals):
        other = receipts[at - 1]
        own = base64.b64decode(receipts[at] or "")
        flipped = bytearray(own)
        flipped[chance.randrange(len(own))] ^= 1 << chance.randrange(8)
        again = boss.signed({**body, "op_id": bench.new_id()})
        assert reason(offered(again, receipts[at])) == "revoked-key"
        for wrong in (None, other, base64.b64encode(flipped).decode(), "", "\u00e4"):
            fresh = boss.signed({**body, "op_id": bench.new_id()})
            assert reason(offered(fresh, wrong)) == "revoked-key"
        assert offered(body, receipts[at]).outcome == "applied"
    assert all(proposal_of(bench, one)["state"] == "approved" for one in proposals)
