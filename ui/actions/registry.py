"""The one registry of actions: menus, palette, shortcut sheet and docs read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.actions.acts import ActionSpec, Scope
from ui.actions.call_table import CallActions
from ui.actions.work_table import WorkActions

_REASON = "reason"


@dataclass(frozen=True, slots=True)
class Bound:
    """An action a screen answers to."""

    spec: ActionSpec
    where: QWidget
    action: QAction

    @property
    def reason(self) -> str:
        """Why it can do nothing now; empty where it can."""
        return str(self.action.property(_REASON) or "")


def explain(action: QAction, reason: str) -> None:
    """Why the action can do nothing now, for wherever actions are listed; empty where it can."""
    action.setProperty(_REASON, reason)


class Actions(QObject):
    """All specs, in the language of now, and which of them the open screens answer to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bound: list[Bound] = []
        self._specs: dict[str, ActionSpec] = {}

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action, by scope and in the order of the sheet."""
        return (*CallActions().specs(), *WorkActions().specs())

    def spec(self, act: str) -> ActionSpec:
        """One action. Raises KeyError for one that is not in the table."""
        if not self._specs:
            self._specs = {one.act: one for one in self.specs()}
        return self._specs[act]

    def scope_name(self, scope: Scope) -> str:
        """The heading of a scope in the sheet."""
        return {
            Scope.ANYWHERE: self.tr("Anywhere"),
            Scope.QUEUE: self.tr("In a queue"),
            Scope.TICKET: self.tr("In a ticket"),
            Scope.CALL: self.tr("In a call"),
            Scope.SAVED: self.tr("After saving a call"),
            Scope.OUTBOX: self.tr("In the outbox"),
            Scope.STATUS: self.tr("In the status"),
            Scope.CALL_BACKS: self.tr("In the call-backs"),
            Scope.CUSTOMER: self.tr("On a customer's page"),
            Scope.CONFLICT: self.tr("Comparing values"),
            Scope.CATCH_UP: self.tr("After an outage"),
            Scope.PAYMENTS: self.tr("In payments not verified"),
            Scope.MODELS: self.tr("Resolving and approving models"),
            Scope.CATALOG: self.tr("In the device catalog"),
            Scope.ENRICHMENT: self.tr("Completing tickets"),
            Scope.VISIT: self.tr("Telling an expert by phone"),
            Scope.PAPER: self.tr("Paper"),
            Scope.REPORT: self.tr("In the outage report"),
        }[scope]

    # --- binding ----------------------------------------------------------------------------

    def bind(self, act: str, where: QWidget, do: Callable[[], object]) -> QAction:
        """Let a screen answer: the keys work anywhere, or while the focus is in `where`."""
        action = self.add(self.spec(act), where)
        action.triggered.connect(lambda _checked: do())
        return action

    def add(self, spec: ActionSpec, where: QWidget) -> QAction:
        """An action on a screen; what it does is connected by the caller."""
        action = QAction(spec.text, where)
        action.setObjectName(spec.act)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        wide = spec.scope is Scope.ANYWHERE
        context = Qt.ShortcutContext
        action.setShortcutContext(
            context.WindowShortcut if wide else context.WidgetWithChildrenShortcut
        )
        action.setAutoRepeat(False)
        where.addAction(action)
        self._bound.append(Bound(spec, where, action))
        return action

    def offered(self) -> Iterator[Bound]:
        """What can be done now: enabled, and on a screen that shows."""
        for bound in self._bound:
            if bound.action.isEnabled() and bound.where.isVisible():
                yield bound
