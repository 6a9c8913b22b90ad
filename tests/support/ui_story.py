"""The morning of the pictures: sixteen tickets, two callers with one number, stale billing."""

from __future__ import annotations

from app.domain import reference as references
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.tickets import Group
from app.domain.times import HOUR, MINUTE, to_rfc3339
from app.domain.views import AsOf, CustomerCard, DeviceCard, ModelCandidate, PlanCard
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
