"""The desk's window: rail, outage line, pages, status bar, and what goes where."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from app.domain.errors import OffhookError
from ui.actions import Act, Actions
from ui.problems import problems
from ui.theme import MIN_WINDOW, NARROW_BELOW, Size, State, Token, theme
from ui.widgets.buttons import ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.message import Message, MessageAction
from ui.widgets.page_area import PageArea, Pages
from ui.widgets.person import PersonButton
from ui.widgets.rail import Rail
from ui.widgets.service_bar import StatusBar
from ui.widgets.surfaces import Surface, column, line
from ui.widgets.toast import Toast
from ui.widgets.top_bar import TopBar
from ui.wording import wording

_START_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """The frame: it holds pages and says what is wrong; the desk's work is `Workplace`'s.

    It shows before a desk is open. `closing` is sent once, when the window is asked to close.
    """

    closing = Signal()
    narrowed = Signal(bool)
    retry_wanted = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.actions_ = actions
        self._narrow = False
        self._folded = False
        self.setWindowTitle("Offhook")
        self.setMinimumSize(*MIN_WINDOW)
        self.resize(*_START_SIZE)
        self._make()
        self._lay_out()
        theme().changed.connect(self._follow_theme)

    def _make(self) -> None:
        self.frame = Surface(Token.WINDOW)
        self.top = TopBar(self.frame)
        self.rail = Rail(self.tr("Lanes"), self.frame)
        self.person = PersonButton(self.rail)
        self.rail.set_foot(self.person)
        self.drill = Message(State.WARN, "flask", self.frame, full_width=True)
        self.seed = Message(State.WARN, "hourglass", self.frame, full_width=True)
        self.outage = Message(State.BAD, "cloud-slash", self.frame, full_width=True)
        self.trouble = Message(State.BAD, "warning-circle", self.frame, full_width=True)
        self.news = Message(State.NEU, "info", self.frame, full_width=True)
        self.pages = Pages(self.frame)
        self.waiting = EmptyState(self.frame)
        self.bar = StatusBar(self.frame)
        self.centre = Surface(Token.SURFACE)
        self.toast = Toast(self.centre)

    def _lay_out(self) -> None:
        self.pages.addWidget(self.waiting)
        self.waiting.explain("hourglass", self.tr("Opening the desk"), "")
        self.waiting.acted.connect(self.retry_wanted)
        centre = column(self.centre)
        for widget in (self.seed, self.outage, self.trouble, self.news):
            centre.addWidget(widget)
        centre.addWidget(PageArea(self.pages, self.centre), 1)
        middle = line(gap=0)
        middle.addWidget(self.rail)
        middle.addWidget(self.centre, 1)
        body = column(self.frame)
        body.addWidget(self.drill)
        body.addWidget(self.top)
        body.addLayout(middle, 1)
        body.addWidget(self.bar)
        self.setCentralWidget(self.frame)
        self.trouble.acted.connect(self._act_on_trouble)
        self.top.menu_chosen.connect(self.fold_lanes)

    # --- pages ------------------------------------------------------------------------------

    def add_page(self, page: QWidget) -> None:
        self.pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front; the primary button is New call where it has none."""
        self.pages.setCurrentWidget(page)
        self.top.set_new_call_primary(primary=not bool(page.property("primary")))
        feet = page.property("feet")
        self.toast.set_lift(theme().px(Size.ACTION_FOOT) * (feet if isinstance(feet, int) else 0))

    def mark_drill(self) -> None:
        """Nothing here is real: said above everything, and in the window's title."""
        self.setWindowTitle(self.tr("Drill, nothing here is real \u2013 Offhook"))
        if self.drill.isHidden():
            self.drill.show_message(self.tr("Drill: nothing here is real."))

    # --- what is wrong ----------------------------------------------------------------------

    def refuse(self, problem: OffhookError) -> None:
        """Say what happened, what is safe and what to do; nothing modal, nothing lost."""
        self._problem = problem
        happened, safe, todo = problems.parts(problem)
        more = " ".join(part for part in (safe, todo) if part)
        actions = (
            MessageAction("copy", self.tr("Copy the id")),
            MessageAction("close", wording.close(), "", ButtonKind.PLAIN),
        )
        self.trouble.show_message(happened, more, actions)

    def tell(self, fact: str, more: str = "") -> None:
        """Say that something was done; it stays until it is closed or there is other news."""
        close = MessageAction("close", wording.close(), "", ButtonKind.PLAIN)
        self.news.show_message(fact, more, (close,))

    def fail_to_open(self, problem: OffhookError, action: str = "") -> None:
        """The desk behind the window did not open: one sentence, one action, else to try again."""
        happened, safe, todo = problems.parts(problem)
        more = "\n".join(part for part in (safe, todo, problems.identifier(problem)) if part)
        self.waiting.explain("lock-key", happened, more, action=action or self.tr("Try again"))
        self.pages.setCurrentWidget(self.waiting)
        self.waiting.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_opening(self, more: str = "") -> None:
        """The desk is being opened (again); `more` says what takes its time."""
        self.waiting.explain("hourglass", self.tr("Opening the desk"), more)

    def show_removing(self) -> None:
        """The desk is closed and goes."""
        self._explain_alone("trash", self.tr("Removing the desk"), "")

    def show_removed_untold(self) -> None:
        """It is gone, and central does not know."""
        self._explain_alone(
            "trash",
            self.tr("The desk is removed, but central could not be told."),
            self.tr(
                "Supervisors see it as silent for a month, or until central's people name it gone."
            )
            + "\n"
            + self.tr("Close the window."),
        )

    def fail_to_remove(self, problem: OffhookError) -> None:
        """It is still here: the sentence, and how to go on."""
        happened, safe, todo = problems.parts(problem)
        again = self.tr("Close the window, then start the desk again.")
        self._explain_alone(
            "warning-circle", happened, "\n".join(filter(None, (safe, todo, again)))
        )

    def _explain_alone(self, icon: str, happened: str, more: str) -> None:
        for widget in (self.seed, self.outage, self.trouble, self.news):
            widget.clear()
        self.waiting.explain(icon, happened, more)
        self.pages.setCurrentWidget(self.waiting)

    _problem: OffhookError | None = None

    def _act_on_trouble(self, key: str) -> None:
        from PySide6.QtGui import QGuiApplication

        if key == "copy" and self._problem is not None:
            QGuiApplication.clipboard().setText(problems.identifier(self._problem))
            return
        self.trouble.clear()

    # --- width ------------------------------------------------------------------------------

    @property
    def is_narrow(self) -> bool:
        return self._narrow

    def fold_lanes(self) -> None:
        """Show the lanes as icons, or with their words again."""
        self._folded = not self._folded
        self._apply_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_width()

    def _apply_width(self) -> None:
        narrow = self.width() / theme().effective_factor < NARROW_BELOW
        self.rail.set_narrow(narrow=narrow or self._folded)
        self.person.set_narrow(narrow=narrow or self._folded)
        if narrow is not self._narrow:
            self._narrow = narrow
            self.narrowed.emit(narrow)

    def _follow_theme(self) -> None:
        QTimer.singleShot(0, self, self._apply_width)

    # --- closing ----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # drafts are stored first; then the application quits
        self.closing.emit()

    def be_still(self) -> None:
        """Stop every timer below: nothing begins any more on this window."""
        for timer in self.findChildren(QTimer):
            timer.stop()

    def come_forward(self) -> None:
        """Another start of the program asks for this window."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()


def frame_actions(window: MainWindow, actions: Actions) -> None:
    """The frame's own actions."""
    actions.bind(Act.LANES, window, window.fold_lanes)
    actions.bind(Act.QUIT, window, window.closing.emit)
