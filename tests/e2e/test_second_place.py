"""The profile is gone, or its store is damaged: the desk goes on from what was kept elsewhere."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from local_store import journal_file
from local_store.journal_file import JOURNAL
from local_store.keys import KEYS, STORE
from tests.support.command_here import run_here, took
from tests.support.desk_files import key_of, lighten, looked_at
from tests.support.programs import ROOT, Central, DeskProgram

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

RECEIPT = b"\x89PNG\r\n\x1a\n" + b"a receipt nobody else has" * 400


def applied(central: Central, references: list[str]) -> None:
    """Central's ledger has each of these once, each by one creating operation."""
    counts = Counter(line["ref"] for line in central.ledger())
    assert {one: counts[one] for one in references} == dict.fromkeys(references, 1)
    assert max(counts.values()) == 1


def test_a_desk_whose_profile_is_gone_goes_on_from_the_second_place(
    desk: DeskProgram, central: Central, tmp_path: Path
) -> None:
    """Given calls at central, under way and only here, none is lost and none is doubled."""
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run_here(desk, "status").json["second_copy"]["saved"] == "only on this computer"
    said = [took(desk, "Sent long ago")]
    assert run_here(desk, "second-place", str(stick)).json["saved"] == "in two places"
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    said += [took(desk, f"Only here {number}") for number in range(3)]
    run_here(desk, "note", said[0], "A note nobody else has")
    sending = desk.start("sync", "--once")  # killed somewhere in the middle of sending
    sending.send_signal(signal.SIGKILL)
    sending.communicate()
    before = run_here(desk, "outbox").json
    mark = [file for file in stick.rglob("*") if file.is_file()]
    assert {file.name for file in mark} == {JOURNAL, KEYS}
    shutil.rmtree(desk.profile)

    other = DeskProgram(tmp_path / "elsewhere")
    done = run_here(other, "restore", "--from-second-place", str(stick))
    assert done.code == 0, done.err
    assert done.json["desk_code"] != said[0][:2]
    held = run_here(other, "status").json
    assert len(held["held_after_restore"]) == 6
    assert {row["op_id"] for row in before} <= {
        row["op_id"] for row in run_here(other, "outbox").json
    }
    said.append(took(other, "After the restore"))
    assert len(set(said)) == len(said)
    report = run_here(other, "sync", "--once").json
    assert (report["waiting"], report["needs_review"]) == (0, 0)
    assert run_here(other, "status").json["held_after_restore"] == []
    applied(central, said)
    first = next(line for line in central.ledger() if line["ref"] == said[0])
    assert [note["text"] for note in first["fields"]["notes"]] == ["A note nobody else has"]
    assert all(run_here(other, "ticket", one).code == 0 for one in said)
    (copy,) = stick.iterdir()  # the former life's copy was taken over
    assert run_here(other, "status").json["second_copy"]["state"] == "current"
    assert copy.is_dir()


def test_evidence_goes_on_from_the_second_place_too(desk: DeskProgram, tmp_path: Path) -> None:
    """Given a receipt that was kept, it is sealed on the stick, and the next desk has it."""
    stick, receipt = tmp_path / "stick", tmp_path / "receipt.png"
    stick.mkdir()
    receipt.write_bytes(RECEIPT)
    run_here(desk, "second-place", str(stick))
    paid = ("--claim-amount", "4900", "--claim-currency", "GBP")
    ref = run_here(desk, "take", "--phone", "07700 900118", "--fault", "Paid", *paid).json["ref"]
    assert run_here(desk, "claims", "evidence", ref, str(receipt)).code == 0
    there = [file for file in stick.rglob("*") if file.is_file()]
    assert sum(file.suffix == ".sealed" for file in there) == 1
    assert not any(RECEIPT[8:40] in file.read_bytes() for file in there)
    shutil.rmtree(desk.profile)
    other = DeskProgram(tmp_path / "elsewhere")
    done = run_here(other, "restore", "--from-second-place", str(stick))
    assert done.code == 0, done.err
    (file,) = run_here(other, "claims", "evidence", ref).json
    assert file["here"]
    out = tmp_path / "again.png"
    copy = ("claims", "copy", ref, file["file_id"], str(out))
    assert run_here(other, *copy, "--as", "nadia.holt").code == 0
    assert out.read_bytes() == RECEIPT
    assert sum(one.suffix == ".sealed" for one in stick.rglob("*")) == 1
    assert sum(one.suffix == ".sealed" for one in other.profile.rglob("*")) == 1


def test_a_place_that_goes_away_is_said_and_caught_up_with(
    desk: DeskProgram, tmp_path: Path
) -> None:
    """Given a stick pulled out, saving goes on, status says so; back in, it has everything."""
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    stick.mkdir()
    run_here(desk, "second-place", str(stick))
    stick.rename(pocket)
    took(desk, "While it is away")
    said = run_here(desk, "status").json["second_copy"]
    assert (said["state"], said["saved"]) == ("behind", "only on this computer")
    assert not stick.exists()
    pocket.rename(stick)
    assert run_here(desk, "status").json["second_copy"]["state"] == "current"
    (copy,) = stick.iterdir()
    assert (copy / JOURNAL).read_bytes() == (desk.profile / JOURNAL).read_bytes()
    assert run_here(desk, "second-place", "--none").json["state"] == "none"
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("with_backup", [False, True])
def test_a_damaged_store_is_made_anew_from_the_journal_beside_it(
    desk: DeskProgram, central: Central, tmp_path: Path, *, with_backup: bool
) -> None:
    """Given a page that does not verify, then everything acknowledged is there and goes once."""
    said = [took(desk, "At central")]
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    backup = tmp_path / "backup"
    assert run_here(desk, "backup", str(backup)).code == 0
    said += [took(desk, "Only here"), took(desk, "Only here as well")]
    sound = run_here(desk, "restore", "--from-journal")
    assert sound.code == 4
    damage_pages(desk.profile / STORE)
    assert run_here(desk, "outbox").code == 4
    words = ["restore", "--from-journal", *(["--backup", str(backup)] if with_backup else [])]
    done = run_here(desk, *words)
    assert done.code == 0, done.err
    assert run_here(desk, "doctor").json["store"] == "healthy"
    waiting = {row["ref"] for row in run_here(desk, "outbox").json}
    assert set(said[1:]) <= waiting
    if with_backup:
        assert run_here(desk, "ticket", said[0]).code == 0
    said.append(took(desk, "After the repair"))
    report = run_here(desk, "sync", "--once").json
    assert (report["waiting"], report["needs_review"]) == (0, 0)
    applied(central, said)


def damage_pages(path: Path) -> None:
    """Turn bits in every page but the first."""
    raw = bytearray(path.read_bytes())
    for start in range(4096, len(raw), 4096):
        raw[start + 100] ^= 0xFF
    path.write_bytes(raw)


def test_the_organisations_key_opens_a_second_copy(
    desk: DeskProgram, central: Central, tmp_path: Path
) -> None:
    """Given a forgotten passphrase, the recovery key and a new one bring the desk back."""
    stick = tmp_path / "stick"
    stick.mkdir()
    run_here(desk, "second-place", str(stick))
    said = took(desk, "Before the passphrase was forgotten")
    key = central.data / "recovery.key"
    other = DeskProgram(tmp_path / "elsewhere")
    other.secret.write_text("a new passphrase")
    done = run_here(
        other, "restore", "--from-second-place", str(stick), "--recovery-key-file", str(key)
    )
    assert done.code == 0, done.err
    lighten(other.profile, other.secret)
    assert said in {row["ref"] for row in run_here(other, "outbox").json}
    with looked_at(other.profile, key_of(other.profile, other.secret)) as store:
        assert store.execute("SELECT count(*) FROM outbox").fetchone()[0] >= 2


@pytest.mark.linux
def test_five_seconds_after_a_save_it_is_in_the_second_place_whatever_happens_next(
    desk: DeskProgram, central: Central, tmp_path: Path
) -> None:
    """Given a desk killed five seconds after its last call, with its disk gone, none is lost."""
    stick = tmp_path / "stick"
    stick.mkdir()
    run_here(desk, "second-place", str(stick))
    command = [
        sys.executable, "-m", "tests.support.staying", str(desk.profile), str(desk.secret), "8",
    ]  # fmt: skip
    working = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert working.stdout is not None
    said = [working.stdout.readline().split()[1] for _ in range(8)]
    time.sleep(SECOND_PLACE_HAS_IT_AFTER_S)
    working.send_signal(signal.SIGKILL)
    working.communicate()
    kept = list(journal_file.read(desk.profile, key_of(desk.profile, desk.secret)))
    beside = b"".join(entry.raw for entry in kept)
    assert all(one.encode() in beside for one in said)
    shutil.rmtree(desk.profile)
    other = DeskProgram(tmp_path / "elsewhere")
    done = run_here(other, "restore", "--from-second-place", str(stick))
    assert done.code == 0, done.err
    assert {row["ref"] for row in run_here(other, "outbox").json} >= set(said)
    assert run_here(other, "sync", "--once").json["waiting"] == 0
    applied(central, said)


SECOND_PLACE_HAS_IT_AFTER_S = 5.0
"""The promise itself (architecture point 5); the copy begins with the commit."""
