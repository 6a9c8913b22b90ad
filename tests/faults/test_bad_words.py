"""Whatever a caller says or a script passes on is kept as said, or refused with a sentence."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.domain.errors import Invalid
from app.domain.visible import visible
from app.services.intake import LONGEST_TEXT
from tests.support.command_here import run_here
from tests.support.desk_in_process import desk_in_process
from tests.support.programs import ROOT, Central, DeskProgram, environment
from tests.support.sentences import REFUSED_EXIT, must_say

pytestmark = pytest.mark.faults

WORDS = {
    "arabic": "الثلاجة لا تبرد منذ الأمس",
    "hebrew with numbers": "המקרר לא מקרר 24 שעות (דגם KG-39)",
    "emoji": "🔥🧊 freezer 👩‍🔧🏽 says E-24 🇩🇪",
    "combining marks": "Kuḧlschrank lä̈uft nicht",
    "direction overrides": "\u202egnp.ecioVni\u202c \u2066isolate\u2069",
    "control characters": "beeps\x07 and\ttabs\r\nand lines\x1b[31m",
    "a zero byte": "before\x00after",
    "markup": "<b>no</b> <img src=x onerror=alert(1)> {{7*7}} ${HOME} %s %n",
    "quotes and SQL": 'O\'Brien "x"; DROP TABLE outbox; -- C++ XR-20 NEAR( *',
    "one character": "?",
    "noncharacters": "\ufffe\uffff\U0010ffff",
}
PHONES = {
    "07700 900118": "+447700900118",
    "+44 (0)7700 900118": "+447700900118",
    "0044 7700 900118": "+447700900118",
    "07700-900-118 ext. 12": "+447700900118",
    "\u202a+44 7700 900118\u202c": "+447700900118",
    "\u0660\u0667\u0667\u0660\u0660 \u0669\u0660\u0660\u0661\u0661\u0668": "+447700900118",
    "+49 30 901820": "+4930901820",
    "030 901820": None,
    "0049 30 901820": "+4930901820",
    "unknown number": None,
    "anonymous": None,
    "1": None,
    "☎": None,
    "0" * 300: None,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DeskProgram, Central]]:
    folder = tmp_path_factory.mktemp("words")
    program = DeskProgram(folder / "desk")
    with Central(folder / "central") as central:
        program.enrol(central)
        yield program, central


def _at_central(program: DeskProgram, central: Central) -> dict[str, dict[str, Any]]:
    """Send everything; central's fields by reference."""
    done = run_here(program, "sync", "--once")
    assert done.code == 0, done.err
    assert done.json["waiting"] == 0
    assert done.json["needs_review"] == 0
    return {line["ref"]: line["fields"] for line in central.ledger()}


def test_words_of_any_kind_arrive_as_they_were_said(desk: tuple[DeskProgram, Central]) -> None:
    """Given words in any script, with anything in them, central has the very same characters."""
    program, central = desk
    said = {}
    for words in WORDS.values():
        done = run_here(
            program, "take", "--phone", "07700 900118", "--fault", words, "--name", words
        )
        assert done.code == 0, done.err
        said[done.json["ref"]] = words
        shown = run_here(program, "ticket", done.json["ref"])
        assert shown.json["fields"]["fault"] == words
        assert visible(shown.out) == shown.out
    note = run_here(program, "note", next(iter(said)), "\n".join(WORDS.values()))
    assert note.code == 0, note.err
    arrived = _at_central(program, central)
    for reference, words in said.items():
        assert arrived[reference]["fault"] == words
        assert arrived[reference]["caller_name"] == words
    assert arrived[next(iter(said))]["notes"][0]["text"] == "\n".join(WORDS.values())
    for words in WORDS.values():
        assert run_here(program, "search", words).code == 0


def test_phones_of_any_form_are_kept_and_read_where_they_can_be(
    desk: tuple[DeskProgram, Central],
) -> None:
    """Given a number in any writing, it is kept as said, and read as E.164 where it is one."""
    program, central = desk
    said = {}
    for phone in PHONES:
        done = run_here(program, "take", "--phone", phone, "--fault", "Leaks")
        assert done.code == 0, done.err
        said[done.json["ref"]] = phone
    arrived = _at_central(program, central)
    for reference, phone in said.items():
        assert arrived[reference]["caller_phone"] == phone
        assert arrived[reference].get("caller_e164") == PHONES[phone]


async def test_a_million_characters_are_a_ticket_and_two_are_refused(
    desk: tuple[DeskProgram, Central],
) -> None:
    """Given a text of 1 MB, it is saved and sent; a longer one is refused with a sentence."""
    program, central = desk
    text = "Das Gerät läuft aus. " * 50_000
    assert len(text.encode()) > 1_000_000
    async with desk_in_process(program.profile, program.secret) as opened:
        person = await opened.opened.people.current()
        call = replace(opened.opened.intake.new_call("07700 900118"), fault=text)
        reference = (await opened.opened.intake.take(call, person)).reference
        await opened.opened.tickets.note(reference, text, person)
        with pytest.raises(Invalid) as refused:
            await opened.opened.intake.take(replace(call, fault="x" * (LONGEST_TEXT + 1)), person)
        assert "fault" in refused.value.fields
        assert refused.value.todo
        for _ in range(3):
            if (await opened.sync()).waiting == 0:
                break
    arrived = next(line for line in central.ledger() if line["ref"] == reference)
    assert arrived["fields"]["fault"] == text
    assert [note["text"] for note in arrived["fields"]["notes"]] == [text]


def test_bytes_that_are_no_text_are_kept_as_far_as_they_can_be_read(
    desk: tuple[DeskProgram, Central],
) -> None:
    """Given a script that passes bytes of another encoding, the call is saved all the same."""
    program, central = desk
    words = program.command("take", "--phone", "1", "--fault", "x", "--model", "y")
    command = [*(word.encode() for word in words), b"--name", b"Zo\xe9", b"--place", b"\xff"]
    done = subprocess.run(
        command, capture_output=True, cwd=ROOT, env=environment(PYTHONIOENCODING="ascii"),
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    reference = json.loads(done.stdout)["ref"]
    arrived = _at_central(program, central)[reference]
    assert (arrived["caller_name"], arrived["place"]) == ("Zo\ufffd", "\ufffd")
    found = subprocess.run(
        [*(word.encode() for word in program.command("search")), b"\xff"],
        capture_output=True, cwd=ROOT, env=environment(), check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr


def test_a_narrow_console_still_gets_the_answer(desk: tuple[DeskProgram, Central]) -> None:
    """Given a console that cannot show the words, the answer comes, as UTF-8."""
    program, _central = desk
    taken = run_here(program, "take", "--phone", "1", "--fault", WORDS["arabic"])
    shown = subprocess.run(
        program.command("ticket", taken.json["ref"]), capture_output=True, cwd=ROOT,
        env=environment(PYTHONIOENCODING="cp1252"), check=False,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["fields"]["fault"] == WORDS["arabic"]


def test_words_that_nobody_sees_are_no_words_and_part_no_others(
    desk: tuple[DeskProgram, Central],
) -> None:
    """Given a name of letters without width, it is no name; between others it is not heard."""
    program, _central = desk
    ended = run_here(program, "take", "--name", "\u200b\u2060\u3164", "--fault", "Leaks")
    assert ended.code == REFUSED_EXIT
    taken = run_here(
        program, "take", "--name", "Zacha\u200brias\u202e", "--fault", "Leaks", "--phone", "1"
    ).json["ref"]
    found = run_here(program, "search", "Zacharias").json
    assert [one["ref"] for one in found["tickets"]] == [taken]
    again = run_here(program, "search", "Zach\u200darias").json
    assert [one["ref"] for one in again["tickets"]] == [taken]


REFUSED = (
    ("take",),
    ("take", "--fault", "Leaks"),
    ("take", "--phone", " ", "--fault", "\t"),
    ("take", "--phone", "1", "--fault", "x", "--happened-at", "yesterday"),
    ("take", "--phone", "1", "--fault", "x", "--happened-at", "2026-02-30T10:00:00Z"),
    ("take", "--phone", "1", "--fault", "x", "--claim-amount", "-1"),
    ("take", "--phone", "1", "--fault", "x", "--claim-amount", "1" + "0" * 30),
    ("take", "--phone", "1", "--fault", "x", "--claim-amount", "1", "--claim-currency", "€€€€"),
    ("note", "K7-0001-X", "words"),
    ("note", "nonsense", "words"),
    ("set", "K7-ZZZZ", "place=here"),
    ("ticket", ""),
    ("ticket", "K7-0001-M-\x00"),
    ("outbox", "withdraw", "no-such-id"),
    ("outbox", "replace", "no-such-id"),
)


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    desk: tuple[DeskProgram, Central], words: tuple[str, ...]
) -> None:
    program, _central = desk
    ended = run_here(program, *words)
    assert ended.code == REFUSED_EXIT, (ended.out, ended.err)
    said = json.loads(ended.err)
    assert said["happened"].endswith((".", "?"))
    assert said["error"] in {"invalid", "not-found", "refused"}


def test_a_change_that_cannot_be_is_refused(desk: tuple[DeskProgram, Central]) -> None:
    """Given a ticket, fields that do not exist or values outside the table change nothing."""
    program, _central = desk
    taken = run_here(program, "take", "--phone", "07700 900118", "--fault", "No picture").json[
        "ref"
    ]
    for wanted in (
        "colour=blue",
        "status=flying",
        "priority=mega",
        "due=soon",
        "owner=nobody",
        "x",
    ):
        ended = run_here(program, "set", taken, wanted)
        assert ended.code == REFUSED_EXIT, (wanted, ended.out, ended.err)
        assert json.loads(ended.err)["happened"]
    moved = must_say(
        run_here(program, "set", taken, "status=scheduled"), REFUSED_EXIT, "move-not-allowed"
    )
    assert "can become" in moved["todo"]
