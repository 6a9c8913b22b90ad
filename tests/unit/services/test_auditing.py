"""The trail of a real store: what is written with each decision, and what was changed behind it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract.bodies import canonical
from app.domain.audit import Anchor, Breach, SignedHead, anchor_message
from app.domain.operations import Json
from app.services.approvals import Approvals
from app.services.auditing import Auditing
from app.services.models import Models
from app.services.outgoing import Outgoing
from local_store.person_keys import PersonKeys
from tests.support.model_desk import ModelDesk
from tests.support.ui_desk import ELLEN, TOM, KnownDesks

P1 = "01900000-0000-7000-8000-00000000aaa1"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    yield made
    made.inside.store.close_now()


async def decided(desk: ModelDesk) -> None:
    """A link, words remembered and taken back, an approval over what was before it."""
    (ticket,) = desk.tickets("the velna that dries")
    models = Models(desk.desk)
    await models.link([ticket], "e-6", ELLEN)
    done = await models.remember("the velna that dries", "e-6", ELLEN)
    await Outgoing(desk.desk, None).undo(done.op_id, ELLEN)
    desk.proposed(P1, "zanto quill", ("Zanto", "Quill 12", "ZQ-12"))
    approvals = Approvals(desk.desk)
    (view,) = await approvals.proposals()
    signer, _ = PersonKeys().make(b"three good words")
    await approvals.approve(P1, approvals.shown(view), TOM, signer)


def changed(desk: ModelDesk, statement: str, *values: Json) -> None:
    """Somebody with the key changes the store behind the program's back."""
    desk.inside.write(lambda tx: tx.sql.run(statement, *values))  # type: ignore[attr-defined]  # the store's own, beside the port


async def found(desk: ModelDesk) -> set[Breach]:
    return {one.breach for one in (await Auditing(desk.desk).verify(ELLEN)).findings}


async def test_decisions_leave_entries_and_an_approval_anchors_them(desk: ModelDesk) -> None:
    await decided(desk)
    entries = desk.inside.read(lambda tx: tx.audit.entries())
    assert [(one.kind, one.event) for one in entries] == [
        ("ticket.resolve", "decided"), ("alias.create", "decided"),
        ("alias.create", "withdrawn"), ("proposal.approve", "decided"),
    ]  # fmt: skip
    report = await Auditing(desk.desk).verify(ELLEN)
    assert (report.findings, report.anchored, report.anchors) == ((), 3, 1)
    assert "ellen" not in str(entries)
    assert "velna" not in str(entries)


@pytest.mark.parametrize(
    ("statement", "breach"),
    [
        ("DELETE FROM audit_entry WHERE n = 2", Breach.MISSING),
        ("DELETE FROM audit_entry WHERE n IN (2, 3)", Breach.MISSING),
        ("UPDATE audit_entry SET who = 'x' WHERE n = 1", Breach.EDITED),
        ("UPDATE audit_entry SET n = -n WHERE n = 1", Breach.EDITED),
        ("UPDATE outbox SET raw = CAST(replace(raw, 'e-6', 'e-5') AS BLOB)", Breach.EDITED),
    ],
)  # fmt: skip
async def test_what_was_changed_behind_it_is_found(
    desk: ModelDesk, statement: str, breach: Breach
) -> None:
    await decided(desk)
    changed(desk, statement)
    assert breach in await found(desk)


async def test_an_erased_body_does_not_break_the_chain(desk: ModelDesk) -> None:
    await decided(desk)
    changed(desk, "DELETE FROM outbox WHERE kind = 'ticket.resolve'")
    report = await Auditing(desk.desk).verify(ELLEN)
    assert (report.findings, report.unread) == ((), 1)


async def test_an_anchor_that_central_did_not_sign_is_found(desk: ModelDesk) -> None:
    await decided(desk)
    head = desk.inside.read(lambda tx: tx.audit.head())
    forged = Anchor(head.n, head.hash, desk.desk.clock.now(), "sync", "bm8=")
    desk.inside.write(lambda tx: tx.audit.keep_anchor(forged))
    assert await found(desk) == {Breach.FORGED}


CENTRAL = Ed25519PrivateKey.generate()


@pytest.fixture
def central(desk: ModelDesk) -> KnownDesks:
    """What central keeps of the desk's trail, under a key the desk knows."""
    public = base64.b64encode(CENTRAL.public_key().public_bytes_raw()).decode()
    desk.desk.identity = replace(desk.desk.identity, organisation_key=public)
    return KnownDesks()


def signed(desk: ModelDesk, n: int, incarnation: str = "") -> SignedHead:
    """Central's word that the trail stood at its n-th entry."""
    entry = desk.inside.read(lambda tx: tx.audit.entries())[n - 1]
    identity = desk.desk.identity
    message = canonical(anchor_message(identity.desk_id, n, entry.hash))
    receipt = base64.b64encode(CENTRAL.sign(message)).decode()
    anchor = Anchor(n, entry.hash, desk.desk.clock.now(), "central", receipt)
    return SignedHead(anchor, incarnation or identity.incarnation)


async def test_a_cut_end_is_found_by_what_central_keeps(
    desk: ModelDesk, central: KnownDesks
) -> None:
    """Given the last entries and every anchor of them taken out here, then central's head tells."""
    await decided(desk)
    central.heads = [signed(desk, 4), signed(desk, 2)]
    whole = await Auditing(desk.desk, central).verify(ELLEN)
    assert (whole.findings, whole.central, whole.lost) == ((), 2, 0)
    changed(desk, "DELETE FROM audit_entry WHERE n > 2")
    changed(desk, "DELETE FROM outbox WHERE kind = 'proposal.approve'")
    assert await found(desk) == set(), "nothing here tells of it"
    cut = await Auditing(desk.desk, central).verify(ELLEN)
    assert [(one.n, one.breach) for one in cut.findings] == [(4, Breach.MISSING)]


async def test_a_trail_written_anew_and_longer_is_found_by_centrals_former_heads(
    desk: ModelDesk, central: KnownDesks
) -> None:
    await decided(desk)
    central.heads = [signed(desk, 2)]
    changed(desk, "DELETE FROM audit_entry")
    changed(desk, "DELETE FROM outbox WHERE kind LIKE 'proposal.%' OR kind LIKE 'alias.%'")
    changed(desk, "DELETE FROM outbox WHERE kind = 'ticket.resolve'")
    tickets = desk.tickets("one", "two", "three")
    await Models(desk.desk).link(tickets, "e-6", ELLEN)
    assert await found(desk) == set()
    report = await Auditing(desk.desk, central).verify(ELLEN)
    assert {one.breach for one in report.findings} == {Breach.REWRITTEN}


async def test_heads_of_a_former_life_are_told_and_no_breach(
    desk: ModelDesk, central: KnownDesks
) -> None:
    """Given a restored profile, then what came after the backup is named as left behind."""
    await decided(desk)
    central.heads = [signed(desk, 4, "a former life"), signed(desk, 2, "a former life")]
    changed(desk, "DELETE FROM audit_entry WHERE n > 2")
    changed(desk, "DELETE FROM outbox WHERE kind = 'proposal.approve'")
    report = await Auditing(desk.desk, central).verify(ELLEN)
    assert (report.findings, report.central, report.lost) == ((), 2, 1)


async def test_a_head_that_only_claims_to_be_centrals_is_found(
    desk: ModelDesk, central: KnownDesks
) -> None:
    await decided(desk)
    real = signed(desk, 2)
    central.heads = [replace(real, anchor=replace(real.anchor, n=1))]
    report = await Auditing(desk.desk, central).verify(ELLEN)
    assert Breach.FORGED in {one.breach for one in report.findings}


async def test_without_central_it_is_said_that_central_was_not_asked(
    desk: ModelDesk, central: KnownDesks
) -> None:
    await decided(desk)
    central.away = True
    report = await Auditing(desk.desk, central).verify(ELLEN)
    assert (report.findings, report.central) == ((), None)
