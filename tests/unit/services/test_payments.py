"""Bank lines on their way into the store: masked, and each once."""

from __future__ import annotations

from datetime import date

from app.domain.ids import Millis
from app.domain.payments.claim_index import Payment
from app.domain.payments.statements import Statement, StatementFile, StatementLine
from app.services.claim_work import each_once
from app.services.payments import kept_lines

DAY = date(2026, 1, 2)
LINE = StatementLine(
    4900, DAY, DAY, "4111 1111 1111 1111", "4111111111111111", "E 4111111111111111",
    "paid by 5555-5555-5555-4444, imei 490154203237518",
)  # fmt: skip


def test_card_numbers_are_masked_before_a_line_or_its_key_is_made() -> None:
    file = StatementFile("csv", (Statement("a", "EUR", None, None, (LINE,)),))
    (kept,) = kept_lines(file, "import", Millis(0))
    assert "4111111111111111" not in str(kept).replace(" ", "")
    assert "5555-5555" not in str(kept)
    assert "490154203237518" in kept.line.text
    masked = StatementFile("csv", (Statement("a", "EUR", None, None, (kept.line,)),))
    assert kept_lines(masked, "import", Millis(0))[0].key == kept.key


def test_a_statement_that_stands_in_the_file_twice_is_kept_once() -> None:
    one = Statement("a", "EUR", 0, 4900, (LINE,), number="1")
    assert len(kept_lines(StatementFile("mt940", (one, one)), "import", Millis(0))) == 1


def test_a_payment_of_both_sources_counts_once_whichever_was_given_away() -> None:
    """The bank's line a person gave to a claim stays when billing comes to know the payment."""
    line = Payment("line", 4900, "EUR", DAY, text="INV 4711 thanks")
    billed = Payment("billed", 4900, "EUR", DAY, text="INV4711")
    other = Payment("other", 4900, "EUR", DAY, text="INV4712")
    assert each_once([line], [billed, other], frozenset()) == [billed, other]
    assert each_once([line], [billed, other], frozenset({"line"})) == [other, line]
    assert each_once([line], [billed, other], frozenset({"billed"})) == [billed, other]
