"""This desk's work as a file for another desk, another desk's work here, and taking it off."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.dialogs.task_panel import FileField, Picks, TaskPanel
from ui.text import WrappedLabel
from ui.theme import Token, Type
from ui.widgets.choices import Choice, labelled


class GivePanel(TaskPanel):
    """A file that only the chosen desk opens."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            window,
            self.tr("Hand this desk's work to another desk"),
            self.tr(
                "What central does not have yet goes into a file that only that desk opens. It "
                "stays here too: a lost file loses nothing, and nothing is delivered twice."
            ),
            self.tr("Write the file"),
        )
        holder = QWidget(self.panel)
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.to = Choice(self.tr("Desk"), holder)
        self.file = FileField(self.tr("New file"), Picks.FRESH, self.panel)
        holder.setLayout(labelled(self.tr("Desk"), self.to))
        self.add_field(holder)
        self.add_field(self.file)

    def open_for(self, desks: Mapping[str, str]) -> None:
        """Names by id, the other desks of the directory."""
        self.to.clear()
        for id_, name in desks.items():
            self.to.addItem(name, id_)
        none = self.tr("No other desk has told central its key yet.")
        self.say("" if desks else none)
        self.set_busy(busy=not desks)
        self.open()

    def focus_first(self) -> None:
        self.to.setFocus(Qt.FocusReason.PopupFocusReason)


class TakePanel(TaskPanel):
    """Another desk's file; the receipt lets that desk be removed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            window,
            self.tr("Take over another desk's work"),
            self.tr(
                "Central is asked about each piece before this desk sends it: taking the same "
                "file twice changes nothing."
            ),
            self.tr("Take it over"),
        )
        self.file = FileField(self.tr("The file of that desk"), Picks.PRESENT, self.panel)
        self.receipt = FileField(
            self.tr("Receipt for that desk, a new file (may be left empty)"),
            Picks.FRESH,
            self.panel,
        )
        self.add_field(self.file)
        self.add_field(self.receipt)
        self.giver = self.add_line(
            self.tr("Fingerprint that the giving desk shows (only where it is asked for)")
        )

    def open_empty(self) -> None:
        self.giver.clear()
        self.say("")
        self.set_busy(busy=False)
        self.open()


class RemovePanel(TaskPanel):
    """Irreversible, so it is asked for twice; never while work is only here."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            window,
            self.tr("Remove this desk from the computer"),
            self.tr(
                "Its data, its keys and its drafts are deleted here; what was sent is at central. "
                "It is refused while work is only on this desk."
            ),
            self.tr("Remove it..."),
        )
        self.receipt = FileField(
            self.tr("Receipt of the desk that took the work over (may be left empty)"),
            Picks.PRESENT,
            self.panel,
        )
        self.add_field(self.receipt)
        self.give_up = QCheckBox(self.tr("Give up what is only here"), self.panel)
        what = self.tr("Undecided conflicts, files of evidence, and paper.")
        self.give_up.setAccessibleDescription(what)
        self.give_up.toggled.connect(lambda _on: self.doubt())
        self.add_field(self.give_up)
        self.add_field(WrappedLabel(what, self.panel, step=Type.SMALL, ink=Token.TEXT2))
        self._sure = False
        self.receipt.edit.textChanged.connect(lambda _text: self.doubt())

    @property
    def is_sure(self) -> bool:
        """Whether the person has been asked a second time."""
        return self._sure

    def ask_again(self) -> None:
        """Everything allows it: the next Enter does it."""
        self._sure = True
        self.do.set_text(self.tr("Yes, remove the desk"))
        given_up = self.tr(
            "What you gave up goes with it. The window closes, and the desk is gone."
        )
        nothing = self.tr("Nothing is only here. The window closes, and the desk is gone.")
        self.say(given_up if self.give_up.isChecked() else nothing)

    def doubt(self) -> None:
        """Back to the first question."""
        self._sure = False
        self.do.set_text(self.tr("Remove it..."))

    def open_to_ask(self) -> None:
        self.give_up.setChecked(False)
        self.doubt()
        self.say("")
        self.set_busy(busy=False)
        self.open()
