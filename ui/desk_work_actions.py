"""Work that changes its desk, from the palette: as a file, from a file, and the desk's removal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from app.domain.errors import Invalid, OffhookError
from app.domain.giving_up import GivenUp
from app.domain.words import fold
from ui.actions import ActionSpec, Scope
from ui.dialogs.desk_work import GivePanel, RemovePanel, TakePanel
from ui.dialogs.task_panel import TaskPanel
from ui.main_window import MainWindow
from ui.problems import problems
from ui.session import Session
from ui.tasks import async_slot
from ui.text import one_line


class DeskWorkActions(QObject):
    """`removal_wanted` carries the receipt's file (or "") and whether what no hand-over carries is
    given up, once nothing else is only on this desk.
    """

    removal_wanted = Signal(str, bool)

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.giving, self.taking = GivePanel(window), TakePanel(window)
        self.removing = RemovePanel(window)
        self._add("give_desk_work", self.tr("Hand this desk's work to another desk"), self.give)
        self._add("take_desk_work", self.tr("Take over another desk's work"), self.take)
        text = self.tr("Remove this desk from the computer")
        self._removal = self._add("remove_desk", text, self.remove)
        self.giving.wanted.connect(self._give)
        self.taking.wanted.connect(self._take)
        self.removing.wanted.connect(self._remove)

    def _add(self, act: str, text: str, do: Callable[[], object]) -> QAction:
        spec = ActionSpec(act, Scope.ANYWHERE, text, icon="handshake")
        action = self._window.actions_.add(spec, self._window)
        action.triggered.connect(lambda _checked: do())
        return action

    def cannot_remove(self) -> None:
        """A drill's or a demo's desk goes with its program."""
        self._removal.setEnabled(False)

    # --- opening ----------------------------------------------------------------------------

    def give(self) -> None:
        """To one of the desks that can open a file."""
        desk = self._session.opened.desk
        able = [
            one
            for one in desk.configuration.desks
            if one.desk_id != desk.identity.desk_id and one.sealing_key
        ]
        names = Counter(fold(one.name) for one in able)
        self.giving.open_for({
            one.desk_id: one_line(one.name)
            + (f" ({', '.join(one.codes)})" if names[fold(one.name)] > 1 else "")
            for one in able
        })  # fmt: skip

    def take(self) -> None:
        """From a file that another desk made for this one."""
        self.taking.open_empty()

    def remove(self) -> None:
        """Asks whether it may be, then whether it is meant."""
        self.removing.open_to_ask()

    # --- doing ------------------------------------------------------------------------------

    @async_slot
    async def _give(self) -> None:
        session, panel = self._session, self.giving
        panel.set_busy(busy=True)
        try:
            given = await session.opened.handing_over.give_to_file(
                str(panel.to.currentData() or ""), _named(panel.file.text()), session.person
            )
        except OffhookError as problem:
            _refused(panel, problem)
            return
        panel.set_busy(busy=False)
        panel.close_overlay()
        self._window.tell(
            self.tr("The file for {desk} is written.").format(desk=one_line(given.to.name)),
            self._counted(given.operations, given.drafts) + self._key(given.fingerprint),
        )

    def _key(self, fingerprint: str) -> str:
        """What the other desk's people compare, where there is something to compare."""
        if not fingerprint:
            return ""
        words = self.tr("That desk asks for this desk's fingerprint: {fingerprint}.")
        return ". " + words.format(fingerprint=fingerprint)

    @async_slot
    async def _take(self) -> None:
        session, panel = self._session, self.taking
        receipt = panel.receipt.text()
        panel.set_busy(busy=True)
        try:
            taken = await session.opened.handing_over.take_file(
                _named(panel.file.text()),
                Path(receipt) if receipt else None,
                session.person,
                panel.giver.text().strip() or None,
            )
        except OffhookError as problem:
            _refused(panel, problem)
            return
        session.saved()
        panel.set_busy(busy=False)
        panel.close_overlay()
        self._window.tell(
            self.tr("The work of {desk} is in this desk's outbox.").format(
                desk=self._desk_name(taken.from_desk)
            ),
            self._counted(taken.operations, taken.drafts),
        )

    @async_slot
    async def _remove(self) -> None:
        session, panel = self._session, self.removing
        receipt, gives_up = panel.receipt.text(), panel.give_up.isChecked()
        if panel.is_sure:
            panel.set_busy(busy=True)
            self.removal_wanted.emit(receipt, gives_up)
            return
        try:
            _ = await session.opened.handing_over.require_removable_by(
                Path(receipt) if receipt else None, tuple(GivenUp) if gives_up else ()
            )
        except OffhookError as problem:
            _refused(panel, problem)
            return
        panel.ask_again()

    def _desk_name(self, desk_id: str) -> str:
        entry = self._session.opened.desk.configuration.desk(desk_id)
        return one_line(entry.name if entry else desk_id)

    def _counted(self, operations: int, drafts: int) -> str:
        parts = (self.tr("%n operation(s)", "", operations), self.tr("%n draft(s)", "", drafts))
        return ", ".join(parts)


def _named(text: str) -> Path:
    """Raise Invalid where no file is named."""
    if not text:
        raise Invalid("Name the file.")
    return Path(text)


def _refused(panel: TaskPanel, problem: OffhookError) -> None:
    """Said in the panel, beside what it is about."""
    panel.set_busy(busy=False)
    panel.say(problems.sentence(problem))
