"""Pictures of every screen of the real window, in each language, palette, letter size and width.

`python -m tests.support.screen_pictures --shots FOLDER [--languages en,de] [--looks light,dark]
[--scales 1,2] [--sizes 1440x900,1100x760]`
"""

from __future__ import annotations

import argparse
import itertools
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtTest import QTest

from app.domain.call import Call, Draft
from app.domain.central_services import Aggregate, Service
from app.domain.deletions import HeldDeletions
from app.domain.desk_standing import DeskReport, DeskStanding
from app.domain.ids import Millis
from app.domain.incidents import Incident
from app.domain.operations import FieldConflict
from app.domain.times import DAY, MINUTE, to_rfc3339
from app.domain.views import ConflictRow, ServiceWord
from app.services.handed_drafts import GIVEN
from tests.support.model_desk import ModelDesk, entry
from tests.support.room import cut_short
from tests.support.ui_desk import ELLEN, NOON, TOM, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import (
    after_the_outage,
    morning,
    ticket,
    with_experts,
    with_payments,
    with_reduced,
)
from ui import desk_app
from ui.lanes import HANDED_DRAFTS
from ui.theme import Look, Theme, theme


class Turning:
    """Waiting as a test's bot does it, outside a test."""

    def wait(self, ms: int) -> None:
        QTest.qWait(ms)

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None:
        end = time.monotonic() + timeout / 1_000
        while not callback():
            if time.monotonic() > end:
                raise TimeoutError
            QTest.qWait(5)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way the window may look."""

    language: str
    look: Look
    scale: float
    size: tuple[int, int]

    @property
    def name(self) -> str:
        wide, high = self.size
        return f"{self.language}-{self.look}-{round(self.scale * 100)}-{wide}x{high}"


class Camera:
    """Saves what the window shows."""

    def __init__(self, screens: Screens, folder: Path, variant: Variant) -> None:
        self._screens, self._folder, self._variant = screens, folder, variant

    def shoot(self, name: str) -> None:
        self._screens.turn(250)
        picture = self._screens.window.grab()
        picture.save(str(self._folder / f"{name}-{self._variant.name}.png"))
        for text in cut_short(self._screens.window):
            print(f"{name}-{self._variant.name}: cut short: {text}")  # noqa: T201 - what it found


def queue_screens(screens: Screens, camera: Camera) -> None:
    """Queue, filter, palette, shortcuts, settings, person, empty lane."""
    camera.shoot("01-queue")
    screens.press("Ctrl+F")
    screens.type("fridge")
    camera.shoot("02-filter")
    screens.press("Ctrl+Backspace", "Ctrl+K")
    camera.shoot("03-palette")
    screens.type("marg")
    screens.settled()
    camera.shoot("04-palette-found")
    screens.press("Esc", "F1")
    camera.shoot("05-shortcuts")
    screens.press("Esc", "Ctrl+,")
    camera.shoot("06-settings")
    screens.press("Esc", "G,X")
    screens.settled()
    camera.shoot("07-empty")


def place_screens(screens: Screens, camera: Camera) -> None:
    """Outbox, status, call-backs, what still works."""
    for keys, name in (("G,O", "08-outbox"), ("G,S", "09-status"), ("G,B", "10-call-backs")):
        screens.press(keys)
        screens.settled()
        camera.shoot(name)


def held_screens(screens: Screens, camera: Camera) -> None:
    """Deletions that nobody announced, and deciding about them."""
    screens.press("G,S")
    screens.until(lambda: not screens.work.delivery.oversight.held.isHidden())
    screens.settled()
    camera.shoot("09-status-held")
    screens.press("D")
    screens.settled()
    camera.shoot("09-status-deciding")
    screens.press("Esc")


def merge_screens(screens: Screens, camera: Camera) -> None:
    """A ticket that another one is part of, and merging it."""
    screens.press("G,Q")
    screens.settled()
    screens.press("Down", "Down", "Return")
    screens.settled()
    detail = screens.work.ticket.detail
    assert detail is not None
    named = replace(detail, merged_here=("K7-0419-R",))
    screens.work.ticket.merging.show_detail(named)
    camera.shoot("13-ticket-merged")
    screens.press("M")
    camera.shoot("13-ticket-merging")
    screens.press("Esc", "Esc")


def ticket_screens(screens: Screens, camera: Camera) -> None:
    """A ticket, its form, a promise."""
    screens.press("G,Q")
    screens.settled()
    screens.press("Down", "Down", "Return")
    screens.settled()
    camera.shoot("11-ticket")
    screens.press("E")
    camera.shoot("12-ticket-fields")
    screens.press("Esc", "P")
    camera.shoot("13-ticket-promise")
    screens.press("Esc", "U")
    screens.settled()
    camera.shoot("13-customer")
    screens.press("Esc", "Esc")


def conflict_screens(screens: Screens, camera: Camera) -> None:
    """Values that were changed in two places."""
    screens.press("G,A")
    screens.settled()
    screens.work.queue_page.queue.select(ticket(3))
    screens.press("Return")
    screens.settled()
    camera.shoot("13-ticket-conflict")
    screens.press("C")
    screens.settled()
    screens.press("M")
    camera.shoot("13-compare")
    screens.press("L", "Esc")
    screens.settled()


def call_screens(screens: Screens, camera: Camera) -> None:
    """A call from its first digit to the reference; refusals, danger, other parts open."""
    screens.press("F2")
    screens.until(lambda: screens.work.calls.active is not None)
    camera.shoot("14-call-empty")
    screens.press("Ctrl+Return")
    screens.turn(100)
    camera.shoot("15-call-refused")
    screens.type("07700 900118")
    screens.settled()
    camera.shoot("16-call-offers")
    screens.press("Alt+M")
    screens.settled()
    screens.call.form.fault.setFocus()
    screens.type("No picture since this morning, sound works. Tried another socket.")
    screens.call.form.model.setFocus()
    screens.type("Samsng 55 inch UE-something")
    screens.settled()
    camera.shoot("17-call-model")
    screens.press("Alt+P")
    camera.shoot("18-call-payment")
    screens.press("Alt+B", "Alt+E")
    camera.shoot("19-call-all-open")
    screens.press("F2")
    screens.type("07700 900451")
    screens.press("Tab", "Tab")
    screens.type("There is smoke from the oven / Rauch aus dem Ofen")
    screens.settled()
    camera.shoot("20-call-danger")
    screens.press("Ctrl+1")
    screens.save()
    camera.shoot("21-call-saved")


def catch_up_screens(screens: Screens, camera: Camera) -> None:
    """After the outage, as an agent and as a supervisor sees it."""
    screens.press("G,K")
    screens.settled()
    camera.shoot("22-catch-up")
    screens.work.session.set_person(TOM)
    screens.press("G,K")
    screens.settled()
    camera.shoot("23-catch-up-supervisor")
    screens.press("D")
    screens.settled()
    camera.shoot("23-catch-up-details")


def desk_work_screens(screens: Screens, camera: Camera) -> None:
    """This desk's work to another desk, another's here, and removing the desk."""
    work = screens.work.desk_work
    for panel, show, name in (
        (work.giving, work.give, "31-hand-over"),
        (work.taking, work.take, "31-take-over"),
        (work.removing, work.remove, "31-remove"),
    ):
        show()
        screens.until(lambda panel=panel: panel.is_open)  # type: ignore[misc]  # a lambda with a default
        camera.shoot(name)
        if panel is work.removing:
            panel.give_up.setChecked(True)
            screens.press("Return")
            screens.settled()
            camera.shoot("31-remove-refused")
        panel.close_overlay()


def hand_over_screens(screens: Screens, camera: Camera) -> None:
    """Another desk chosen, a call it got, whose each call-back is, a removal nobody could tell."""
    work = screens.work
    giving = work.desk_work.giving
    giving.open_for({"desk-2": "Leeds", "desk-3": "Bristol, the desk beside the window"})
    giving.to.setCurrentIndex(1)
    screens.until(lambda: giving.is_open)
    camera.shoot("31-hand-over-desks")
    giving.close_overlay()
    work.hand_over.give(TOM.id)
    screens.settled()
    screens.press("G,B")
    screens.settled()
    camera.shoot("32-call-backs-whose")
    work.go(HANDED_DRAFTS)
    screens.until(lambda: work.calls.active is not None)
    screens.settled()
    camera.shoot("32-call-handed-over")
    screens.press("Esc")
    window = screens.window
    window.show_removed_untold()
    screens.settled()
    camera.shoot("33-removed-untold")
    work.go("queue")


def payment_screens(screens: Screens, camera: Camera) -> None:
    """Claims beside payments, a statement looked at, the limits."""
    screens.press("G,P")
    screens.until(lambda: screens.work.work_lists.payments.offered)
    camera.shoot("22-payments")
    screens.press("Down", "Down", "Down")
    screens.settled()
    camera.shoot("22-payments-next")
    payments = screens.work.work_lists.payments
    with TemporaryDirectory() as folder:
        payments.look_at(statement_file(Path(folder)))
        screens.until(lambda: payments.preview.looked)
        camera.shoot("23-statement")
        odd = Path(folder) / "odd.csv"
        odd.write_text(
            "Holder;Northgate Repairs\n\nBooked on;Sum;Who;What for;Kind\n"
            "11/20/2026;89,00;M ELISON;HOMEPLUS 88214471;CARD\n"
            "11/21/2026;64,00;O BRIEN;thank you;CARD\n",
            encoding="utf-8",
        )
        payments.look_at(odd)
        screens.until(payments.preview.columns.isVisible)
        screens.settled()
        camera.shoot("23-statement-columns")
    screens.press("Esc", "L")
    camera.shoot("24-limits")
    screens.press("Esc")


def completing_screens(screens: Screens, camera: Camera) -> None:
    """What is to complete, the claim typed in, a visit by telephone."""
    screens.press("G,C")
    screens.until(lambda: screens.work.work_lists.enrichment.items.ticket)
    screens.press("Down", "Down")
    screens.settled()
    camera.shoot("25-to-complete")
    screens.press("Alt+P")
    camera.shoot("25-to-complete-claim")
    screens.work.work_lists.show_visit(ticket(13))
    screens.settled()
    camera.shoot("26-visit")
    screens.press("Esc", "G,E")
    screens.settled()
    camera.shoot("27-paper")
    screens.work.go("report")
    screens.settled()
    camera.shoot("28-report")
    screens.work.ways.open_ticket(ticket(12))
    screens.settled()
    camera.shoot("29-claim-card")


def statement_file(folder: Path) -> Path:
    """Two accounts; one adds up, one has no balances and a bad line."""
    path = folder / "november.sta"
    path.write_text(
        ":20:A\n:25:20-00-00/12345678\n:28C:1/1\n:60F:C261122GBP1000,00\n"
        ":61:2611221122C89,00NTRFNONREF\n:86:166?00CREDIT?20HOMEPLUS 88214471?32M ELISON\n"
        ":61:2611221122D15,00NCHGNONREF\n:86:CHARGES\n:62F:C261122GBP1074,00\n-\n"
        ":20:B\n:25:20-00-00/87654321\n:28C:7\n:61:261122C64,00NTRFNONREF\n:86:O BRIEN\n"
        ":61:26AA22C1,00NTRFX\n:86:bad\n-\n",
        encoding="utf-8",
    )
    return path


SCENES = (
    queue_screens,
    place_screens,
    held_screens,
    merge_screens,
    ticket_screens,
    conflict_screens,
    payment_screens,
    completing_screens,
    desk_work_screens,
    call_screens,
    hand_over_screens,
)


def take(folder: Path, variant: Variant, only: str = "") -> None:
    """All screens of one variant, in an outage of Tickets."""
    desk = ui_desk(with_experts(with_payments(with_reduced(morning()))))
    desk.contents.contacts["call"] = {
        "customer_id": "margaret", "outcome": "new_ticket", "agent": "tom",
        "caller_name": "Margaret Ellison", "tickets": [ticket(2)],
        "started": to_rfc3339(Millis(NOON - 3 * DAY)),
    }  # fmt: skip
    desk.contents.contacts["dropped"] = {
        "number": "07700 900118", "call_back_due": to_rfc3339(Millis(NOON + 20 * MINUTE)),
    }  # fmt: skip
    away = Call(draft_id="away", started=NOON, phone="07700 900451", fault="Hums, then stops")
    desk.contents.drafts["away"] = Draft(away, ELLEN.id, NOON)
    desk.contents.settings[GIVEN] = {
        "away": {"to": "desk-2", "hand_over": "h", "words": "w", "at": int(NOON)}
    }
    for name, base, mine, theirs in (
        ("place", "12 Cotham Vale, Bristol", "14 Cotham Vale, Bristol", "12a Cotham Vale, Bristol"),
        ("reachable", "any time", "mornings", "after 17:00"),
    ):
        both = FieldConflict(name, base, mine, theirs, "tom", NOON)
        at = Millis(NOON - 2 * MINUTE)
        desk.contents.conflicts.append(ConflictRow("op", "ticket.set", ticket(3), at, both))
    gone = ("tickets", 300, 1_240, Millis(NOON - 9 * MINUTE))
    desk.contents.held.append(HeldDeletions(*gone, refused=False, examples=()))
    put_right = ("1", "row_differs", "tickets", "1", "", 1)
    desk.contents.incidents.append(Incident(*put_right, NOON, NOON, NOON, "repair"))
    stands = ("2", "overtaken", "tickets", "2", "", 1)
    desk.contents.incidents.append(Incident(*stands, NOON, NOON, NOON, "central"))
    copied = ("3", "copied", "", "3", "", 1)
    desk.contents.incidents.append(Incident(*copied, NOON, NOON, NOON, "desk"))
    with desk_screens(Turning(), desk, language=variant.language) as screens:
        look = theme()
        look.set_look(variant.look)
        screens.window.resize(*variant.size)
        if variant.scale != 1.0:
            screens.grow(variant.scale)
            screens.window.resize(*variant.size)
        desk.sync.tickets_down(NOON - 24 * MINUTE)  # type: ignore[arg-type]  # milliseconds
        desk.sync.set(Service.TICKETS, waiting=3)
        desk.sync.set(Service.BILLING, word=ServiceWord.STALE, as_of=NOON - 71 * MINUTE)
        desk.sync.set(Service.EXPERTS, word=ServiceWord.SLOW)
        screens.settled()
        for scene in SCENES:
            if scene.__name__.startswith(only):
                scene(screens, Camera(screens, folder, variant))


def take_afterwards(folder: Path, variant: Variant) -> None:
    """The catch-up in one variant, when everything answers again."""
    desk = ui_desk(after_the_outage())
    both = FieldConflict("place", "12 Cotham Vale", "14 Cotham Vale", "12a", "tom", NOON)
    for name in ("place", "reachable"):
        one = replace(both, field=name)
        desk.contents.conflicts.append(
            ConflictRow("op", "ticket.set", ticket(0), Millis(NOON - MINUTE), one)
        )
    desk.others.standing = other_desks()
    with desk_screens(Turning(), desk, language=variant.language) as screens:
        theme().set_look(variant.look)
        screens.window.resize(*variant.size)
        if variant.scale != 1.0:
            screens.grow(variant.scale)
            screens.window.resize(*variant.size)
        screens.settled()
        catch_up_screens(screens, Camera(screens, folder, variant))


MODEL_ENTRIES = {
    "01900000-0000-7000-8000-00000000eee1": ("Dell", "Latitude 5440", "5440", "laptop"),
    "01900000-0000-7000-8000-00000000eee2": ("Dell", "Latitude 5430", "5430", "laptop"),
}
MODEL_NEAR = {"01900000-0000-7000-8000-00000000eee3": ("Dell", "Latitude 5530", "5530", "laptop")}


def take_models(folder: Path, variant: Variant) -> None:
    """The model work and the device catalog in one variant, while Catalog is down."""
    with TemporaryDirectory() as place:
        models = ModelDesk(Path(place))
        try:
            _take_models(models, folder, variant)
        finally:
            models.inside.store.close_now()


def _take_models(models: ModelDesk, folder: Path, variant: Variant) -> None:
    said = ("55 inch Samsung 7020", "Samsung 55 AU70 twenty", "samsung ue55au7020")
    models.tickets(
        *said, "dell inspiration 15", "Dell inspiration 15", "the velna that dries",
        "bosch with the big drawer", "galaxy tab a something lite", "dell 5440",
    )  # fmt: skip
    for id_, names in {**MODEL_ENTRIES, **MODEL_NEAR}.items():
        models.put(Aggregate.CATALOG_ENTRY, id_, entry(*names))
    models.remembered(
        "dell 5440", next(iter(MODEL_ENTRIES)), "01900000-0000-7000-8000-00000000ccc1"
    )
    models.proposed(
        "01900000-0000-7000-8000-00000000aaa1", said[0],
        ("Samsung", "UE55AU7020K", "UE55AU7020KXXU"), evidence="Photo of the sticker, K7-0003-M",
        wordings=list(said[1:]), telling=[said[2]],
    )  # fmt: skip
    models.proposed(
        "01900000-0000-7000-8000-00000000aaa2", "the small hisense",
        ("Hisense", "43A6BG", "43A6BGTUK"), delegated_to="tom",
    )  # fmt: skip
    _disputed(models)
    desk = ui_desk(real=models.desk.store)
    with desk_screens(Turning(), desk, language=variant.language) as screens:
        theme().set_look(variant.look)
        screens.window.resize(*variant.size)
        if variant.scale != 1.0:
            screens.grow(variant.scale)
            screens.window.resize(*variant.size)
        desk.sync.set(Service.CATALOG, word=ServiceWord.DOWN, as_of=NOON - 24 * MINUTE)
        screens.work.set_person(TOM.id)
        screens.settled()
        disputed_screens(screens, Camera(screens, folder, variant))
        model_screens(screens, Camera(screens, folder, variant))


def _disputed(models: ModelDesk) -> None:
    """An entry that was renamed on two desks, and merged on two."""
    one, other = MODEL_ENTRIES
    near = next(iter(MODEL_NEAR))
    renamed = models.inside.decide("catalog_entry.set", one, {"name": "Latitude 5440 plus"})
    names = ("Latitude 5440", "Latitude 5440 plus", "Latitude 5440 XT")
    models.inside.ack(renamed, 900, FieldConflict("name", *names, "tom", NOON))
    merged = models.inside.decide("catalog_entry.merge", other, entry={"into": one})
    models.inside.ack(merged, 901, FieldConflict("merged_into", None, one, near, "tom", NOON))


def disputed_screens(screens: Screens, camera: Camera) -> None:
    """Records beside the tickets that were changed in two places."""
    screens.press("G,R")
    screens.until(lambda: not screens.work.queue_page.disputed.isHidden())
    screens.settled()
    camera.shoot("41-review-others")
    screens.press("G,O")
    screens.settled()
    camera.shoot("42-outbox-others")
    screens.press("G,W")
    screens.until(lambda: bool(screens.work.conflict.fields))
    screens.press("M")
    screens.settled()
    camera.shoot("43-compare-entry")
    screens.press("J")
    screens.until(lambda: bool(screens.work.conflict.fields))
    screens.settled()
    camera.shoot("44-compare-merge")
    screens.press("L")


def model_screens(screens: Screens, camera: Camera) -> None:
    """Proposals, words, several as one, the forms, the catalog and its forms."""
    page = screens.work.models
    screens.press("G,V")
    screens.until(lambda: page.list.current is not None)
    screens.settled()
    camera.shoot("30-models-approve")
    screens.press("D")
    camera.shoot("31-models-refused")
    screens.press("R")
    camera.shoot("32-models-reject")
    screens.press("Esc", "G,M")
    screens.settled()
    camera.shoot("33-models-words")
    screens.press("X", "J", "P")
    screens.settled()
    camera.shoot("34-models-propose")
    screens.press("Esc", "I")
    camera.shoot("35-models-import")
    screens.press("Esc", "G,D")
    screens.settled()
    camera.shoot("36-catalog-empty")
    screens.type("dell 5440")
    catalog = screens.work.work_lists.catalog
    screens.until(lambda: catalog.detail.card is not None and bool(catalog.current))
    screens.press("Return")
    screens.settled()
    camera.shoot("37-catalog-entry")
    screens.press("P")
    screens.settled()
    camera.shoot("38-catalog-point")
    screens.press("Esc", "R")
    camera.shoot("38-catalog-retire")
    screens.press("Esc", "M")
    screens.settled()
    camera.shoot("39-catalog-merge")
    screens.press("Ctrl+Return")
    screens.until(lambda: catalog.detail.card is not None and catalog.detail.card.into is not None)
    screens.settled()
    camera.shoot("40-catalog-merged")
    screens.press("Esc", "Esc", "G,M")
    screens.until(lambda: page.words is not None and page.foot.link.isEnabled())
    ticket = page.words.tickets[0].id if page.words is not None else ""
    screens.press("L")
    screens.settled()
    screens.work.ways.open_ticket(ticket)
    screens.settled()
    screens.press("W", "Ctrl+Return")
    camera.shoot("42-ticket-model-back")


def other_desks() -> list[DeskStanding]:
    """A silent desk, one with work waiting, one that is well, one that was removed."""
    as_of = {Service.TICKETS: Millis(NOON - 40 * MINUTE)}
    away = DeskReport("1.4.2", 7, 1, Millis(NOON - 95 * MINUTE), as_of, Millis(NOON - 9 * DAY))
    busy = DeskReport("1.4.2", 3, 0, Millis(NOON - 12 * MINUTE), as_of)
    well = DeskReport("1.4.2", 0, 0, None, as_of)
    gone = replace(well, removed=True)
    return [
        DeskStanding("d2", "Leeds 2", ("C1",), "204", Millis(NOON - 41 * MINUTE), away),
        DeskStanding("d3", "Bristol front", ("D1",), "207", NOON, busy),
        DeskStanding("d4", "York", ("F1",), "209", NOON, well),
        DeskStanding("d5", "Hull", ("G1",), "211", Millis(NOON - 2 * DAY), gone),
    ]


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=Path, required=True)
    parser.add_argument("--languages", default="en,de")
    parser.add_argument("--looks", default="light,dark")
    parser.add_argument("--scales", default="1,2")
    parser.add_argument("--sizes", default="1440x900,1100x760")
    parser.add_argument("--scenes", default="", help="only scenes whose name begins so")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen.shots.mkdir(parents=True, exist_ok=True)
    _application()
    for language, look, scale, size in itertools.product(
        chosen.languages.split(","),
        chosen.looks.split(","),
        chosen.scales.split(","),
        chosen.sizes.split(","),
    ):
        wide, high = (int(one) for one in size.split("x"))
        variant = Variant(language, Look(look), float(scale), (wide, high))
        if any(scene.__name__.startswith(chosen.scenes) for scene in SCENES):
            take(chosen.shots, variant, chosen.scenes)
        if "models".startswith(chosen.scenes[:6]):
            take_models(chosen.shots, variant)
        if "catch_up".startswith(chosen.scenes):
            take_afterwards(chosen.shots, variant)


def _application() -> None:
    """In Inter, where it is installed, so that pictures can be compared."""
    app = desk_app.application()
    if "Inter" in QFontDatabase.families():
        inter = QFont("Inter")
        inter.setPointSizeF(9.75)
        Theme(app, reduced_motion=True, base_font=inter, look=Look.LIGHT)


if __name__ == "__main__":
    main()
