"""Promise P11 on the screens: what is old says so, beside the value, with a sentence to say."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.central_services import Service
from app.domain.freshness import SOURCES_OF_GROUP
from app.domain.ids import Millis
from app.domain.tickets import Group
from app.domain.times import HOUR, MINUTE
from app.domain.views import AsOf, ServiceWord, TicketDetail
from tests.support.ui_desk import NOON, UiDesk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import ticket
from ui.ages import sayings
from ui.delegates.parts import AsOf as AsOfPart
from ui.text import quoted
from ui.times import moment
from ui.views.ticket_cards import TicketCards
from ui.widgets.card import Card

OLD = Millis(NOON - 71 * MINUTE)


def old(desk: UiDesk, *services: Service, at: Millis | None = OLD, down: bool = False) -> None:
    """These services' data is from then; the services answer, unless they are down."""
    for service in services:
        word = ServiceWord.DOWN if down else ServiceWord.STALE
        desk.sync.set(service, word=word, as_of=at, stale=True)


def told(card: Card) -> tuple[str, str]:
    return card.as_of, card.saying.text


def must_tell(card: Card, group: Group, at: Millis | None) -> None:
    time = moment(at, NOON) if at is not None else ""
    assert told(card) == (time or sayings.never(), quoted(sayings.say(group, time)))
    assert not card.saying.isHidden()


def must_be_fresh(card: Card) -> None:
    assert told(card) == ("", "")
    assert card.saying.isHidden()


def test_each_card_of_a_ticket_tells_its_age_exactly_where_it_is_too_old(
    screens: Screens, desk: UiDesk
) -> None:
    """Any set of groups, of tickets central knows and of tickets nobody has confirmed."""
    cards, chance = TicketCards(screens.work.session), random.Random(11)
    detail = _opened(screens, 4)
    seen: set[tuple[Group, bool]] = set()
    for number in range(60):
        rev = None if number % 2 else 3
        ages = {
            group: AsOf(chance.choice((None, OLD, NOON)), stale=chance.random() < 0.5)
            for group in Group
        }
        cards.show_detail(replace(detail, rev=rev, as_of=ages))
        for group, card in cards._all.items():
            seen.add((group, ages[group].stale))
            if ages[group].stale:
                must_tell(card, group, ages[group].at)
            else:
                must_be_fresh(card)
    assert seen == {(group, stale) for group in cards._all for stale in (True, False)}
    cards.deleteLater()


def _opened(screens: Screens, number: int) -> TicketDetail:
    screens.work.ways.open_ticket(ticket(number))
    screens.until(lambda: screens.work.ticket.detail is not None)
    detail = screens.work.ticket.detail
    assert detail is not None
    return detail


def test_an_open_ticket_grows_old_on_the_screen(screens: Screens, desk: UiDesk) -> None:
    """Given a ticket on screen, when its data passes the threshold, the mark comes by itself."""
    desk.contents.stale.clear()
    _opened(screens, 4)
    payment = screens.work.ticket.cards._all[Group.PAYMENT]
    must_be_fresh(payment)
    desk.contents.stale[Group.PAYMENT] = AsOf(OLD, stale=True)
    old(desk, Service.BILLING)
    screens.until(lambda: payment.as_of)
    must_tell(payment, Group.PAYMENT, OLD)


@pytest.mark.parametrize("down", [False, True])
def test_the_cards_beside_a_call_tell_their_age(screens: Screens, desk: UiDesk, down: bool) -> None:
    """Given a caller known here, when customers and billing are old, each card says what of."""
    call = screens.take_call("07700 900118", "No picture")
    screens.until(lambda: call.assist.matches)
    screens.press("Alt+M")
    screens.until(lambda: call.call.customer_id)
    cards = call.assist._cards_of
    for card in cards.values():
        must_be_fresh(card)
    assert cards[Group.PAYMENT].isHidden(), "nothing of it is shown here but its age"
    old(desk, Service.CUSTOMERS, Service.BILLING, down=down)
    screens.until(lambda: cards[Group.COVERAGE].as_of)
    for group in (Group.CUSTOMER, Group.COVERAGE, Group.PAYMENT):
        must_tell(cards[group], group, OLD)
        assert not cards[group].isHidden()
    for group in (Group.CONTACT, Group.FAULT):
        must_be_fresh(cards[group])


def test_a_customers_page_tells_its_age(screens: Screens, desk: UiDesk) -> None:
    old(desk, Service.CUSTOMERS)
    screens.work.ways.show_customer("margaret")
    screens.until(lambda: screens.work.customer.page is not None)
    view = screens.work.customer
    must_tell(view._person, Group.CUSTOMER, OLD)
    must_tell(view._devices, Group.DEVICE, OLD)
    must_tell(view._cover, Group.COVERAGE, OLD)
    must_be_fresh(view._promise)
    desk.sync.set(Service.CUSTOMERS, word=ServiceWord.UP, as_of=NOON, stale=False)
    screens.until(lambda: not view._cover.as_of)
    for card in (view._person, view._devices, view._cover, view._promise):
        assert told(card) == ("", "")


def test_every_subset_of_old_services_is_told_on_the_status_screen(
    screens: Screens, desk: UiDesk
) -> None:
    """64 subsets: the row and every group that comes from an old service say so."""
    screens.press("G", "S")
    view, ages = screens.work.delivery.status, screens.work.customer._ages
    for size in range(len(Service) + 1):
        for subset in itertools.combinations(Service, size):
            for service in Service:
                is_old = service in subset
                desk.sync.shown[service] = replace(
                    desk.sync.shown[service],
                    word=ServiceWord.STALE if is_old else ServiceWord.UP,
                    as_of=Millis(NOON - HOUR) if is_old else NOON,
                    stale=is_old,
                )
            screens.work.session.read_statuses()
            marked = {
                service
                for service, row in zip(Service, view.model.rows, strict=True)
                if any(isinstance(part, AsOfPart) for part in row.cells[4])
            }
            assert marked == set(subset)
            groups = {group for group in Group if ages.of(group).stale}
            assert groups == {
                group for group, sources in SOURCES_OF_GROUP.items() if set(sources) & set(subset)
            }


def test_the_sentences_differ_and_are_there_in_german(qtbot: QtBot, desk: UiDesk) -> None:
    """Two for each group, none of them the other language's."""
    english = [sayings.say(group, time) for group in Group for time in ("09:55", "")]
    with desk_screens(qtbot, desk, language="de"):
        german = [sayings.say(group, time) for group in Group for time in ("09:55", "")]
    assert len(set(english)) == len(set(german)) == 2 * len(Group)
    assert not set(english) & set(german)
    assert all("Sie" in one or "Ihr" in one or "Ich" in one for one in german)
