"""One open call: the form, what is found while typing, the draft, the save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.domain.call import Call, Taken
from app.domain.central_services import Service
from app.domain.errors import Invalid, OffhookError, StoreInDoubt
from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.safety import Danger
from app.domain.times import SECOND
from app.domain.views import CallerMatch, DeviceCard, Duplicate, ModelCandidate
from ui.problems import problems
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.terms import terms
from ui.text import ElidedLabel, Mark, one_line
from ui.theme import (
    NARROW_BELOW,
    VERY_NARROW_BELOW,
    Size,
    Space,
    State,
    Token,
    Type,
    theme,
)
from ui.times import clock, clock_seconds
from ui.views.call_assist import CallAssist, address_of
from ui.views.call_form import CallForm
from ui.views.call_saved import SavedCall
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.candidate_list import Candidate
from ui.widgets.message import Message, MessageAction
from ui.widgets.surfaces import Surface, column, line

DRAFT_PAUSE_MS = 1_000
_LOOK_PAUSE_MS = 120
_SHORTEST_WORDS = 2


class CallScreen(QWidget):
    """A call from its first digit to its reference.

    `described` tells that the strip's card must be drawn anew; `finished` that the call is over
    on this screen (saved and closed, kept as a draft, or thrown away).
    """

    described = Signal()
    saved = Signal(object)
    """The Taken."""
    finished = Signal()
    ticket_chosen = Signal(str)
    next_wanted = Signal(object)
    """A Call for the same caller's next device."""

    def __init__(self, session: Session, call: Call, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._call = call
        self._taken: Taken | None = None
        self._devices: tuple[DeviceCard, ...] = ()
        self._refused_duplicates: set[str] = set()
        self._duplicate: Duplicate | None = None
        self._held_since: Millis | None = None
        self._saving = False
        self._stored = False
        """Whether the store holds a draft of this call."""
        self._in_doubt = False
        self._make()
        self._lay_out()
        self._connect()
        self.form.show_call(call)
        self._follow()
        self._look()

    # --- making -----------------------------------------------------------------------------

    def _make(self) -> None:
        self.form = CallForm(self._session.opened.desk.configuration.currency, self)
        self.assist = CallAssist(self)
        self.after = SavedCall(self)
        self.danger = Message(State.BAD, "warning", self)
        self.notice = Message(State.NEU, "info", self)
        self.doubt = Message(State.NEU, "hourglass", self)
        self._kept = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        self.dropped = self._quiet(self.tr("Dropped call"), "phone-x", "Alt+D")
        self.keep = self._quiet(self.tr("Keep as draft"), "", "Esc")
        self.save_button = Button(
            "", self, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter", height=Size.BUTTON_SAVE
        )
        self._pages = QStackedWidget(self)
        self._draft = Debounce(DRAFT_PAUSE_MS, self.keep_draft, self)
        self._looking = Debounce(_LOOK_PAUSE_MS, self._look, self)
        self._matches = NewestWins(self._ask_matches, self._show_matches)
        self._models = NewestWins(self._ask_models, self._show_models)
        self._alike = NewestWins(self._session.intake.duplicates, self._show_duplicates)

    def _quiet(self, text: str, icon: str, keys: str) -> Button:
        return Button(
            text, self, kind=ButtonKind.QUIET, icon=icon, keys=keys, height=Size.BUTTON_SAVE
        )

    def _lay_out(self) -> None:
        foot = Surface(Token.SURFACE, line_above=True)
        buttons = line(foot, gap=Space.S)
        buttons.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        buttons.addWidget(self._kept, 1)
        for button in (self.dropped, self.keep, self.save_button):
            buttons.addWidget(button)
        taking = Surface(Token.SURFACE)
        body = column(taking)
        notes = column(gap=Space.S)
        notes.setContentsMargins(Space.XL, Space.M, Space.XL, 0)
        for message in (self.danger, self.notice, self.doubt):
            notes.addWidget(message)
        body.addLayout(notes)
        body.addWidget(self.form, 1)
        body.addWidget(foot)
        self._pages.addWidget(taking)
        self._pages.addWidget(self.after)
        self._row = line(self, gap=0)
        self._row.addWidget(self._pages, 3)
        self._row.addWidget(self.assist)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow, the assist takes less room; very narrow it stands below the form."""
        super().resizeEvent(event)
        wide = self.window().width() / theme().effective_factor
        beside = wide >= VERY_NARROW_BELOW
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._row.setStretch(1, 0 if beside else 1)
        size = Size.CONTEXT if wide < NARROW_BELOW else Size.CONTEXT_CALL
        self.assist.setFixedWidth(theme().px(size)) if beside else self._free_assist()

    def _free_assist(self) -> None:
        self.assist.setMinimumWidth(0)
        self.assist.setMaximumWidth(self.window().width())

    def _connect(self) -> None:
        self.form.field_edited.connect(self._edited)
        self.form.left.connect(self._draft.now)
        self.form.candidates.chosen.connect(self._choose_model)
        self.form.candidates.words_kept.connect(self._keep_words)
        self.form.duplicate.acted.connect(self._answer_duplicate)
        self.danger.acted.connect(self.clear_danger)
        self.notice.acted.connect(self.leave_ticket)
        self.doubt.acted.connect(self.save)
        self.assist.accepted.connect(self.accept)
        self.assist.refused.connect(self.refuse)
        self.assist.checked.connect(self.check)
        self.assist.ticket_chosen.connect(self.ticket_chosen)
        self.dropped.clicked.connect(self.drop)
        self.keep.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.after.next_device.connect(self.go_on)
        self.after.copied.connect(self.copy_reference)
        self.after.opened.connect(self.open_ticket)
        self.after.done.connect(self.finished)
        self._session.statuses_changed.connect(self._name_save)

    # --- what others ask --------------------------------------------------------------------

    @property
    def call(self) -> Call:
        return self._call

    @property
    def taken(self) -> Taken | None:
        """The answer to the save; None while talking."""
        return self._taken

    @property
    def is_empty(self) -> bool:
        """Nothing was typed yet."""
        call = self._call
        typed = (call.phone, call.name, call.fault, call.model, call.caller, call.promise)
        return not any(one.strip() for one in typed)

    @property
    def on_hold(self) -> bool:
        return self._held_since is not None

    def title(self) -> str:
        call = self._call
        return one_line(call.caller or call.name or call.phone) or self.tr("New call")

    def note(self) -> str:
        if self._taken is not None and self._taken.reference:
            return self.tr("{reference}, saved here").format(reference=self._taken.reference)
        if self._call.name or self._call.caller:
            return self._call.phone
        return self.tr("no name yet")

    def timer(self, now: Millis) -> str:
        """Minutes and seconds since the call began or was put on hold."""
        begun = self._held_since if self._held_since is not None else self._call.started
        minutes, seconds = divmod(max(0, now - begun) // SECOND, 60)
        return f"{minutes:02}:{seconds:02}"

    def hold(self, *, held: bool) -> None:
        """Another call has the caller's ear, or this one again."""
        now = self._session.now
        if held and self._held_since is None:
            self._held_since = now
        elif not held and self._held_since is not None:
            waited = (now - self._held_since) // SECOND
            self._call = replace(self._call, held_s=self._call.held_s + waited)
            self._held_since = None
        self.described.emit()

    def focus_first(self) -> None:
        """To the caller's phone, or to the fault where the phone is known."""
        first = self.form.fault if self._call.phone and self._call.customer_id else self.form.phone
        target = first if self._taken is None else self.after.finish
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- edits ------------------------------------------------------------------------------

    def _edited(self, name: str) -> None:
        self._call = self.form.read(self._call)
        if name == "model":
            self._kept_words = ""
            self._call = replace(self._call, entry_id=None, device_id=None)
            self.form.model.set_hint("")
        if name in ("phone", "fault"):
            self.form.fields[name].set_error("")
        self._follow()
        self._draft.touch()
        self._looking.touch()

    def _follow(self) -> None:
        """Everything that follows from the call at once, without asking the store."""
        self._show_danger(self._session.intake.danger(self._call))
        _, shown = self._session.intake.read_phone(self._call.phone)
        note = self.tr("read as {number}").format(number=shown) if shown else ""
        self.form.phone.set_note(note)
        self.assist.show_call(self._call, self._session.now)
        self._show_ticket()
        self._name_save()
        self.described.emit()

    def _look(self) -> None:
        """Ask the store what fits what was typed."""
        if self._taken is not None:
            return
        self._matches.request((self._call.phone, self._call.name))
        self._models.request(self._call.model)
        self._alike.request(self._call)

    def _show_danger(self, danger: Danger | None) -> None:
        if danger is None:
            self.danger.clear()
            return
        say, ring = self._safety_text(danger)
        fact = self.tr("{danger}: \u201c{words}\u201d. Say: {say}").format(
            danger=terms.safety(danger.safety), words=danger.words, say=say
        )
        clear = MessageAction("clear", self.tr("No danger"), "Alt+X", ButtonKind.PLAIN)
        self.danger.show_message(fact, ring, (clear,))

    def _safety_text(self, danger: Danger) -> tuple[str, str]:
        """What to say and whom to ring, in the language of the screens if there is one."""
        texts = [
            one
            for one in self._session.opened.desk.configuration.safety_texts
            if one.safety == danger.safety
        ]
        mine = [one for one in texts if one.language == self._session.language]
        found = next(iter(mine or texts), None)
        if found is None:
            return self.tr("Leave the device alone and get to safety."), self.tr("Ring 112 or 999.")
        return found.say, found.ring

    def clear_danger(self) -> None:
        """A person says the words are none."""
        self._call = replace(self._call, safety_cleared=True, safety="none")
        self._draft.touch()
        self._follow()

    def _name_save(self) -> None:
        """The verb says whether it goes out at once."""
        up = self._session.is_up(Service.TICKETS)
        if self._call.ticket_id is not None:
            text = self.tr("Add to the ticket") if up else self.tr("Add now, send later")
        elif self._call.dropped:
            text = self.tr("Save as a call-back")
        else:
            text = self.tr("Save") if up else self.tr("Save and send later")
        if self.save_button.label != text:
            self.save_button.set_text(text)

    # --- who is calling ---------------------------------------------------------------------

    async def _ask_matches(self, asked: tuple[str, str]) -> Sequence[CallerMatch]:
        return await self._session.intake.matches(*asked)

    def _show_matches(self, _asked: tuple[str, str], found: Sequence[CallerMatch]) -> None:
        known = self._call.customer_id
        wanted = [one for one in found if one.customer.id not in self._call.refused_matches]
        if known is not None and all(one.customer.id != known for one in wanted):
            wanted += [one for one in self.assist.matches if one.customer.id == known]
        self.assist.show_matches(wanted, known)
        chosen = next((one for one in wanted if one.customer.id == known), None)
        self._devices = chosen.devices if chosen else ()
        self.assist.show_call(self._call, self._session.now)
        preferred, self._preferred = self._preferred, ""
        if preferred and any(one.customer.id == preferred for one in wanted):
            self.accept(preferred)

    def prefer(self, customer_id: str) -> None:
        """Whoever opened this call had that customer in mind: accepted once they are offered."""
        self._preferred = customer_id

    _preferred = ""

    def accept(self, customer_id: str) -> None:
        """The offer is right: fill what is empty, and remember what was filled."""
        match = next((one for one in self.assist.matches if one.customer.id == customer_id), None)
        if match is None:
            return
        texts = {"name": match.customer.name}
        if not self._call.phone and match.customer.phones:
            _, texts["phone"] = self._session.intake.read_phone(match.customer.phones[0])
        self._take_back()
        self._call = replace(self._call, customer_id=customer_id, checked="not_checked")
        self._fill({name: text for name, text in texts.items() if not getattr(self._call, name)})
        self._devices = match.devices
        self.assist.show_matches(self.assist.matches, customer_id)
        self._after_answer()

    def refuse(self) -> None:
        """Not this person: everything a match filled goes again."""
        offered = tuple(one.customer.id for one in self.assist.matches)
        refused = (self._call.customer_id,) if self._call.customer_id else offered
        self._take_back()
        self._devices = ()
        self._call = replace(
            self._call,
            customer_id=None,
            checked="not_checked",
            refused_matches=(*self._call.refused_matches, *refused),
        )
        self._after_answer()
        self._looking.touch()

    def check(self, how: str) -> None:
        """The caller proved who they are: address and plan may be seen."""
        self._call = replace(self._call, checked=how)
        match = next(
            (one for one in self.assist.matches if one.customer.id == self._call.customer_id), None
        )
        if match is not None and not self._call.place:
            self._fill({"place": address_of(match.customer)})
        self._after_answer()

    def _fill(self, texts: dict[str, str]) -> None:
        self.form.fill(texts)
        filled = (*self._call.filled_by_match, *texts)
        self._call = replace(self.form.read(self._call), filled_by_match=filled)

    def _take_back(self) -> None:
        self.form.fill(dict.fromkeys(self._call.filled_by_match, ""))
        if self._call.device_id is not None:
            self.form.fill({"model": ""})
        call = self.form.read(self._call)
        self._call = replace(call, filled_by_match=(), device_id=None)

    def _after_answer(self) -> None:
        self._draft.touch()
        self._follow()
        self._models.request(self._call.model)
        self._alike.request(self._call)

    # --- which device -----------------------------------------------------------------------

    _kept_words = ""
    """The words a person chose to keep; they are not offered candidates again."""

    @property
    def _model_decided(self) -> bool:
        chosen = self._call.entry_id is not None or self._call.device_id is not None
        return chosen or (bool(self._kept_words) and self._kept_words == self._call.model)

    async def _ask_models(self, words: str) -> Sequence[ModelCandidate]:
        return () if self._model_decided else await self._session.intake.candidates(words)

    def _show_models(self, words: str, found: Sequence[ModelCandidate]) -> None:
        decided = self._model_decided
        own = () if decided else self._own_devices(words)
        offered = [*own, *(self._as_candidate(one, found) for one in found)]
        self.form.candidates.show_candidates(
            offered, "" if decided else words or " ".join(one.name for one in own)
        )
        note = self.tr("%n candidate(s), differences marked", "", len(offered)) if offered else ""
        self.form.model.set_note(note)

    def _own_devices(self, words: str) -> list[Candidate]:
        wanted = words.lower()
        owned = self.tr("the customer's own")
        return [
            Candidate(one, one.name or one.words, owned)
            for one in self._devices
            if wanted in f"{one.name} {one.words} {one.category}".lower()
        ]

    def _as_candidate(self, one: ModelCandidate, found: Sequence[ModelCandidate]) -> Candidate:
        others = [other.name for other in found if other is not one]
        shared = max((_shared(one.name, other) for other in others), default=0)
        rest = len(one.name) - shared
        marks = (Mark(shared, rest),) if shared and rest else ()
        return Candidate(one, one.name, one.detail, marks)

    def _choose_model(self, chosen: object) -> None:
        if isinstance(chosen, DeviceCard):
            self.form.fill({"model": chosen.name or chosen.words})
            self._call = replace(self.form.read(self._call), device_id=chosen.id, entry_id=None)
            self.form.model.set_hint(self.tr("The customer's own device"))
        elif isinstance(chosen, ModelCandidate):
            if not self._call.model.strip():
                self.form.fill({"model": chosen.name})
            self._call = replace(self.form.read(self._call), entry_id=chosen.entry_id)
            self.form.model.set_hint(self.tr("Model: {name}").format(name=chosen.name))
        self._settle_model()

    def _keep_words(self) -> None:
        self._kept_words = self._call.model
        self.form.model.set_hint(self.tr("Kept as said; it joins Models to resolve."))
        self._settle_model()

    def _settle_model(self) -> None:
        self._models.cancel()
        self.form.candidates.clear()
        self.form.model.set_note("")
        self._draft.touch()
        self._follow()
        self.form.place.setFocus(Qt.FocusReason.TabFocusReason)

    # --- the same fault again ---------------------------------------------------------------

    def _show_duplicates(self, _call: Call, found: Sequence[Duplicate]) -> None:
        open_ = [one for one in found if one.row.id not in self._refused_duplicates]
        self._duplicate = open_[0] if open_ and self._call.ticket_id is None else None
        if self._duplicate is None:
            self.form.duplicate.clear()
            return
        row = self._duplicate.row
        why = ", ".join(terms.why_duplicate(one) for one in self._duplicate.why)
        fact = self.tr("Like {reference}?").format(reference=row.reference)
        more = f"{one_line(row.fault)[:80]} ({why})"
        actions = (
            MessageAction("add", self.tr("Add to it"), "Alt+A"),
            MessageAction("other", self.tr("Another fault"), "Alt+O"),
        )
        self.form.duplicate.show_message(fact, more, actions)

    def _answer_duplicate(self, key: str) -> None:
        (self.add_to_duplicate if key == "add" else self.refuse_duplicate)()

    def add_to_duplicate(self) -> None:
        """The call is about that ticket."""
        if self._duplicate is not None:
            self.join_ticket(self._duplicate.row.id, self._duplicate.row.reference)

    def refuse_duplicate(self) -> None:
        """It is another fault; this ticket is not offered again in this call."""
        if self._duplicate is not None:
            self._refused_duplicates.add(self._duplicate.row.id)
            self._show_duplicates(self._call, ())

    def join_ticket(self, ticket_id: str, reference: str) -> None:
        """Add this call to a ticket instead of making one."""
        self._joined = reference
        self._call = replace(self._call, ticket_id=ticket_id)
        self.form.duplicate.clear()
        self._draft.touch()
        self._follow()

    def leave_ticket(self) -> None:
        """Make it a ticket of its own after all."""
        self._call = replace(self._call, ticket_id=None)
        self._draft.touch()
        self._follow()

    _joined = ""

    def _show_ticket(self) -> None:
        if self._call.ticket_id is None:
            self.notice.clear()
            return
        fact = self.tr("This call is added to {reference}.").format(reference=self._joined)
        more = self.tr("What you write under Fault becomes a note there.")
        own = MessageAction("own", self.tr("Make it a ticket of its own"))
        self.notice.show_message(fact, more, (own,))

    # --- drafts -----------------------------------------------------------------------------

    @async_slot
    async def keep_draft(self) -> None:
        """Store what is typed so far."""
        await self.store_draft()

    async def store_draft(self) -> None:
        """Store the draft now; a refusal is shown and the words stay on the screen.

        Not while a save is in doubt: whether the draft is there is what tells.
        """
        if self._taken is not None or self.is_empty or self._in_doubt:
            return
        self._draft.drop()
        try:
            await self._session.intake.keep_draft(self._call, self._session.person)
        except OffhookError as problem:
            self._kept.setText(problems.sentence(problem))
            return
        self._stored = True
        time = clock_seconds(self._session.now)
        self._kept.setText(self.tr("Draft kept {time}").format(time=time))

    @async_slot
    async def leave(self) -> None:
        """Esc: keep the draft and leave the form; nothing is ever discarded here."""
        await self.store_draft()
        self.finished.emit()

    @async_slot
    async def throw_away(self) -> None:
        """The call was nothing; its draft goes."""
        self._draft.drop()
        await self._session.intake.drop_draft(self._call.draft_id)
        self._taken = None
        self.finished.emit()

    # --- saving -----------------------------------------------------------------------------

    @async_slot
    async def drop(self) -> None:
        """The line went dead: a call-back with the number alone."""
        self._call = replace(self._call, dropped=True)
        self._name_save()
        await self._save()

    @async_slot
    async def save(self) -> None:
        """Save durably; the network is not asked."""
        await self._save()

    async def _save(self) -> None:
        if self._saving or self._taken is not None:
            return
        self._saving = True
        try:
            if self._draft.due or not self._stored:
                await self.store_draft()
            taken = await self._found_after_doubt() if self._in_doubt else None
            self._show_taken(taken or await self._take())
        except Invalid as problem:
            self._show_invalid(problem)
        except StoreInDoubt:
            await self._after_doubt()
        except OffhookError as problem:
            self._session.refuse(problem)
        finally:
            self._saving = False

    def _show_invalid(self, problem: Invalid) -> None:
        self._call = replace(self._call, dropped=False)
        self.form.show_errors(
            {name: problems.field(name, sentence) for name, sentence in problem.fields.items()}
        )
        self._name_save()

    async def _take(self) -> Taken:
        ended = replace(self._call, ended=self._session.now)
        return await self._session.intake.take(ended, self._session.person)

    async def _found_after_doubt(self) -> Taken | None:
        """What the save in doubt left behind: the draft goes in the same transaction."""
        drafts = await self._session.intake.drafts()
        if any(one.call.draft_id == self._call.draft_id for one in drafts):
            return None
        rows = await self._session.outgoing.rows()
        made = [one for one in rows if one.kind == "ticket.create"]
        last = made[-1] if made and not self._call.dropped else None
        reference, ticket_id = (last.reference, last.target) if last else ("", "")
        op_id, state = (last.op_id, str(last.state)) if last else ("", "")
        return Taken(reference, ticket_id, op_id, state, "")

    async def _after_doubt(self) -> None:
        """The commit may be there: it is looked for before anything is written again."""
        self._in_doubt = True
        again = MessageAction("again", self.tr("Check now"), "", ButtonKind.PLAIN)
        self.doubt.show_message(
            self.tr("Checking whether the call was saved."),
            self.tr("Your words are kept here. Do not type them again."),
            (again,),
        )

    def _show_taken(self, taken: Taken) -> None:
        self._taken = taken
        self._stored = self._in_doubt = False
        self._draft.drop()
        for search in (self._matches, self._models, self._alike):
            search.cancel()
        self.doubt.clear()
        self.after.show_taken(taken, self._call, self._sentence(RowState.SAVED_HERE))
        self._pages.setCurrentWidget(self.after)
        self._session.saved()
        self.saved.emit(taken)
        self.described.emit()
        self.after.finish.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sentence(self, state: RowState) -> str:
        time = clock(self._session.now)
        match state:
            case RowState.SENT:
                return self.tr("Central has it.")
            case RowState.NEEDS_REVIEW:
                return self.tr("Central did not take it as it is. It waits for a person.")
            case _ if self._session.is_up(Service.TICKETS):
                return self.tr("Saved on this computer at {time}. It is on its way.").format(
                    time=time
                )
            case _:
                return self.tr(
                    "Saved on this computer at {time}. It is sent by itself when Tickets answers."
                ).format(time=time)

    def show_state(self, state: RowState) -> None:
        """The saved ticket moved on."""
        if self._taken is not None:
            self.after.show_state(state, self._sentence(state))

    def reopen(self) -> None:
        """The save was undone: the words are back in the form, as a draft."""
        self._taken = None
        self._call = replace(self._call, dropped=False)
        self._pages.setCurrentIndex(0)
        self._follow()
        self.keep_draft()
        self.focus_first()

    # --- afterwards -------------------------------------------------------------------------

    def go_on(self) -> None:
        """The next device of the same caller: caller and customer stay."""
        fresh = self._session.intake.new_call(self._call.phone)
        call = self._call
        self.next_wanted.emit(replace(
            fresh, name=call.name, caller=call.caller, relation=call.relation,
            customer_id=call.customer_id, checked=call.checked, place=call.place,
            reachable=call.reachable, refused_matches=call.refused_matches,
            filled_by_match=call.filled_by_match,
        ))  # fmt: skip

    def copy_reference(self) -> None:
        """Put the reference on the clipboard."""
        if self._taken is not None and self._taken.reference:
            QGuiApplication.clipboard().setText(self._taken.reference)

    def open_ticket(self) -> None:
        if self._taken is not None and self._taken.ticket_id:
            self.ticket_chosen.emit(self._taken.ticket_id)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), len(one))
