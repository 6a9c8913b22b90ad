"""The second place: byte for byte the journal, whatever happens to it meanwhile."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from app.domain.errors import EnvironmentFault, StoreKeyMissing
from app.domain.views import CopyWord
from local_store import journal_file, second_place
from local_store.copier import Copier
from local_store.journal_file import JOURNAL, JournalEntry
from local_store.keys import KEYS, Keys
from local_store.second_place import Chosen, SecondPlace
from tests.support.store_desk import KEY, PLATFORM, StoreDesk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def desk(tmp_path: Path) -> StoreDesk:
    folder = tmp_path / "profile"
    folder.mkdir()
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    return StoreDesk.made(folder)


def place(desk: StoreDesk, stick: Path, name: str = "offhook-1", *formers: str) -> SecondPlace:
    return SecondPlace(desk.folder, Chosen(str(stick), formers), name, PLATFORM)


def is_whole(desk: StoreDesk, stick: Path, name: str = "offhook-1") -> bool:
    copy = (stick / name / JOURNAL).read_bytes()
    return copy == (desk.folder / JOURNAL).read_bytes()


def test_only_what_is_new_is_copied(desk: StoreDesk, stick: Path) -> None:
    desk.take("First")
    there = place(desk, stick)
    first = there.bring_up_to_date()
    before = (desk.folder / JOURNAL).stat().st_size
    assert first == before
    desk.take("Second")
    assert there.bring_up_to_date() == (desk.folder / JOURNAL).stat().st_size - before
    assert there.bring_up_to_date() == 0
    assert is_whole(desk, stick)
    key = Keys(stick / "offhook-1", PLATFORM).unlock(passphrase=b"words", secrets=None)
    assert len([one for one in journal_file.read(stick / "offhook-1", key) if one.op_id]) == 2


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 40)


def _rot(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def _zeros(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[:-50] + bytes(50))


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x" * 500)


@pytest.mark.parametrize("hurt", [_cut, _rot, _zeros, _longer, Path.unlink])
def test_a_copy_that_was_hurt_is_put_right_at_the_next_start(
    desk: StoreDesk, stick: Path, hurt: Callable[[Path], None]
) -> None:
    for number in range(5):
        desk.take(f"Fault {number}")
    place(desk, stick).bring_up_to_date()
    hurt(stick / "offhook-1" / JOURNAL)
    assert not (stick / "offhook-1" / JOURNAL).exists() or not is_whole(desk, stick)
    assert place(desk, stick).bring_up_to_date() > 0
    assert is_whole(desk, stick)


def test_a_journal_written_anew_is_copied_anew(desk: StoreDesk, stick: Path) -> None:
    """Given the journal without some of its operations, they go from the copy as well."""
    ops = [desk.take(f"Fault {number}")[1] for number in range(6)]
    there = place(desk, stick)
    there.bring_up_to_date()
    for kept in (ops[:5], ops[:1], []):
        desk.store._keeper.rewrite(partial(keeping, kept))
        desk.take("Longer than what went " + "x" * 3_000)
        there.bring_up_to_date()
        assert is_whole(desk, stick)


def keeping(ops: Sequence[str]) -> Callable[[JournalEntry], bool]:
    return lambda one: one.op_id in ops


def test_the_copies_of_former_lives_are_taken_over(desk: StoreDesk, stick: Path) -> None:
    place(desk, stick, "offhook-old").bring_up_to_date()
    (stick / "somebody-elses").mkdir()
    place(desk, stick, "offhook-new", "offhook-old", "somebody-elses").bring_up_to_date()
    assert sorted(one.name for one in stick.iterdir()) == ["offhook-new", "somebody-elses"]
    assert second_place.copies_in(stick) == [stick / "offhook-new"]
    assert second_place.copies_in(stick / "offhook-new") == [stick / "offhook-new"]


def test_a_place_that_is_not_there_is_not_made(desk: StoreDesk, stick: Path) -> None:
    with pytest.raises(FileNotFoundError):
        place(desk, stick / "absent").bring_up_to_date()
    assert list(stick.iterdir()) == []


def test_a_store_that_only_its_keyring_opens_has_no_second_place(
    desk: StoreDesk, stick: Path
) -> None:
    keys = desk.folder / KEYS
    keys.write_text('{"check": "00", "slots": {"keyring": {"name": "x"}}}')
    with pytest.raises(StoreKeyMissing) as caught:
        desk.store._keep_second_copy(str(stick))
    assert caught.value.todo
    assert desk.store._second_copy().word is CopyWord.NONE


def test_the_slots_in_the_second_place_never_name_the_keyring(tmp_path: Path) -> None:
    class Kept:
        def put(self, name: str, secret: bytes) -> None: ...

        def get(self, name: str) -> bytes | None:
            return KEY

        def describe(self) -> str:
            return ""

    keys = Keys(tmp_path, PLATFORM)
    keys.create(KEY, passphrase=b"words", secrets=Kept())
    assert keys.slots() == ("keyring", "passphrase")
    assert b"keyring" not in keys.portable()


def test_a_place_inside_the_profile_is_no_second_place(desk: StoreDesk) -> None:
    (desk.folder / "copy").mkdir()
    for folder in (desk.folder, desk.folder / "copy"):
        with pytest.raises(EnvironmentFault):
            desk.store._keep_second_copy(str(folder))


def test_an_open_desk_copies_by_itself_and_says_when_it_cannot(
    desk: StoreDesk, stick: Path
) -> None:
    """Given a stick, each save is there soon; pulled out, the desk knows; back in, it follows."""
    assert desk.store._second_copy().word is CopyWord.NONE
    assert desk.store._keep_second_copy(str(stick)).word is CopyWord.CURRENT
    (copy,) = stick.iterdir()
    desk.take("Copied soon")
    wait_until(lambda: is_whole(desk, stick, copy.name))
    stick.rename(stick.with_name("pocket"))
    desk.take("While it is away")
    wait_until(lambda: desk.store._second_copy().word is CopyWord.BEHIND)
    stick.with_name("pocket").rename(stick)
    wait_until(lambda: desk.store._second_copy().word is CopyWord.CURRENT)
    assert is_whole(desk, stick, copy.name)
    desk.take("Just before the end")
    desk.store.close_now()
    assert is_whole(desk, stick, copy.name)


def wait_until(holds: Callable[[], bool]) -> None:
    """A hang guard of sixty seconds; what is waited for takes two at most."""
    for _ in range(1_200):
        if holds():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came")


class Hung(SecondPlace):
    """A share that never answers."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()

    def bring_up_to_date(self) -> int:
        self.asked.set()
        self.go_on.wait(120)
        return 0


def test_a_share_that_hangs_holds_neither_saves_nor_the_end_up(desk: StoreDesk) -> None:
    hung = Hung()
    copier = Copier(hung, "share", PLATFORM.boot_seconds)
    assert hung.asked.wait(60)
    desk.store._keeper._copier = copier
    desk.take("Saved all the same")
    assert copier.standing().word is CopyWord.BEHIND
    desk.store.close_now()
    assert not hung.go_on.is_set()
    hung.go_on.set()
