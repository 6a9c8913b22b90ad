"""Decisions on proposals: four eyes, the person's own key, and what they were shown."""

from __future__ import annotations

import base64
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract.signatures import digest_of, is_signed_by, key_proof
from app.domain.proposals import as_shown
from tests.contract.speaker import Speaker, code_of, new_id
from tests.support.programs import CODE, Central


class Person:
    """Somebody with a key of their own at one desk."""

    def __init__(self, speaker: Speaker, name: str) -> None:
        self.speaker, self.name = speaker, name
        self.private = Ed25519PrivateKey.generate()
        self.public = base64.b64encode(self.private.public_key().public_bytes_raw()).decode()

    def register(self, **changed: str) -> Any:  # noqa: ANN401 - a response
        desk = self.speaker.enrolled["desk_id"]
        asked = {"public_key": self.public, **changed}
        proof = self.private.sign(key_proof(desk, self.name, self.public))
        asked.setdefault("proof", base64.b64encode(proof).decode())
        return self.speaker.http.put(f"/v1/people/{self.name}/key", json=asked)

    def signed(self, body: dict[str, Any]) -> dict[str, Any]:
        value = base64.b64encode(self.private.sign(rfc8785.dumps(body))).decode()
        return {**body, "signature": {"key": self.public, "value": value}}

    def decides(
        self, kind: str, proposal: dict[str, Any], before: str = "open", **new: str
    ) -> dict[str, Any]:
        """A signed decision on the proposal as it was sent."""
        shown = {name: change["new"] for name, change in proposal["changes"].items()}
        new = {"decided_by": self.name, **new}
        changes = {name: {"base": None, "new": value} for name, value in new.items()}
        changes["state"]["base"] = before
        body = self.speaker.body(
            kind, proposal["target"], changes=changes, actor=self.name,
            shown=digest_of(as_shown(shown)),
        )  # fmt: skip
        return self.signed(body)

    def approves(self, proposal: dict[str, Any]) -> dict[str, Any]:
        return self.decides("proposal.approve", proposal, state="approved", entry_id=new_id())


@pytest.fixture
def speaker(own_central: Central) -> Iterator[Speaker]:
    with Speaker(own_central.url, CODE) as speaking:
        yield speaking


@pytest.fixture
def boss(speaker: Speaker) -> Person:
    person = Person(speaker, _supervisor(speaker))
    assert person.register().status_code == 200
    return person


def _supervisor(speaker: Speaker) -> str:
    payload = json.loads(speaker.http.get("/v1/configuration").json()["payload"])
    return str(next(one["id"] for one in payload["people"] if "supervisor" in one["roles"]))


def _proposal(speaker: Speaker, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    fields = {
        "words": "velna dryer 64 something", "maker": "Velna", "name": "Dry 640",
        "numbers": ["VD640X"], "category": "dryer", "neighbours": [], "state": "open",
        "proposer": "ellen.marsh", **changed,
    }  # fmt: skip
    changes = {name: {"base": None, "new": value} for name, value in fields.items()}
    return speaker.body(
        "proposal.create", new_id(), changes=changes, actor=changed.get("proposer", "ellen.marsh")
    )


def _refused(answer: Any) -> str:  # noqa: ANN401 - a response
    verdict = answer.json()
    assert verdict["outcome"] == "rejected", verdict
    return str(verdict["problem"]["type"]).rsplit(":", 1)[1]


def test_an_approved_proposal_is_in_the_catalog_with_a_receipt(
    speaker: Speaker, boss: Person
) -> None:
    proposal = _proposal(speaker)
    assert speaker.send(proposal, "catalog").json()["outcome"] == "applied"
    approval = boss.approves(proposal)
    verdict = speaker.send(approval, "catalog").json()
    assert verdict["outcome"] == "applied"
    assert verdict["receipt"]
    entry = speaker.row(approval["changes"]["entry_id"]["new"], "catalog")
    assert entry["fields"]["numbers"] == ["VD640X"]
    assert entry["origin_ops"] == [approval["op_id"]]
    assert speaker.row(proposal["target"], "catalog")["fields"]["state"] == "approved"
    assert speaker.send(approval, "catalog").json()["outcome"] == "duplicate"


def test_every_telling_wording_of_an_approved_proposal_is_remembered(
    speaker: Speaker, boss: Person
) -> None:
    proposal = _proposal(
        speaker, remember=True, wordings=["velna dry 64", "velna"], telling=["velna dry 64"]
    )
    speaker.send(proposal, "catalog")
    approval = boss.approves(proposal)
    assert speaker.send(approval, "catalog").json()["outcome"] == "applied"
    page = speaker.http.get("/v1/catalog/changes", params={"limit": 1000}).json()
    entry = approval["changes"]["entry_id"]["new"]
    aliases = [one for one in page["items"] if one["type"] == "alias"]
    words = {one["fields"]["words"] for one in aliases if one["fields"]["entry_id"] == entry}
    assert words == {"velna dryer 64 something", "velna dry 64"}


def test_a_decision_is_not_delegated_to_whoever_proposed_it(speaker: Speaker, boss: Person) -> None:
    proposal = _proposal(speaker)
    speaker.send(proposal, "catalog")

    def delegated(to: str) -> Any:  # noqa: ANN401 - a response
        changes = {"delegated_to": {"base": None, "new": to}}
        return speaker.send(
            speaker.body("proposal.delegate", proposal["target"], changes=changes, actor=boss.name),
            "catalog",
        )

    assert _refused(delegated("ellen.marsh")) == "self-approved"
    assert delegated(boss.name).json()["outcome"] == "applied"


def test_what_is_anothers_to_decide_is_taken_over_with_a_reason_or_not_at_all(
    speaker: Speaker, boss: Person
) -> None:
    proposal = _proposal(speaker)
    speaker.send(proposal, "catalog")

    def delegated(**new: tuple[str | None, str]) -> Any:  # noqa: ANN401 - a response
        changes = {name: {"base": base, "new": value} for name, (base, value) in new.items()}
        body = speaker.body(
            "proposal.delegate", proposal["target"], changes=changes, actor=boss.name
        )
        return speaker.send(body, "catalog")

    assert delegated(delegated_to=(None, "rosa.beck")).json()["outcome"] == "applied"
    assert _refused(speaker.send(boss.approves(proposal), "catalog")) == "delegated"
    late = boss.decides("proposal.reject", proposal, state="rejected", why="Not ours.")
    assert _refused(speaker.send(late, "catalog")) == "delegated"
    own = ("rosa.beck", boss.name)
    assert _refused(delegated(delegated_to=own)) == "delegated"
    assert _refused(delegated(delegated_to=own, delegated_why=(None, " "))) == "delegated"
    taken = delegated(delegated_to=own, delegated_why=(None, "Rosa is away."))
    assert taken.json()["outcome"] == "applied"
    assert speaker.send(boss.approves(proposal), "catalog").json()["outcome"] == "applied"


def test_the_second_of_two_decisions_is_told_so(speaker: Speaker, boss: Person) -> None:
    proposal = _proposal(speaker)
    speaker.send(proposal, "catalog")
    speaker.send(boss.approves(proposal), "catalog")
    late = boss.decides("proposal.reject", proposal, state="rejected", why="Not ours.")
    assert _refused(speaker.send(late, "catalog")) == "already-decided"


def test_nobody_decides_about_their_own_proposal(speaker: Speaker, boss: Person) -> None:
    proposal = _proposal(speaker, proposer=boss.name)
    assert speaker.send(proposal, "catalog").json()["outcome"] == "applied"
    assert _refused(speaker.send(boss.approves(proposal), "catalog")) == "self-approved"


def test_nobody_proposes_in_anothers_name(speaker: Speaker, boss: Person) -> None:
    proposal = {**_proposal(speaker, proposer=boss.name), "actor": "ellen.marsh"}
    assert _refused(speaker.send(proposal, "catalog")) == "invalid-field"


def test_each_bad_approval_is_refused_for_its_own_reason(speaker: Speaker, boss: Person) -> None:
    proposal = _proposal(speaker)
    speaker.send(proposal, "catalog")
    approval = boss.approves(proposal)
    bare = {name: value for name, value in approval.items() if name != "signature"}
    stranger = Person(speaker, boss.name)
    reasons = {
        "unsigned": {**bare, "op_id": new_id()},
        "bad-signature": {**approval, "op_id": new_id()},
        "unknown-key": stranger.signed({**bare, "op_id": new_id()}),
        "not-as-shown": boss.signed({**bare, "op_id": new_id(), "shown": digest_of({})}),
        "other-desk": boss.signed({**bare, "op_id": new_id(), "desk": new_id()}),
    }
    got = {wanted: _refused(speaker.send(body, "catalog")) for wanted, body in reasons.items()}
    assert got == {wanted: wanted for wanted in reasons}
    assert speaker.row(proposal["target"], "catalog")["fields"]["state"] == "open"


def test_a_revoked_key_decides_nothing_but_what_was_accepted_stays(
    own_central: Central, speaker: Speaker, boss: Person
) -> None:
    proposal, other = _proposal(speaker), _proposal(speaker)
    for one in (proposal, other):
        speaker.send(one, "catalog")
    approval = boss.approves(proposal)
    receipt = speaker.send(approval, "catalog").json()["receipt"]
    subprocess.run(
        [sys.executable, "-m", "app.central.reference", "revoke", "--data",
         str(own_central.data), boss.name],
        check=True, timeout=60,
    )  # fmt: skip
    assert _refused(speaker.send(boss.approves(other), "catalog")) == "revoked-key"
    assert boss.register().status_code == 403
    own_central.fault("catalog", "forgetful", "--back", "3600")
    for one in (proposal, other):
        speaker.send(one, "catalog")
    again = speaker.send(approval, "catalog", **{"Offhook-Receipt": receipt})
    assert again.json()["outcome"] == "applied"
    forged = boss.approves(other)
    answer = speaker.send(forged, "catalog", **{"Offhook-Receipt": receipt})
    assert _refused(answer) == "revoked-key"


def test_a_key_is_registered_by_whoever_holds_it(speaker: Speaker, boss: Person) -> None:
    other = Person(speaker, boss.name)
    assert other.register(proof=base64.b64encode(bytes(64)).decode()).status_code == 403
    answer = Person(speaker, "nobody.here").register()
    assert (answer.status_code, code_of(answer)) == (403, "bad-key")


def test_no_tampering_with_a_signed_body_goes_unseen() -> None:
    """10 000 random changes of one signed body: every one that changes its meaning is found."""
    chance = random.Random(4)
    private = Ed25519PrivateKey.generate()
    key = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    body: dict[str, Any] = {
        "op_id": new_id(), "kind": "proposal.approve", "target": new_id(), "actor": "a.b",
        "desk": new_id(), "shown": "d" * 64, "schema": 1,
        "changes": {"state": {"base": "open", "new": "approved"}},
    }  # fmt: skip
    value = base64.b64encode(private.sign(rfc8785.dumps(body))).decode()
    whole = json.dumps({**body, "signature": {"key": key, "value": value}}).encode()
    assert is_signed_by(whole, key)
    found = 0
    for _ in range(10_000):
        tampered = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            tampered[chance.randrange(len(tampered))] = chance.randrange(32, 127)
        if _means_the_same(bytes(tampered), whole):
            continue
        found += 1
        assert not is_signed_by(bytes(tampered), key), bytes(tampered)
    assert found > 9_000


def _means_the_same(one: bytes, other: bytes) -> bool:
    """White space means nothing; nor does the key a body names beside the one it is checked by."""
    try:
        left, right = json.loads(one), json.loads(other)
        for document in (left, right):
            document["signature"] = base64.b64decode(document["signature"]["value"])
    except (KeyError, TypeError, ValueError):
        return False
    return bool(left == right)
