"""A model nobody knows: proposed by one person, approved by another, found by the next caller."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from app.central.client.contract_client import ClientSettings
from tests.support.desk_in_process import DeskInProcess, desk_in_process
from tests.support.programs import Central, DeskProgram

pytestmark = [pytest.mark.e2e, pytest.mark.linux]


class Desks:
    """A desk at a new central, and its people's passphrases."""

    def __init__(self, folder: Path, central: Central) -> None:
        self.central, self.folder = central, folder
        self.desk = DeskProgram(folder / "desk")
        self.desk.enrol(central)
        people = self.desk.run("people").json
        self.boss = next(one["id"] for one in people if "supervisor" in one["roles"])
        self.agent = next(one["id"] for one in people if "agent" in one["roles"])
        self.words = folder / "boss.txt"
        self.words.write_text("quiet copper kettle\n", "utf-8")

    def propose(self, *more: str) -> dict[str, Any]:
        done = self.desk.run(
            "propose", "--as", self.agent, "--words", "velna dryer sixtyfour", "--maker", "Velna",
            "--name", "Dry 640", "--number", "VD-640 X", "--category", "dryer", *more,
        )  # fmt: skip
        assert done.code == 0, done.err
        answer: dict[str, Any] = done.json
        return answer

    def decide(self, *words: str, person: str | None = None) -> Any:  # noqa: ANN401 - as it ended
        return self.desk.run(
            *words, "--as", person or self.boss, "--person-passphrase-file", str(self.words)
        )

    def sync(self) -> dict[str, Any]:
        report: dict[str, Any] = self.desk.run("sync", "--once").json
        return report


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with Central(tmp_path / "central") as central:
        yield Desks(tmp_path, central)


def test_a_proposal_is_approved_and_found_by_everybody(desks: Desks) -> None:
    """Given a caller's unknown model, when another person approves it, then every desk has it."""
    taken = desks.desk.run(
        "take", "--phone", "07700 900118", "--fault", "Drum squeals", "--model",
        "velna dryer sixtyfour",
    ).json  # fmt: skip
    (row,) = desks.desk.run("models").json
    assert (row["words"], row["tickets"], row["state"]) == (
        "velna dryer sixtyfour", [taken["ref"]], "as_said",
    )  # fmt: skip
    proposed = desks.propose("--ref", taken["ref"])
    assert desks.sync()["waiting"] == 0
    (row,) = desks.desk.run("models").json
    assert row["proposal"]["id"] == proposed["proposal_id"]
    approved = desks.decide("approve", proposed["proposal_id"])
    assert approved.code == 0, approved.err
    assert desks.desk.run("outbox").json[0]["kind"] == "proposal.approve"
    report = desks.sync()
    assert (report["pushed"], report["waiting"], report["needs_review"]) == (1, 0, 0)
    trail = desks.desk.run("audit", "verify").json
    assert (trail["entries"], trail["anchored"]) == (4, 4), (
        "decided and applied, each one signed for"
    )
    assert trail["central"]["asked"]
    assert trail["central"]["heads"] >= 1
    other = DeskProgram(desks.folder / "other")
    other.enrol(desks.central)
    other.run("sync", "--once")
    (model,) = other.run("search", "Velna 640").json["models"]
    assert model["id"] == approved.json["entry_id"]


def test_nobody_approves_their_own_and_only_with_their_own_passphrase(desks: Desks) -> None:
    proposed = desks.propose()["proposal_id"]
    assert desks.decide("approve", proposed, person=desks.agent).code == 3
    own = desks.desk.run(
        "propose", "--as", desks.boss, "--maker", "Velna", "--name", "Iron 12",
    ).json  # fmt: skip
    refused = desks.decide("approve", own["proposal_id"])
    assert (refused.code, "cannot decide" in refused.err) == (3, True)
    assert desks.decide("approve", proposed).code == 0
    desks.words.write_text("another phrase altogether\n", "utf-8")
    wrong = desks.decide("reject", own["proposal_id"], "--reason", "No.")
    assert wrong.code == 3
    assert "passphrase" in wrong.err


def test_an_approval_given_in_an_outage_waits_for_its_key_and_then_counts(desks: Desks) -> None:
    """Given no central, when a supervisor signs for the first time here, then nothing is lost."""
    proposed = desks.propose()["proposal_id"]
    assert desks.sync()["waiting"] == 0
    desks.central.kill()
    approved = desks.decide("approve", proposed)
    assert approved.code == 0, approved.err
    assert approved.json["state"] == "sign_in"
    assert desks.sync()["waiting"] == 1
    desks.central.start()
    report = desks.sync()
    assert (report["waiting"], report["needs_review"]) == (0, 0)
    assert desks.desk.run("search", "Velna 640").json["models"]


def test_a_model_of_the_catalog_is_not_proposed_twice(desks: Desks) -> None:
    proposed = desks.propose()["proposal_id"]
    again = desks.desk.run("propose", "--maker", "Velna", "--name", "Other", "--number", "vd640x")
    assert (again.code, "already" in again.err) == (3, True)
    desks.sync()
    desks.decide("approve", proposed)
    desks.sync()
    again = desks.desk.run("propose", "--maker", "velna", "--name", "Other", "--number", "vd640x")
    assert (again.code, "catalog has" in again.err) == (3, True)


def test_a_rejection_needs_its_reason_and_ends_the_waiting(desks: Desks) -> None:
    proposed = desks.propose()["proposal_id"]
    assert desks.decide("reject", proposed).code == 2
    assert desks.decide("reject", proposed, "--reason", "We do not repair it.").code == 0
    assert desks.desk.run("models").json == []
    assert desks.decide("approve", proposed, "--shown", "0" * 64).code == 3


def test_a_proposal_is_asked_back_answered_and_delegated_by_command(desks: Desks) -> None:
    """Given two wordings proposed as one, then all that is said about it shows on every desk."""
    proposed = desks.propose("--words", "the velna in the hall")["proposal_id"]
    line = ("ask-back", proposed, "--question", "Which size?", "--as")
    assert desks.desk.run(*line, desks.agent).code == 3, "an agent asks nothing back"
    assert desks.desk.run(*line, desks.boss).code == 0
    (row,) = desks.desk.run("models").json
    assert (row["proposal"]["state"], row["proposal"]["question"]) == ("asked", "Which size?")
    assert row["proposal"]["wordings"] == [WORDS, "the velna in the hall"]
    given = desks.desk.run("answer", proposed, "--answer", "The small one.", "--as", desks.agent)
    assert given.code == 0, given.err
    to = ("delegate", proposed, "--as", desks.boss, "--to")
    assert desks.desk.run(*to, desks.agent).code == 3
    assert desks.desk.run(*to, "nobody.here").code == 3
    assert desks.desk.run(*to, desks.boss).code == 0
    assert desks.sync()["needs_review"] == 0
    other = DeskProgram(desks.folder / "other")
    other.enrol(desks.central)
    other.run("sync", "--once")
    (row,) = other.run("models").json
    seen = row["proposal"]
    assert (seen["state"], seen["answer"], seen["delegated_to"]) == (
        "open", "The small one.", desks.boss,
    )  # fmt: skip


def test_a_trail_that_was_cut_here_is_found_by_what_central_keeps(desks: Desks) -> None:
    """Given the last entry and its anchors taken out of the store, then central's head tells; and
    with central away the command says that it was not asked.
    """
    desks.propose()
    desks.sync()
    assert desks.desk.run("audit", "verify").json["central"]["heads"] >= 1
    _cut(desks.desk)
    found = desks.desk.run("audit", "verify")
    assert (found.code, "not as it was written" in found.err) == (3, True)
    desks.central.kill()
    alone = desks.desk.run("audit", "verify")
    assert alone.code == 0, alone.err
    assert alone.json["central"]["asked"] is False
    assert "could not be asked" in alone.json["central"]["said"]


def _cut(desk: DeskProgram) -> None:
    """Somebody with the store's key takes the newest decision and what anchors it away."""

    def cut(tx: Any) -> None:  # noqa: ANN401 - behind the port
        tx.sql.run("DELETE FROM audit_entry WHERE n = (SELECT max(n) FROM audit_entry)")
        tx.sql.run("DELETE FROM audit_anchor")

    async def work() -> None:
        async with _opened(desk) as opened:
            await opened.opened.desk.store.write(cut)

    asyncio.run(work())


WORDS = "velna dryer sixtyfour"
OTHER = "the velna in the cellar"


async def test_two_desks_learn_what_one_decides(desks: Desks) -> None:
    """Given two supervisors who decide differently in an outage, then the first at central wins,
    the other has a card, and what callers said at either desk resolves without a ticket rewritten.
    """
    other = DeskProgram(desks.folder / "other")
    other.enrol(desks.central)
    async with _opened(desks.desk) as here, _opened(other) as there:
        proposed = await _said(
            here, "propose", "--as", desks.agent, "--words", WORDS, "--maker", "Velna", "--name",
            "Dry 640",
        )  # fmt: skip
        tickets = [await _taken(one, words) for one in (here, there) for words in (WORDS, OTHER)]
        for one in (here, there):
            assert (await one.sync()).waiting == 0
        desks.central.kill()
        decider = ("--as", desks.boss, "--person-passphrase-file", str(desks.words))
        entry = (await _said(here, "approve", proposed["proposal_id"], *decider))["entry_id"]
        await _said(there, "reject", proposed["proposal_id"], "--reason", "Not ours.", *decider)
        desks.central.start()
        assert (await here.sync()).needs_review == 0
        assert (await there.sync()).needs_review == 1
        (card,) = await _said(there, "outbox")
        assert (card["kind"], card["state"]) == ("proposal.reject", "parked")
        assert [row["words"] for row in await _said(there, "models")] == [OTHER]
        person = await here.opened.people.current(desks.agent)
        await here.opened.models.remember(OTHER, entry, person)
        assert (await here.sync()).pushed == 1
        assert (await there.sync()).waiting == 0
        assert await _said(there, "models") == []
        for ref in tickets:
            detail = await there.opened.tickets.by_reference(ref)
            assert detail.row.device == "Velna Dry 640"
            assert detail.fields.get("model_pin") is None
            assert detail.rev == 1


def _opened(desk: DeskProgram) -> AbstractAsyncContextManager[DeskInProcess]:
    return desk_in_process(desk.profile, desk.secret, ClientSettings())


async def _said(desk: DeskInProcess, *line: str) -> Any:  # noqa: ANN401 - as the command says
    code, text = await desk.opened.run_command(list(line))
    assert code == 0, text
    return json.loads(text)


async def _taken(desk: DeskInProcess, words: str) -> str:
    line = ("take", "--phone", "07700 900118", "--fault", "It squeals", "--model", words)
    return str((await _said(desk, *line))["ref"])
