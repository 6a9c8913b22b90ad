"""All open calls: the strip above, the call that is talked to below."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.call import Call, Draft, Taken
from app.domain.views import TicketRow
from ui.actions import Act, Actions
from ui.session import Session
from ui.theme import VERY_NARROW_BELOW, theme
from ui.views.call_screen import CallScreen
from ui.widgets.call_strip import CallCard, CallState, CallStrip
from ui.widgets.surfaces import column

MOST_CALLS = 9
_SECOND_MS = 1_000


class CallsView(QWidget):
    """Several calls at once; one is active, the others are on hold.

    `emptied` tells that no call is open any more, `saved` carries (Taken, CallScreen).
    """

    saved = Signal(object, object)
    emptied = Signal()
    thrown = Signal(object)
    """The Call that was thrown away."""
    ticket_chosen = Signal(str)
    left = Signal()
    """A call was left or closed; others may still be open."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._screens: list[CallScreen] = []
        self._active: CallScreen | None = None
        self.strip = CallStrip(self)
        self._stack = QStackedWidget(self)
        body = column(self)
        body.addWidget(self.strip)
        body.addWidget(self._stack, 1)
        self.strip.chosen.connect(self._choose_key)
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self._bind(actions)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow means large letters: height is scarce too."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        self.strip.set_compact(compact=narrow)

    def _bind(self, actions: Actions) -> None:
        table: dict[str, Callable[[CallScreen], object]] = {
            Act.SAVE_CALL: CallScreen.save,
            Act.DROPPED: CallScreen.drop,
            Act.CLEAR_DANGER: lambda one: one.safety.clear(),
            Act.ADD_TO_DUPLICATE: lambda one: one.joining.add(),
            Act.OTHER_FAULT: lambda one: one.joining.refuse(),
            Act.DROP_DRAFT: CallScreen.throw_away,
            Act.NEXT_DEVICE: CallScreen.go_on,
            Act.COPY: CallScreen.copy_reference,
            Act.KEEP_DRAFT: CallScreen.leave,
            Act.CHECKED: lambda one: one.assist.focus_check(),
            Act.OTHER_CALLER: lambda one: one.form.open_other(),
            Act.PAYMENT: lambda one: one.form.open_claim(),
            Act.CALL_PROMISE: lambda one: one.form.open_promise(),
            Act.HOLD: lambda one: one.hold(held=not one.on_hold),
        }
        for act, do in table.items():
            actions.bind(act, self, functools.partial(self._with_active, do))

    def _with_active(self, do: Callable[[CallScreen], object]) -> None:
        if self._active is not None:
            do(self._active)

    # --- opening and closing ----------------------------------------------------------------

    @property
    def screens(self) -> Sequence[CallScreen]:
        return tuple(self._screens)

    @property
    def active(self) -> CallScreen | None:
        """The call on screen."""
        return self._active

    def open_call(self, call: Call) -> CallScreen | None:
        """Open a call beside those that are open; None where nine are already.

        A stored call that is open already is shown instead.
        """
        known = next((one for one in self._screens if one.call.draft_id == call.draft_id), None)
        if known is None and len(self._screens) >= MOST_CALLS:
            return None
        screen = known or self._made(call)
        self.show_call(screen)
        return screen

    def _made(self, call: Call) -> CallScreen:
        screen = CallScreen(self._session, call, self._stack)
        self._screens.append(screen)
        self._stack.addWidget(screen)
        screen.described.connect(self.describe)
        screen.saved.connect(lambda taken: self._tell_saved(taken, screen))
        screen.thrown.connect(self.thrown)
        screen.finished.connect(lambda: self._close(screen))
        screen.ticket_chosen.connect(self.ticket_chosen)
        screen.next_wanted.connect(self.open_call)
        screen.back_wanted.connect(self._back_to_held)
        return screen

    def _back_to_held(self) -> None:
        held = (one for one in self._screens if one.on_hold and not one.taken)
        if (screen := next(held, None)) is not None:
            self.show_call(screen)

    def _tell_saved(self, taken: Taken, screen: CallScreen) -> None:
        self.saved.emit(taken, screen)

    def _close(self, screen: CallScreen) -> None:
        """Esc or a finished call: it leaves the strip; what was typed is kept as a draft."""
        if screen not in self._screens:
            return
        screen.stop()
        self._screens.remove(screen)
        self._stack.removeWidget(screen)
        screen.deleteLater()
        self._active = None
        if self._screens:
            self.show_call(self._screens[0])
        else:
            self._clock.stop()
            self.describe()
            self.emptied.emit()
        self.left.emit()

    def show_call(self, screen: CallScreen) -> None:
        """Talk to this one; the others are on hold."""
        self._active = screen
        for one in self._screens:
            one.hold(held=one is not screen)
        self._stack.setCurrentWidget(screen)
        self.describe()
        self._clock.start()
        screen.focus_first()

    def show_number(self, number: int) -> bool:
        """Ctrl+`number`; false where there are fewer calls."""
        if not 0 < number <= len(self._screens):
            return False
        self.show_call(self._screens[number - 1])
        return True

    def open_drafts(self, drafts: Sequence[Draft]) -> None:
        """Bring kept calls back, as many as fit."""
        for draft in drafts:
            self.open_call(draft.call)

    async def store_drafts(self) -> None:
        """Store every open call now; before the desk closes or the person changes."""
        for screen in self._screens:
            await screen.store_draft()

    def show_row(self, row: TicketRow) -> None:
        """A ticket moved on: a saved call of it shows its state."""
        for screen in self._screens:
            if screen.taken is not None and screen.taken.ticket_id == row.id:
                screen.show_state(row.state)

    # --- the strip --------------------------------------------------------------------------

    def describe(self) -> None:
        """Draw the cards anew; who saved sees who waits."""
        held = (at for at, one in enumerate(self._screens, 1) if one.on_hold and not one.taken)
        waiting = next(held, 0)
        for screen in self._screens:
            screen.after.show_on_hold(waiting)
        self.strip.show_calls([self._card(one) for one in self._screens])

    def _card(self, screen: CallScreen) -> CallCard:
        return CallCard(
            key=screen.call.draft_id,
            title=screen.title(),
            note=screen.note(),
            timer=screen.timer(self._session.now),
            state=CallState.ON_HOLD if screen.on_hold else CallState.TALKING,
            active=screen is self._active,
        )

    def _choose_key(self, key: str) -> None:
        screen = next((one for one in self._screens if one.call.draft_id == key), None)
        if screen is not None:
            self.show_call(screen)

    def _tick(self) -> None:
        for screen in self._screens:
            self.strip.set_timer(screen.call.draft_id, screen.timer(self._session.now))
