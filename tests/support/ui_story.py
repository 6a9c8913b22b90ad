"""The morning of the pictures: sixteen tickets, two callers with one number, stale billing."""

from __future__ import annotations

from datetime import date

from app.domain import reference as references
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.read_lines import KeptLine
from app.domain.payments.statements import StatementLine
from app.domain.tickets import Group
from app.domain.times import HOUR, MINUTE, to_rfc3339
from app.domain.views import AsOf, CustomerCard, DeviceCard, ExpertCard, ModelCandidate, PlanCard
from tests.support.ui_desk import NOON
from tests.support.ui_store import Contents

_AT = Millis(NOON - 71 * MINUTE)

_ROWS = (
    # minutes to due, state, fault, device or caller's words, customer, owner
    (-18, "Sending", "Fridge at 11 °C, freezer fine", "Bosch KGN39VIEAG", "Yusuf Demir", "ellen"),
    (-5, "Sent", "Vertical lines since the update", "LG OLED55C24LA", "Grace Okafor", "tom"),
    (25, "Waiting", "No picture, sound works", "“Samsng 55 inch UE-something", "margaret", "ellen"),
    (38, "Needs review", "Hinge broken, lid will not close", "HP Pavilion 15", "Dan", "ellen"),
    (41, "Sent", "Two fridges off since the night", "Samsung RB38C602CS9", "Hospice", "ellen"),
    (52, "Waiting", "Charges on neither port", "ThinkPad T14 Gen 3", "Priya Raman", "ellen"),
    (124, "Waiting", "Turns itself off after a minute", "“the small Hisense", "Tomasz", "ellen"),
    (154, "Saved here", "Battery swollen, screen lifts", "Apple iPhone 13", "Hannah", "ellen"),
    (174, "Sent", "HDMI 2 has no signal", "Sony KD-50X75WL", "Owen Pritchard", "ellen"),
    (204, "Sent", "Stops at rinse, shows E18", "“Beko washer, WTL 84", "Ola Nowak", "ellen"),
    (234, "Sent", "No sound in calls, speaker fine", "Google Pixel 7a", "Ravi Patel", "ellen"),
    (254, "Sent", "Fan loud, then shuts down", "Dell XPS 13 9315", "Chloe Bennett", "ellen"),
    (339, "Sent", "Remote does nothing", "Philips 55PUS8106", "Peter Achterberg", "ellen"),
    (1314, "Sent", "Picture flickers in the evening", "Samsung QE43Q60C", "margaret", "ellen"),
    (1404, "Sent", "Leaves water in the drum", "Miele WCA030 WCS", "Ingrid", "ellen"),
    (1700, "Sent", "Ice builds up behind drawers", "Liebherr CNd 5703", "Farah", "ellen"),
    (90, "Sent", "Router drops every evening", "Fritzbox 7590", "Ada Low", None),
)


def ticket(number: int) -> str:
    """The id of the story's ticket of that line, from 0."""
    return f"01900000-0000-7000-8000-{0xA000 + number:012x}"


def _ticket(number: int, line: tuple[int, str, str, str, str, str | None]) -> dict[str, Json]:
    due, state, fault, device, customer, owner = line
    words = device.startswith("“")
    known = customer == "margaret"
    fields: dict[str, Json] = {
        "reference": references.compose("K7", references.next_counter("K7", number * 5)),
        "row_state": state,
        "status": "to_complete" if words else "ready",
        "fault": fault,
        "customer_id": customer if known else None,
        "caller_name": "" if known else customer,
        "caller_phone": "07700 900118" if known else "07700 900222",
        "caller_e164": "+447700900118" if known else "+447700900222",
        "owner": owner,
        "taken_by": "ellen",
        "intake": "phone",
        "offline": state in ("Waiting", "Needs review"),
        "happened_at": to_rfc3339(Millis(NOON - 8 * MINUTE)),
        "due": to_rfc3339(Millis(NOON + due * MINUTE)),
        "place": "12 Cotham Vale, Bristol BS6",
        "model_words" if words else "device_name": device.removeprefix("“"),
    }
    if number == 2:
        at = to_rfc3339(Millis(NOON - 8 * MINUTE))
        fields["coverage"] = "claimed"
        fields["claims"] = [
            {
                "id": "c1", "provider": "bank transfer", "reference": "4471", "amount": 8900,
                "currency": "GBP", "paid_on": "2026-11-18", "last4": None, "by": "ellen", "at": at,
            }
        ]  # fmt: skip
        fields["notes"] = [
            {
                "id": "n1",
                "text": "Tried another socket.",
                "by": "ellen",
                "at": at,
                "internal": False,
            }
        ]
        fields["promises"] = [
            {
                "id": "p1", "what": "Ring back with a time", "to": "Margaret Ellison",
                "by_when": to_rfc3339(Millis(NOON + HOUR)), "made_by": "ellen", "at": at,
            }
        ]  # fmt: skip
    return fields


def with_reduced(contents: Contents) -> Contents:
    """Tickets that lack something: one nearly everything, one its customer."""
    bare = contents.tickets[ticket(9)]
    for name in ("caller_phone", "caller_e164", "place", "model_words", "customer_id"):
        bare[name] = None
    known = contents.tickets[ticket(6)]
    known.update(caller_phone="07700 900118", caller_e164="+447700900118", place=None)
    contents.tickets[ticket(4)].update(status="to_complete", safety="gas", place=None)
    return contents


def with_experts(contents: Contents) -> Contents:
    """Three people who visit."""
    contents.experts = [
        ExpertCard(id_, name, area, phones, skills, ("Mon-Fri 08:00-17:00",))
        for id_, name, area, phones, skills in (
            ("ola", "Ola Nowak", "Bristol", ("+447700900903",), ("television", "monitor")),
            ("rosa", "Rosa Beck", "Leeds", ("+447700900901", "+447700900902"), ("fridge",)),
            ("sam", "Samir Iqbal", "Bristol", ("+447700900904",), ("oven", "hob")),
        )
    ]
    return contents


_CLAIMS = (
    # ticket, hours ago, amount, provider, reference, paid on, last digits
    (1, 70, 12800, "card", "", "2026-11-20", "0917"),
    (3, 26, 6400, "card", "", "2026-11-21", "2260"),
    (10, 9, 6000, "bank transfer", "plan 70011038", "2026-11-22", ""),
    (12, 200, 4900, "shop", "till 88", "2026-11-15", ""),
)
_LINES = (
    ("M ELISON", 8900, "HOMEPLUS 88214471 ELLISON", "2026-11-18"),
    ("ELLISON D", 9800, "HOMEPLUS 88201120", "2026-11-17"),
    ("PATEL R & S", 6000, "PLAN 70011083", "2026-11-22"),
    ("PATEL RAVI", 6000, "support", "2026-11-22"),
    ("WHITFIELD J", 8900, "HOMEPLUS 88310052", "2026-11-19"),
)


def with_payments(contents: Contents) -> Contents:
    """Claims of some of the tickets, and a statement that was imported before."""
    for number, hours, amount, provider, reference, paid_on, last4 in _CLAIMS:
        fields = contents.tickets[ticket(number)]
        at = to_rfc3339(Millis(NOON - hours * HOUR))
        fields["coverage"], fields["desk"] = "claimed", "desk-1"
        fields["claims"] = [
            {
                "id": f"claim-{number}", "provider": provider, "reference": reference,
                "amount": amount, "currency": "GBP", "paid_on": paid_on, "last4": last4,
                "by": "ellen", "at": at,
            }
        ]  # fmt: skip
    for at_line, (payer, amount, text, day) in enumerate(_LINES):
        when = date.fromisoformat(day)
        line = StatementLine(amount, when, when, payer=payer, text=text, at_line=at_line)
        kept = KeptLine(f"line-{at_line}", "import-1", NOON, "20-00-00 12345678", "GBP", line)
        contents.bank_lines[kept.key] = kept
    contents.billing_as_of = _AT
    return contents


def morning() -> Contents:
    """The contents of the pictures."""
    contents = Contents(counter=0x3FF)
    for id_, name in (("margaret", "Margaret Ellison"), ("david", "David Ellison")):
        contents.customers[id_] = CustomerCard(
            id=id_,
            name=name,
            phones=("+447700900118",),
            address="12 Cotham Vale",
            city="Bristol",
            postcode="BS6",
            since="2019-03-01",
            open_tickets=2 if id_ == "margaret" else 0,
            provisional=False,
        )
    contents.devices["margaret"] = [
        DeviceCard("d1", "Samsung QE43Q60C", "0A1B2C", "", "television", "2023-04-02")
    ]
    contents.plans["margaret"] = PlanCard(
        "p1", "Home Plus", "2027-03-14", "TVs and appliances, repair at home", "2026-12-01", 1, 4
    )
    contents.calls["margaret"] = 3
    contents.catalog = [
        ModelCandidate(f"e{at}", f"Samsung {number}", detail, "television", 0.9)
        for at, (number, detail) in enumerate(
            (
                ("UE55AU7100K", "55 in, Crystal UHD, 2021"),
                ("UE55AU7172UXXH", "55 in, Crystal UHD, 2021"),
                ("UE55CU7020K", "55 in, Crystal UHD, 2023"),
                ("QE55Q60C", "55 in, QLED, 2023"),
            )
        )
    ]
    for number, line in enumerate(_ROWS):
        contents.tickets[ticket(number)] = _ticket(number, line)
    for group in (Group.COVERAGE, Group.PAYMENT):
        contents.stale[group] = AsOf(_AT, stale=True)
    return contents


_TAKEN = (
    # minutes to due, state, status, fault, device or words, customer, owner, claimed
    (84, "Needs review", "ready", "Hob shuts itself down", "Neff T36FB41X0G", "A", "ellen", 0),
    (
        -53,
        "Sent",
        "to_complete",
        "No picture, sound works",
        "\u201cSamsng 55 inch UE",
        "G",
        None,
        128,
    ),
    (-26, "Sent", "to_complete", "Charges on neither port", "ThinkPad T14 Gen 3", "M", None, 89),
    (110, "Sent", "to_complete", "Turns itself off", "\u201cthe small Hisense from", "D", None, 64),
    (165, "Sent", "to_complete", "Freezer drawer frozen shut", "\u201cBeko upright", "R", None, 60),
    (240, "Sent", "ready", "Drum does not turn, hums", "Bosch WAN28282GB", "S", "tom", 0),
    (300, "Sent", "ready", "Left speaker silent", "LG OLED55C24LA", "T", "ellen", 0),
    (0, "Sent", "closed", "Remote not paired", "Philips 55PUS8106/12", "U", "ellen", 0),
    (0, "Sent", "closed", "Laptop asks for recovery key", "Dell XPS 13 9315", "V", "ellen", 0),
    (0, "Sent", "cancelled", "Oven clock blinks", "Neff B1ACE4HN0B", "W", "ellen", 0),
)
_OUTAGE = Millis(NOON - 97 * MINUTE), Millis(NOON - 2 * MINUTE)


def after_the_outage() -> Contents:
    """The same desk when Tickets is back after an hour and a half: ten calls, a web backlog."""
    contents = morning()
    contents.tickets.clear()
    contents.settings["outages"] = [["tickets", *map(int, _OUTAGE)]]
    for number, line in enumerate(_TAKEN):
        contents.tickets[ticket(number)] = _taken(number, line)
    for number in range(30):
        contents.tickets[ticket(100 + number)] = _by_web(number)
    return contents


def _taken(
    number: int, line: tuple[int, str, str, str, str, str, str | None, int]
) -> dict[str, Json]:
    due, state, status, fault, device, customer, owner, claimed = line
    words = device.startswith("\u201c")
    at = Millis(_OUTAGE[0] + number * 7 * MINUTE)
    arrived = to_rfc3339(Millis(_OUTAGE[1] + number * 1_000)) if state == "Sent" else None
    claim: dict[str, Json] = {
        "id": f"claim-{number}", "provider": "bank", "reference": "4471", "amount": claimed * 100,
        "currency": "GBP", "paid_on": None, "last4": None, "by": "ellen", "at": to_rfc3339(at),
    }  # fmt: skip
    return {
        "reference": references.compose("K7", references.next_counter("K7", 40 + number * 5)),
        "row_state": state, "status": status, "fault": fault, "caller_name": f"{customer} Okafor",
        "caller_phone": "07700 900222", "caller_e164": "+447700900222", "owner": owner,
        "taken_by": "ellen", "desk": "desk-1", "intake": "phone", "offline": True,
        "happened_at": to_rfc3339(at), "received_at": arrived,
        "due": to_rfc3339(Millis(NOON + due * MINUTE)) if due else None,
        "place": "" if number == 2 else "12 Cotham Vale, Bristol BS6", "coverage": "claimed",
        "model_words" if words else "device_name": device.removeprefix("\u201c"),
        "device_id": None if words else "d1", "claims": [claim] if claimed else [],
    }  # fmt: skip


def _by_web(number: int) -> dict[str, Json]:
    status = ("ready", "to_complete", "quarantined")[number % 3]
    return {
        "reference": f"W-{number}", "status": status, "fault": "By web", "intake": "web",
        "happened_at": to_rfc3339(Millis(_OUTAGE[0] + number * MINUTE)),
        "received_at": to_rfc3339(Millis(_OUTAGE[0] + number * MINUTE)), "desk": "",
        "caller_phone": "1" if status == "ready" else "", "place": "Leeds", "device_id": "d",
        "coverage": "verified", "caller_name": "Web", "owner": None,
    }  # fmt: skip
