"""Search: any text a person can type finds or does not find, and never breaks or hangs."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.central_services import Aggregate, Service
from app.domain.views import CustomerHit, QueueView
from app.domain.words import readable
from app.ports.store import ReadTx
from local_store import match_query, search
from tests.support.store_desk import CUSTOMERS, Fields, StoreDesk, item, ticket_fields
from tests.support.virtual_time import NOON

EVIL = (
    "O'Brien", "XR-20", "C++", '"', '""', '"a" OR "b"', "NEAR(a b)", "a AND NOT b", "body:x",
    "^abc", "abc*", "*", "(((", "a OR", "{x y}:z", "--", "; DROP TABLE ticket_0", "%", "_", "___",
    "\\", "'; --", "\x00abc", "abc\x00def", "\ufeffabc", "\u202eabc", "🔥🔥🔥", "ﷺ" * 50,
    "é" * 300, "a " * 500, '"' * 1_000, "x" * 12_000, "مرحبا بالعالم", "Ελληνικά", "冷蔵庫",
    "\U0010ffff\u0378",
)  # fmt: skip


@pytest.fixture
def stocked(desk: StoreDesk) -> StoreDesk:
    """Customers, a catalog and tickets with names that are hard to type."""
    desk.mirror(
        item("cu-1", 1, {"name": "Siobhán O'Brien", "city": "Leeds", "phones": ["+447700900118"]},
             aggregate=Aggregate.CUSTOMER),
        item("cu-2", 2, {"name": "Jörg Groß", "city": "Köln", "phones": ["+4922155512"]},
             aggregate=Aggregate.CUSTOMER),
        service=CUSTOMERS,
    )  # fmt: skip
    entry: Fields = {
        "maker": "Norda",
        "name": "KGN 39",
        "numbers": ["KGN39VLEB"],
        "category": "fridge",
    }
    key: Fields = {
        "words": "the Norda from the ad",
        "key": "the norda from the ad",
        "entry_id": "e-1",
    }
    desk.feed(
        item("e-1", 1, entry, aggregate=Aggregate.CATALOG_ENTRY),
        item("a-1", 2, key, aggregate=Aggregate.ALIAS),
        service=Service.CATALOG,
    )
    tickets = [
        item(f"t-{n}", n, ticket_fields(
            reference=f"K7-{n:04d}-M", fault=f"Gerät {n} brummt, C++ board", place="Köln",
            caller_e164="+447700900118" if n == 3 else None, owner="p-ann",
        ))
        for n in range(1, 30)
    ]  # fmt: skip
    desk.mirror(*tickets[::-1])
    return desk


def test_umlauts_and_their_two_letter_spelling_find_each_other(stocked: StoreDesk) -> None:
    assert stocked.found("geraet 7") == stocked.found("Gerät 7") == ["t-7"]
    assert [one.name for one in _customers(stocked, "gross")] == ["Jörg Groß"]


def test_hard_names_are_found_as_they_are_typed(stocked: StoreDesk) -> None:
    for typed in ("O'Brien", "o brien", "OBRI", "siobhan o'b"):
        found = [one.name for one in _customers(stocked, typed)]
        assert found == (["Siobhán O'Brien"] if typed != "OBRI" else [])


def test_many_hits_come_newest_first_and_few_by_rank(
    stocked: StoreDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    best, _op = stocked.take("brummt brummt", place="", model_words="", caller_name="")
    later, _op = stocked.take("brummt, and much else is said about it, over many words")
    assert [row.id for row in stocked.answer("brummt", 1).tickets] == [best]
    monkeypatch.setattr(search, "_PROBE", 10)
    assert [row.id for row in stocked.answer("brummt", 3).tickets] == [later, best, "t-29"]


def test_references_are_found_whole_misheard_and_by_their_beginning(stocked: StoreDesk) -> None:
    assert stocked.found("K7-0003") == ["t-3"]
    assert len(stocked.found("K7-00")) == 29
    ticket, _op = stocked.take(reference="K7-0001-M", fault="Own")
    assert ticket in stocked.found("k7 ooo1 m")


def test_digits_find_callers_by_their_number(stocked: StoreDesk) -> None:
    for typed in ("0118", "07700 900118", "+44 7700 900118", "447700"):
        assert [one.id for one in _customers(stocked, typed)] == ["cu-1"]
    assert stocked.found("900118") == ["t-3"]


def test_models_are_found_by_number_and_by_what_somebody_decided(stocked: StoreDesk) -> None:
    for typed in ("KGN39", "norda kgn", "the norda from the ad"):
        (first, *_) = stocked.answer(typed).models
        assert (first.entry_id, first.name) == ("e-1", "Norda KGN 39")
    assert stocked.read(lambda tx: tx.catalog.name_of("e-1")) == "Norda KGN 39"


def test_words_an_alias_resolves_show_its_model_in_the_queue(stocked: StoreDesk) -> None:
    ticket, _op = stocked.take(model_words="The NORDA from the ad!")
    row = stocked.read(lambda tx: tx.tickets.row(ticket))
    assert row is not None
    assert (row.device, row.device_is_words) == ("Norda KGN 39", False)


def test_two_letters_are_too_few(stocked: StoreDesk) -> None:
    answer = stocked.read(lambda tx: tx.search("br", 5, NOON))
    assert (answer.tickets, answer.customers, answer.models) == ((), (), ())


@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
def test_evil_text_is_only_text(stocked: StoreDesk, text: str) -> None:
    stocked.read(lambda tx: tx.search(text, 5, NOON))
    stocked.read(lambda tx: tx.customers.matches(
        e164=None, digits=text, name=text, now=NOON, limit=5))  # fmt: skip
    stocked.read(lambda tx: tx.catalog.candidates(text, 5))
    stocked.queue(QueueView.OPEN, words=text, city=text)
    assert stocked.healthy()


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=80) | st.text(alphabet='"*()^:{}+-AND OR NOT NEAR,./\\', max_size=60))
def test_no_text_breaks_the_search_box(stocked: StoreDesk, text: str) -> None:
    answer = stocked.read(lambda tx: tx.search(text, 5, NOON))
    assert len(answer.tickets) <= 5


_LETTERS = (
    "abcdeüßéXYZ0123456789", " \t\n", '"*()^:{}+-', "ANDORNEAR", "\x00\ufeff\u202e\u0378\ud83d",
    "🔥冷ﷺ", "%_\\'; --", "K7-0001",
)  # fmt: skip


def test_twenty_thousand_texts_and_not_one_error(stocked: StoreDesk) -> None:
    """P14: whatever is typed into the search box, it answers; the store is whole afterwards."""
    chance = random.Random(14)
    texts = [
        "".join(chance.choice(chance.choice(_LETTERS)) for _ in range(chance.randrange(1, 40)))
        for _ in range(20_000)
    ]

    def all_of_them(tx: ReadTx) -> int:
        return sum(len(tx.search(readable(one), 3, NOON).tickets) <= 3 for one in texts)

    assert stocked.read(all_of_them) == len(texts)
    assert stocked.healthy()


@given(text=st.text(max_size=3_000))
def test_queries_are_bounded_and_quoted(text: str) -> None:
    for query in (match_query.all_of(text), match_query.any_of(text)):
        assert len(query) <= 8 * 60
        assert query.count('"') % 2 == 0


def test_a_query_that_takes_too_long_is_given_up(
    stocked: StoreDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stocked.read(lambda tx: tx.search("brummt", 50, NOON)).tickets
    monkeypatch.setattr(search, "_STEPS", 1)
    monkeypatch.setattr("local_store.sql.StepBound._EVERY", 1)
    given_up = stocked.read(lambda tx: tx.search("brummt", 50, NOON)).tickets
    assert (len(whole), given_up) == (29, ())
    monkeypatch.undo()
    assert len(stocked.found("brummt")) == 29


def test_a_megabyte_of_words_is_kept_whole_and_found_by_its_beginning(desk: StoreDesk) -> None:
    words = "needle " + "straw " * 180_000
    ticket, _op = desk.take(words)
    assert desk.fields(ticket)["fault"] == words
    assert desk.found("needle") == [ticket]
    (row,) = desk.queue().rows
    assert len(row.fault) == 500
    assert desk.healthy()


def test_changed_words_are_found_and_the_old_ones_are_not(desk: StoreDesk) -> None:
    ticket, _op = desk.take("Compressor rattles")
    desk.decide("ticket.set", ticket, {"fault": "Fan squeaks"})
    desk.note(ticket, "Neighbour rang too")
    assert desk.found("rattles") == []
    assert desk.found("squeaks") == desk.found("neighbour") == [ticket]
    assert desk.healthy()


def _customers(desk: StoreDesk, text: str) -> list[CustomerHit]:
    return list(desk.read(lambda tx: tx.search(text, 5, NOON)).customers)
