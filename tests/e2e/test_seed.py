"""A desk from a seed file: made while central is down, known to it when it returns."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.desk_files import lighten
from tests.support.programs import ROOT, Central, DeskProgram, Ended

pytestmark = pytest.mark.e2e


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed's file, its passphrase, and whose it is."""

    file: Path
    secret: Path
    fingerprint: str


def make_seed(central: Central, folder: Path, name: str = "Van 7") -> Seed:
    file, secret = folder / "van7.seed", folder / "seed.secret"
    secret.write_text("long and told by phone")
    done = subprocess.run(
        [
            sys.executable, "-m", "app.central.reference", "seed", "--data", str(central.data),
            "--out", str(file), "--desk-name", name, "--passphrase-file", str(secret),
            "--central", central.url,
        ],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return Seed(file, secret, json.loads(done.stdout)["organisation"])


def enrol(desk: DeskProgram, seed: Seed, organisation: str | None) -> Ended:
    named = ("--organisation", organisation) if organisation else ()
    done = desk.run(
        "enrol", "--seed", str(seed.file), "--seed-passphrase-file", str(seed.secret), *named
    )
    if done.code == 0:
        lighten(desk.profile, desk.secret)
    return done


def test_a_desk_from_a_seed_takes_calls_and_delivers_each_once_when_central_returns(
    tmp_path: Path,
) -> None:
    """Given a seed and no central, when calls are taken and central returns, all arrive once."""
    first, van = DeskProgram(tmp_path / "first"), DeskProgram(tmp_path / "van")
    twin = DeskProgram(tmp_path / "twin")
    with Central(tmp_path / "central") as central:
        first.enrol(central, "First")
        known = taken(first, "Door seal leaks")
        assert first.run("sync", "--once").json["waiting"] == 0
        seed = make_seed(central, tmp_path)
        assert b"Door seal" not in seed.file.read_bytes()
        central.kill()

        refused = enrol(van, seed, None)
        assert refused.code == 3
        assert seed.fingerprint in refused.err, "a person compares it"
        assert not (van.profile / "store.db").exists()
        assert enrol(van, seed, "0" * 40).code == 3
        for one in (van, twin):
            made = enrol(one, seed, seed.fingerprint)
            assert made.code == 0, made.err
        assert_has_but_never_met(van, known)
        references = [taken(van, "No picture"), taken(van, "No sound"), taken(twin, "It hums")]
        assert len(set(references)) == 3, "two computers from one seed give other references"
        away = van.run("sync", "--once").json
        assert (away["pushed"], away["services"]["tickets"]["state"]) == (0, "down")

        central.start()
        assert van.run("sync", "--once").json["waiting"] == 0
        assert van.run("sync", "--once").json["pushed"] == 0
        late = twin.run("sync", "--once").json
        assert late["waiting"] == 2, "another computer is that desk; nothing is lost"
        assert late["services"]["tickets"]["state"] == "sign_in"
        assert van.run("sync", "--once").json["services"]["tickets"]["state"] == "up"
        truth = {line["ref"]: len(line["operations"]) for line in central.ledger()}
        assert truth == {known: 1, references[0]: 1, references[1]: 1}

        work, receipt = tmp_path / "work", tmp_path / "receipt"
        given = twin.run("hand-over", "file", str(work), "--to", "First")
        assert given.code == 0, given.err
        refused = first.run("hand-over", "take", str(work))
        assert refused.code == 3
        assert given.json["fingerprint"] in refused.err, "a person compares it"
        compared = ("--giver", given.json["fingerprint"], "--receipt", str(receipt))
        took = first.run("hand-over", "take", str(work), *compared)
        assert took.code == 0, took.err
        assert first.run("sync", "--once").json["waiting"] == 0
        assert {line["ref"]: len(line["operations"]) for line in central.ledger()} == {
            **truth, references[2]: 1,
        }  # fmt: skip
        assert van.run("sync", "--once").json["services"]["tickets"]["state"] == "up"
        gone = twin.run("remove", "--receipt", str(receipt))
        assert gone.code == 0, gone.err


def assert_has_but_never_met(desk: DeskProgram, known: str) -> None:
    """Its data is the seed's, as old as that; central has never answered it."""
    assert desk.run("ticket", known).json["fault"] == "Door seal leaks"
    tickets = desk.run("status").json["services"]["tickets"]
    assert (tickets["state"], tickets["last_good"]) == ("stale", None)
    assert tickets["as_of"] is not None


def test_a_seed_that_was_touched_makes_no_desk(tmp_path: Path) -> None:
    """Given a seed with one byte changed or the wrong passphrase, then nothing is made."""
    van = DeskProgram(tmp_path / "van")
    with Central(tmp_path / "central") as central:
        seed = make_seed(central, tmp_path)
    content = bytearray(seed.file.read_bytes())
    content[len(content) // 2] ^= 1
    seed.file.write_bytes(content)
    assert enrol(van, seed, seed.fingerprint).code == 3
    content[len(content) // 2] ^= 1
    seed.file.write_bytes(content)
    seed.secret.write_text("another one")
    assert enrol(van, seed, seed.fingerprint).code == 3
    assert not van.profile.exists() or not list(van.profile.iterdir())


def taken(desk: DeskProgram, fault: str) -> str:
    done = desk.run("take", "--phone", "07700 900118", "--fault", fault)
    assert done.code == 0, done.err
    return str(done.json["ref"])
