"""The trail of a real store: what is written with each decision, and what was changed behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.audit import Anchor, Breach
from app.domain.operations import Json
from app.services.approvals import Approvals
from app.services.auditing import Auditing
from app.services.models import Models
from app.services.outgoing import Outgoing
from local_store.person_keys import PersonKeys
from tests.support.model_desk import ModelDesk
from tests.support.ui_desk import ELLEN, TOM

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
    desk.inside.write(lambda tx: tx.sql.run(statement, *values))  # type: ignore[attr-defined]


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
