"""CAMT.053 written by us from the schema's fields, with the quirks real banks have."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.payments.statements import Balances, NotAStatement, Statement
from app.providers.statements.camt053 import read_camt053

V2 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
V8 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def amount(value: str, mark: str = "CRDT", currency: str = "EUR") -> str:
    return f'<Amt Ccy="{currency}">{value}</Amt><CdtDbtInd>{mark}</CdtDbtInd>'


def balance(kind: str, value: str, mark: str = "CRDT") -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{amount(value, mark)}</Bal>"


def entry(value: str, mark: str = "CRDT", more: str = "", status: str = "BOOK") -> str:
    day = "<BookgDt><Dt>2026-01-02</Dt></BookgDt><ValDt><Dt>2026-02-30</Dt></ValDt>"
    return f"<Ntry>{amount(value, mark)}<Sts>{status}</Sts>{day}{more}</Ntry>"


def detail(value: str, name: str, reference: str) -> str:
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>"
        f'<AmtDtls><TxAmt><Amt Ccy="EUR">{value}</Amt></TxAmt></AmtDtls>'
        f"<RltdPties><Dbtr><Nm>{name}</Nm></Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>for {name}</Ustrd></RmtInf></TxDtls>"
    )


def statement(*inner: str, account: str = "DE02") -> str:
    own = f"<Id>S1</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    return f"<Stmt>{own}{''.join(inner)}</Stmt>"


def document(*statements: str, space: str = V2, root: str = "BkToCstmrStmt") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    inner = f"<{root}><GrpHdr><MsgId>1</MsgId></GrpHdr>{''.join(statements)}</{root}>"
    return f'{head}<Document xmlns="{space}">{inner}</Document>'.encode()


def only(data: bytes) -> Statement:
    file = read_camt053(data)
    assert file.bad == ()
    (one,) = file.statements
    return one


OPEN, CLOSE = balance("OPBD", "1000.00"), balance("CLBD", "1049.00")


def test_a_plain_statement_adds_up() -> None:
    read = only(document(statement(OPEN, CLOSE, entry("49.00"))))
    assert (read.account, read.currency, read.opening, read.closing) == (
        "DE02", "EUR", 100_000, 104_900,
    )  # fmt: skip
    assert read.balances is Balances.ADD_UP
    assert (read.lines[0].booked, read.lines[0].value_date) == (
        date(2026, 1, 2), date(2026, 2, 28),
    )  # fmt: skip


def test_an_overdrawn_balance_is_negative() -> None:
    read = only(
        document(
            statement(balance("PRCD", "9.00", "DBIT"), balance("CLBD", "40.00"), entry("49.00"))
        )
    )
    assert (read.opening, read.balances) == (-900, "add_up")


def test_a_batch_booking_becomes_its_payments() -> None:
    details = detail("20.00", "Erika", "K7-0422-0") + detail("29.00", "Max", "NOTPROVIDED")
    read = only(
        document(statement(OPEN, CLOSE, entry("49.00", more=f"<NtryDtls>{details}</NtryDtls>")))
    )
    assert [line.amount for line in read.lines] == [2000, 2900]
    assert [line.payer for line in read.lines] == ["Erika", "Max"]
    assert [line.reference for line in read.lines] == ["K7-0422-0", ""]
    assert read.balances is Balances.ADD_UP


def test_a_batch_whose_parts_do_not_make_the_whole_stays_one_line() -> None:
    details = detail("20.00", "Erika", "A") + detail("28.00", "Max", "B")
    read = only(
        document(statement(OPEN, CLOSE, entry("49.00", more=f"<NtryDtls>{details}</NtryDtls>")))
    )
    assert [line.amount for line in read.lines] == [4900]
    assert read.lines[0].text == "for Erika for Max"


def test_a_reversal_keeps_the_direction_of_its_own_mark() -> None:
    read = only(document(statement(OPEN, entry("49.00", "DBIT", "<RvslInd>true</RvslInd>"))))
    assert (read.lines[0].amount, read.lines[0].reversal) == (-4900, True)


def test_pending_entries_are_counted_and_are_no_money_yet() -> None:
    read = only(document(statement(OPEN, CLOSE, entry("49.00"), entry("5.00", status="PDNG"))))
    assert (len(read.lines), read.pending, read.balances) == (1, 1, "add_up")


def test_the_newer_version_with_its_codes_and_parties() -> None:
    inner = (
        '<NtryDtls><TxDtls><Amt Ccy="EUR">49.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr>'
        "<Pty><Nm>Erika</Nm></Pty></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref>"
        "</CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>"
    )
    made = entry("49.00", more=inner, status="<Cd>BOOK</Cd>")
    pending = entry("1.00", status="<Cd>PDNG</Cd>")
    read = only(document(statement(OPEN, CLOSE, made, pending), space=V8))
    assert (read.lines[0].payer, read.lines[0].reference, read.pending) == ("Erika", "RF18", 1)


def test_interim_balances_open_and_close_a_page() -> None:
    page = only(document(statement(OPEN, balance("ITBD", "1049.00"), entry("49.00"))))
    assert page.balances is Balances.ADD_UP
    last = only(document(statement(balance("ITBD", "1000.00"), CLOSE, entry("49.00"))))
    assert last.balances is Balances.ADD_UP
    alone = only(document(statement(balance("ITBD", "1000.00"), entry("49.00"))))
    assert alone.balances is Balances.MISSING


def test_several_statements_are_judged_each_by_itself() -> None:
    one = statement(OPEN, CLOSE, entry("49.00"))
    two = statement(OPEN, CLOSE, entry("48.00"), account="DE03")
    three = statement(entry("48.00"), account="DE04")
    read = read_camt053(document(one, two, three))
    assert [one.balances for one in read.statements] == ["add_up", "differ", "missing"]
    assert [len(one.lines) for one in read.statements] == [1, 1, 1]


def test_a_bad_entry_is_named_and_the_others_stay() -> None:
    wrong = entry("1.00").replace("CRDT", "SIDEWAYS")
    read = read_camt053(document(statement(OPEN, CLOSE, entry("49.00"), wrong)))
    assert [one.reason for one in read.bad] == ["Entry 2 cannot be read: neither credit nor debit."]
    assert len(read.statements[0].lines) == 1


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    f'<Document xmlns="{V2}"><BkToCstmrStmt><Stmt><Id>&b;</Id></Stmt></BkToCstmrStmt></Document>'
).encode()
OUTSIDE = BOMB.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/hostname">')
DEEP = document(statement("<Ntry>" + "<A>" * 100_000 + "</A>" * 100_000 + "</Ntry>"))
WHOLE = document(statement(OPEN, CLOSE, entry("49.00")))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        (DEEP, "deeper"),
        (WHOLE[:-30], "breaks off"),
        (WHOLE[:300], "breaks off"),
        (b"<html><body>Sign in</body></html>", "no bank statement"),
        (document(root="BkToCstmrDbtCdtNtfctn"), "CAMT.053"),
        (document(), "no statement"),
        (WHOLE.replace(b"UTF-8", b"UTF-42"), "encoding|breaks off"),
    ],
)
def test_what_is_no_statement_or_unsafe_is_refused_whole(data: bytes, why: str) -> None:
    with pytest.raises(NotAStatement, match=why):
        read_camt053(data)


def test_the_encoding_is_the_one_the_file_declares() -> None:
    made = entry("49.00", more=f"<NtryDtls>{detail('49.00', 'Jürgen', 'A')}</NtryDtls>")
    data = document(statement(OPEN, CLOSE, made)).decode().replace("UTF-8", "ISO-8859-1")
    assert only(data.encode("latin-1")).lines[0].payer == "Jürgen"
