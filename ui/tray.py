"""The tray icon: what needs a person, and the way back to the window."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.domain.views import CallBack, OutboxCounts
from ui.actions import Act, Actions
from ui.main_window import MainWindow
from ui.text import plain_button_text, tooltip
from ui.wording import wording


class Tray(QObject):
    """Shown only where the system has a tray; its tooltip tells what needs review.

    `call_backs_wanted`: somebody pressed a notification.
    """

    call_backs_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        icon: QIcon,
        make: Callable[[QIcon, QObject], QSystemTrayIcon] | None = None,
    ) -> None:
        """`make` is asked for the icon where the system need not have a tray."""
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        if make is None and not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._menu = QMenu()
        for act, do in (
            (Act.NEW_CALL, window.top.new_call_chosen.emit),
            (Act.SEARCH, window.top.search_chosen.emit),
            (Act.QUIT, window.closing.emit),
        ):
            action = QAction(plain_button_text(actions.spec(act).text), self._menu)
            action.triggered.connect(functools.partial(self._do, do))
            self._menu.addAction(action)
        self._icon = (make or QSystemTrayIcon)(icon, self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(lambda _reason: window.come_forward())
        self._icon.messageClicked.connect(self._show_call_backs)
        self._icon.show()

    def _show_call_backs(self) -> None:
        self._window.come_forward()
        self.call_backs_wanted.emit()

    def _do(self, do: object, *_checked: bool) -> None:
        self._window.come_forward()
        if callable(do):
            do()

    def show_counts(self, outbox: OutboxCounts) -> None:
        """What waits, and what needs a person."""
        if self._icon is None:
            return
        said = [f"Offhook: {wording.outbox()} {outbox.waiting}"]
        if outbox.needs_review:
            said.append(wording.needs_review_count(outbox.needs_review))
        self._icon.setToolTip(tooltip(", ".join(said)))

    def tell_due(self, call_backs: Sequence[CallBack]) -> None:
        """The system's own notification; it may show on a locked screen, so it names nobody."""
        if self._icon is None:
            return
        named = ", ".join(one.reference for one in call_backs if one.reference)
        self._icon.showMessage(wording.call_backs_due(len(call_backs)), named or "Offhook")
