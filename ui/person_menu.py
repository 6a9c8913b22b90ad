"""Who works here: shown at the foot of the rail, changed in a menu; open calls survive it."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.domain.people import Person
from ui.main_window import MainWindow
from ui.session import Session
from ui.terms import terms
from ui.text import one_line, plain_button_text


class PersonMenu(QObject):
    """`chosen` carries the id of somebody; the owner carries the change out."""

    chosen = Signal(str)

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        window.person.clicked.connect(self.open)
        session.person_changed.connect(self.show_person)

    def show_person(self) -> None:
        """Name and roles of whoever sits here."""
        person = self._session.person
        code = self._session.opened.desk.identity.desk_code
        words = self.tr("{roles}, desk {code}").format(roles=_roles(person), code=code)
        self._window.person.set_person(person.name, words)

    def open(self) -> None:
        """Everybody of the configuration, above the foot of the rail."""
        menu = QMenu(self._window)
        menu.setAccessibleName(self.tr("Who works here?"))
        for person in self._session.opened.people.everybody():
            menu.addAction(self._action(person, menu))
        button = self._window.person
        menu.aboutToHide.connect(menu.deleteLater)
        above = QPoint(0, menu.sizeHint().height())
        menu.popup(button.mapToGlobal(button.rect().topLeft()) - above)

    def _action(self, person: Person, menu: QMenu) -> QAction:
        action = QAction(plain_button_text(f"{one_line(person.name)}  ({_roles(person)})"), menu)
        action.setCheckable(True)
        action.setChecked(person.id == self._session.person.id)
        action.triggered.connect(functools.partial(self._choose, person.id))
        return action

    def _choose(self, person_id: str, *_checked: bool) -> None:
        self.chosen.emit(person_id)


def _roles(person: Person) -> str:
    return ", ".join(terms.role(role) for role in sorted(person.roles))
