"""The list of the model work: what to approve, what was decided here, what to resolve."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.matching.resolution import Outcome
from app.domain.model_offer import ModelOffer
from app.domain.model_work import ModelParts, ProposalView, WaitingWords
from app.domain.proposals import ProposalState
from app.domain.views import titled
from ui.delegates.parts import (
    Break,
    Icon,
    Part,
    Pill,
    RowKind,
    Spring,
    Text,
    Words,
    group_head,
    small,
)
from ui.delegates.rows import PartsModel, PartsRow, key_of
from ui.text import one_line, quoted
from ui.theme import Token, Type
from ui.times import moment
from ui.widgets.parts_view import PartsList
from ui.widgets.surfaces import Surface, column
from ui.widgets.view_head import ViewHead

PROPOSAL, HERE, WORDS = "proposal", "here", "words"
Key = tuple[str, str]
"""What kind of row, and the id of its proposal or the key of its words."""


@dataclass(frozen=True, slots=True)
class ModelWork:
    """Everything the list shows."""

    proposals: Sequence[ProposalView] = ()
    here: Sequence[ProposalView] = ()
    """Decided at this desk; central has not answered."""
    waiting: Sequence[WaitingWords] = ()

    def tickets_of(self, proposal_id: str) -> tuple[WaitingWords, ...]:
        return tuple(row for row in self.waiting if row.proposal_id == proposal_id)

    @property
    def to_resolve(self) -> tuple[WaitingWords, ...]:
        return tuple(row for row in self.waiting if row.proposal_id is None)


class ModelList(Surface):
    """Three sections, one list; `moved` tells that another row is current."""

    moved = Signal(object)
    """The Key, None without a row."""

    def __init__(self, name_of: Callable[[str], str] = str, parent: QWidget | None = None) -> None:
        """`name_of` a person's id."""
        super().__init__(Token.SURFACE, parent, line_right=True)
        self._marked: Collection[str] = ()
        self._now = Millis(0)
        self._name_of = name_of
        self.head = ViewHead(self.tr("Models"), self)
        self.model = PartsModel(parent=self)
        self.list = PartsList(self.tr("Model work"), self)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.setFocusProxy(self.list)
        body = column(self)
        body.addWidget(self.head)
        body.addWidget(self.list, 1)

    @property
    def current(self) -> Key | None:
        found = key_of(self.list.currentIndex())
        return found if isinstance(found, tuple) else None

    def select(self, key: Key | None) -> None:
        """Go to that row, or to the first one."""
        row = self.model.row_of(key) if key is not None else -1
        if row < 0:
            chosen = (at for at, one in enumerate(self.model.rows) if isinstance(one.key, tuple))
            row = next(chosen, -1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row, 0))

    def step(self) -> None:
        """The next row; after the last one the first."""
        before = self.list.currentIndex().row()
        self.list.move_by(1)
        if self.list.currentIndex().row() == before:
            self.select(None)

    def _tell(self) -> None:
        self.moved.emit(self.current)

    def show_work(
        self,
        work: ModelWork,
        offers: Mapping[str, ModelOffer],
        now: Millis,
        marked: Collection[str] = (),
    ) -> None:
        """The rows; the current one stays current, or the one after it where it is gone.

        `now` dates since when words wait, `marked` are the keys of words that are proposed
        together.
        """
        self._marked, self._now = marked, now
        key, at = self.current, self.list.currentIndex().row()
        approve, resolve = len(work.proposals), len(work.to_resolve)
        note = (
            self.tr("%n to approve", "", approve), self.tr("%n to resolve", "", resolve),
        )  # fmt: skip
        self.head.set_note(", ".join(note))
        sections = (
            (self.tr("To approve"), [self._proposal(one, work) for one in work.proposals]),
            (self.tr("Decided here"), [self._here(one) for one in work.here]),
            (self.tr("To resolve"), [self._words(one, offers) for one in work.to_resolve]),
        )
        rows: list[PartsRow] = []
        for name, found in sections:
            if found:
                rows.append(PartsRow(name, (group_head(name, len(found)),), RowKind.HEAD))
                rows += found
        self.model.set_rows(rows)
        if key is None or self.model.row_of(key) < 0:
            after = [one.key for one in rows[max(at, 0) :] if isinstance(one.key, tuple)]
            key = after[0] if after else None
        self.select(key)

    def _proposal(self, one: ProposalView, work: ModelWork) -> PartsRow:
        said = work.tickets_of(one.id)
        words = quoted(one_line(str(one.fields.get("words") or "")))
        asked = one.state == ProposalState.ASKED
        to = str(one.fields.get("delegated_to") or "")
        second = self.tr("asked back, waits for an answer") if asked else words
        if to and not asked:
            second = self.tr("{person} decides").format(person=one_line(self._name_of(to)))
        first: tuple[Part, ...] = (
            Text(title_of(one), step=Type.LEAD), Spring(),
            small(self._count(sum(len(row.tickets) for row in said))),
        )  # fmt: skip
        cells = (*first, Break(), small(second, Token.WARN if asked else Token.TEXT2))
        return PartsRow((PROPOSAL, one.id), (cells,), RowKind.TWO_LINES)

    def _here(self, one: ProposalView) -> PartsRow:
        approved = one.state == ProposalState.APPROVED
        waits = (
            self.tr("approval waiting to be sent")
            if approved
            else self.tr("rejection waiting to be sent")
        )
        cells: tuple[Part, ...] = (
            Text(title_of(one), step=Type.LEAD), Spring(), Pill(RowState.WAITING), Break(),
            small(waits, Token.WARN),
        )  # fmt: skip
        return PartsRow((HERE, one.id), (cells,), RowKind.TWO_LINES)

    def _words(self, row: WaitingWords, offers: Mapping[str, ModelOffer]) -> PartsRow:
        danger = any(one.in_danger for one in row.tickets)
        marks: tuple[Part, ...] = (
            (Icon("warning-circle", Token.BAD, says=self.tr("danger")),) if danger else ()
        )
        if row.key in self._marked:
            marks += (Icon("check", Token.ACCENT, says=self.tr("proposed together")),)
        since = self.tr("since {time}").format(time=moment(row.oldest, self._now))
        cells: tuple[Part, ...] = (
            *marks, Words(one_line(row.words)), Spring(), small(self._count(len(row.tickets))),
            Break(), small(self._candidates(offers.get(row.key)), Token.TEXT2), Spring(),
            small(since, Token.MUTED),
        )  # fmt: skip
        return PartsRow((WORDS, row.key), (cells,), RowKind.TWO_LINES)

    def _count(self, tickets: int) -> str:
        return self.tr("%n ticket(s)", "", tickets) if tickets else ""

    def _candidates(self, offer: ModelOffer | None) -> str:
        if offer is None:
            return self.tr("looking for candidates")
        if not offer.candidates:
            return self.tr("no candidate")
        first = one_line(offer.candidates[0].entry.title)
        if offer.outcome is Outcome.NOT_IN_LIST:
            return self.tr("none clear, nearest: {name}").format(name=first)
        count = self.tr("%n candidate(s)", "", len(offer.candidates))
        return self.tr("{count}, first: {name}").format(count=count, name=first)

    def focus_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def title_of(one: ProposalView) -> str:
    """Maker and name of the proposed model, else its first number."""
    parts = ModelParts.of(one.fields)
    return one_line(titled(parts.maker, parts.name, parts.numbers[0] if parts.numbers else ""))
