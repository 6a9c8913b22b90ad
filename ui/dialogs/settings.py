"""Settings: palette, size of the letters, language, motion, and where a second copy is kept."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.operations import Json
from ui.text import PlainLabel, WrappedLabel
from ui.theme import Look, Space, Token, Type
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choices import Choice
from ui.widgets.copy_choice import CopyChoice
from ui.widgets.overlay import Overlay
from ui.widgets.surfaces import column, line

_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person chose for the screens."""

    look: Look = Look.SYSTEM
    font_scale: float = 1.0
    language: str = ""
    """Two letters; empty follows the system."""
    reduced_motion: bool = False

    def as_json(self) -> dict[str, Json]:
        return {
            "look": str(self.look),
            "font_scale": self.font_scale,
            "language": self.language,
            "reduced_motion": self.reduced_motion,
        }

    @classmethod
    def of(cls, kept: Json) -> Preferences:
        """Read what was kept; whatever does not fit takes its default."""
        if not isinstance(kept, dict):
            return cls()
        look, scale = str(kept.get("look") or ""), kept.get("font_scale")
        return cls(
            look=Look(look) if look in set(Look) else Look.SYSTEM,
            font_scale=float(scale) if isinstance(scale, int | float) else 1.0,
            language=str(kept.get("language") or ""),
            reduced_motion=bool(kept.get("reduced_motion")),
        )


class SettingsPanel(Overlay):
    """Every change is laid on at once; `chosen` carries the Preferences."""

    chosen = Signal(object)
    copy_wanted = Signal(str)
    """The folder a second copy is to be kept in; empty ends it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._quiet = False
        self._look = self._box(self.tr("Palette"), {
            Look.SYSTEM: self.tr("As the system"),
            Look.LIGHT: self.tr("Light"),
            Look.DARK: self.tr("Dark"),
        })  # fmt: skip
        self._scale = self._box(self.tr("Size of the letters"), {
            scale: self.tr("{percent} %").format(percent=round(100 * scale)) for scale in _SCALES
        })  # fmt: skip
        self._language = self._box(self.tr("Language"), {
            "": self.tr("As the system"), "en": "English", "de": "Deutsch",
        })  # fmt: skip
        self._motion = QCheckBox(self.tr("No motion"), self.panel)
        self.copy = CopyChoice(self.panel)
        self.copy.wanted.connect(self.copy_wanted)
        self._close = Button(self.tr("Close"), self.panel, kind=ButtonKind.QUIET, keys="Esc")
        self._close.clicked.connect(self.close_overlay)
        self._lay_out()
        for box in (self._look, self._scale, self._language):
            box.currentIndexChanged.connect(lambda _at: self._tell())
        self._motion.toggled.connect(lambda _on: self._tell())

    def _box(self, name: str, choices: dict[object, str]) -> Choice:
        box = Choice(name, self.panel)
        for value, words in choices.items():
            box.addItem(words, value)
        return box

    def _lay_out(self) -> None:
        head, body = line(gap=Space.S), column(gap=Space.L, edge=Space.XL)
        head.addWidget(PlainLabel(self.tr("Settings"), self.panel, step=Type.VIEW), 1)
        head.addWidget(self._close)
        body.addLayout(head)
        for box in (self._look, self._scale, self._language):
            row = line(gap=Space.L)
            name = PlainLabel(box.accessibleName(), self.panel, ink=Token.TEXT2)
            name.setBuddy(box)
            row.addWidget(name, 1)
            row.addWidget(box, 1)
            body.addLayout(row)
        body.addWidget(self._motion)
        note = self.tr("Size and language build the screens anew; open calls stay open.")
        body.addWidget(WrappedLabel(note, self.panel, step=Type.SMALL, ink=Token.MUTED))
        body.addWidget(self.copy)
        body.addWidget(self.copy.state)
        self.hold(body)

    def open_with(self, now: Preferences) -> None:
        """Show what holds now."""
        self._quiet = True
        for box, value in (
            (self._look, now.look), (self._scale, now.font_scale), (self._language, now.language),
        ):  # fmt: skip
            box.setCurrentIndex(max(0, box.findData(value)))
        self._motion.setChecked(now.reduced_motion)
        self._quiet = False
        self.open()

    def focus_first(self) -> None:
        self._look.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tell(self) -> None:
        if not self._quiet:
            self.chosen.emit(
                Preferences(
                    look=Look(self._look.currentData()),
                    font_scale=float(self._scale.currentData()),
                    language=str(self._language.currentData()),
                    reduced_motion=self._motion.isChecked(),
                )
            )
