"""A visit as plain text, to be read out or printed: no payment is in it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.ids import Millis
from app.domain.visible import isolated
from app.services.visits import VisitSheet
from ui.terms import terms
from ui.text import quoted
from ui.times import moment


class SheetWords(QObject):
    """Lines in the order of telling: danger first, then where, who, what."""

    def text(self, sheet: VisitSheet, now: Millis) -> str:
        """The sheet; lines nobody knows anything for are left out."""
        danger = terms.safety(sheet.safety).upper() if sheet.danger else ""
        lines = (
            (self.tr("Danger"), danger),
            (self.tr("Reference"), sheet.reference),
            (self.tr("Where"), sheet.place),
            (self.tr("Who"), sheet.name),
            (self.tr("Phone"), sheet.phone),
            (self.tr("Reachable"), sheet.reachable),
            (self.tr("Device"), self._device(sheet)),
            (self.tr("Serial number"), sheet.serial),
            (self.tr("Fault"), sheet.fault),
            (self.tr("Due"), moment(sheet.due, now) if sheet.due is not None else ""),
            (self.tr("Promised"), "; ".join(sheet.promises)),
        )
        return "\n".join(f"{name}: {isolated(value)}" for name, value in lines if value)

    def _device(self, sheet: VisitSheet) -> str:
        """What nobody knows, or nobody supports, is said to whoever is sent there."""
        if sheet.not_supported:
            refused = self.tr("{device} (this model is not supported: {told})")
            return refused.format(device=isolated(sheet.device), told=isolated(sheet.not_supported))
        if sheet.device_is_words and sheet.device:
            unknown = self.tr("{device} (the caller's words, the model is not known)")
            return unknown.format(device=quoted(sheet.device))
        return sheet.device


sheet_words = SheetWords()
"""The one to ask; it keeps no words."""
