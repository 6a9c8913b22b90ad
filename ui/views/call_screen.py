"""One open call: the form, what is found while typing, the draft, the save."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.activities import Activity
from app.domain.call import Call, Taken
from app.domain.central_services import Service
from app.domain.errors import Invalid, OffhookError, StoreInDoubt
from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.times import SECOND
from ui.ages import Ages
from ui.offers import Offers
from ui.problems import problems
from ui.session import Session
from ui.tasks import Debounce, async_slot
from ui.text import ElidedLabel, one_line
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
from ui.views.call_assist import CallAssist
from ui.views.call_form import CallForm
from ui.views.call_saved import SavedCall
from ui.views.caller_choice import CallerChoice
from ui.views.conversation import Conversation
from ui.views.danger_notice import DangerNotice
from ui.views.handed_call import HandedCall
from ui.views.joining import Joining
from ui.views.model_choice import ModelChoice
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.flow import Flow
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
    thrown = Signal(object)
    """The Call that was thrown away."""
    ticket_chosen = Signal(str)
    back_wanted = Signal()
    next_wanted = Signal(object)
    """A Call for the same caller's next device."""

    def __init__(self, session: Session, call: Call, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offers = Offers(session, self)
        self._talk = Conversation(call, self)
        self._taken: Taken | None = None
        self._held_since: Millis | None = None
        self._saving = False
        self._stored = False
        """Whether the store holds a draft of this call."""
        self._in_doubt = False
        self._gone = False
        self._lent: list[QWidget] = []
        """The assist's cards while they stand in the form."""
        self._make()
        self._lay_out()
        self._connect()
        self.form.show_call(call)
        self._follow()
        self._look()
        self.handed.look()

    # --- making -----------------------------------------------------------------------------

    def _make(self) -> None:
        self.form = CallForm(self._session.opened.desk.configuration.currency, self)
        self.assist = CallAssist(Ages(self._session), self)
        self.after = SavedCall(self)
        self.danger = Message(State.BAD, "warning", self)
        self.notice = Message(State.NEU, "info", self)
        self.doubt = Message(State.NEU, "hourglass", self)
        self.away = Message(State.NEU, "handshake", self)
        self._kept = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        self.dropped = self._quiet(self.tr("Dropped call"), "phone-x", "Alt+D")
        self.keep = self._quiet(self.tr("Keep as draft"), "", "Esc")
        self.save_button = Button(
            "", self, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter", height=Size.BUTTON_SAVE
        )
        self._pages = QStackedWidget(self)
        self._draft = Debounce(DRAFT_PAUSE_MS, self.keep_draft, self)
        self._looking = Debounce(_LOOK_PAUSE_MS, self._look, self)
        session, talk, form = self._session, self._talk, self.form
        self.caller = CallerChoice(session, talk, form, self.assist)
        self.model = ModelChoice(session, talk, form, lambda: self.caller.devices)
        self.joining = Joining(session, talk, form, self.notice)
        self.safety = DangerNotice(session, talk, self.danger)
        self.handed = HandedCall(session, talk, self.away)

    def _quiet(self, text: str, icon: str, keys: str) -> Button:
        return Button(
            text, self, kind=ButtonKind.QUIET, icon=icon, keys=keys, height=Size.BUTTON_SAVE
        )

    def _lay_out(self) -> None:
        foot = Surface(Token.SURFACE, line_above=True)
        buttons = Flow(foot)
        buttons.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        buttons.add(self._kept, 1)
        for button in (self.dropped, self.keep, self.save_button):
            buttons.add(button)
        taking = Surface(Token.SURFACE)
        body = column(taking)
        notes = column(gap=Space.S)
        notes.setContentsMargins(Space.XL, Space.M, Space.XL, 0)
        for message in (self.danger, self.notice, self.away, self.doubt):
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
        """Narrow, the assist takes less room; very narrow its cards stand among the fields."""
        super().resizeEvent(event)
        wide = self.window().width() / theme().effective_factor
        size = Size.CONTEXT if wide < NARROW_BELOW else Size.CONTEXT_CALL
        self.assist.setFixedWidth(theme().px(size))
        self._lend_cards(lent=wide < VERY_NARROW_BELOW)

    def _lend_cards(self, *, lent: bool) -> None:
        if lent is bool(self._lent):
            return
        if lent:
            self._lent = self.assist.lend()
            self.form.take_in(self._lent)
        else:
            self.assist.take_back(self._lent)
            self._lent = []
        self.assist.setHidden(lent)
        self.assist.set_lent(lent=lent)

    def _connect(self) -> None:
        self.form.field_edited.connect(self._edited)
        self.form.left.connect(self._draft.now)
        self._talk.answered.connect(self._answered)
        self.caller.devices_moved.connect(self.model.look)
        self.doubt.acted.connect(self.save)
        self.assist.ticket_chosen.connect(self.ticket_chosen)
        self.dropped.clicked.connect(self.drop)
        self.keep.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.after.next_device.connect(self.go_on)
        self.after.copied.connect(self.copy_reference)
        self.after.opened.connect(self.open_ticket)
        self.after.done.connect(self.finished)
        self.after.back_wanted.connect(self.back_wanted)
        self._session.statuses_changed.connect(self._follow_services)

    # --- what others ask --------------------------------------------------------------------

    @property
    def call(self) -> Call:
        """The call as it stands."""
        return self._talk.call

    @property
    def _call(self) -> Call:
        return self._talk.call

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
            self._talk.change(held_s=self._call.held_s + waited)
            self._held_since = None
        self.described.emit()

    def focus_first(self) -> None:
        """To the caller's phone, or to the fault where the phone is known."""
        first = self.form.fault if self._call.phone and self._call.customer_id else self.form.phone
        target = first if self._taken is None else self.after.first
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """The call leaves the screen: answers that are still on their way come too late."""
        self._gone = True
        for part in (self.caller, self.model, self.joining):
            part.stop()
        self._draft.drop()
        self._looking.drop()

    # --- edits ------------------------------------------------------------------------------

    def _edited(self, name: str) -> None:
        self._talk.call = self.form.read(self._talk.call)
        self.caller.edited(name)
        if name == "model":
            self.model.edited()
        if name in ("phone", "fault"):
            self.form.fields[name].set_error("")
        self._follow()
        self._draft.touch()
        self._looking.touch()

    def _answered(self) -> None:
        """A person decided something in one of the parts."""
        self._draft.touch()
        self._follow()
        self.model.look()
        self.joining.look()

    def _follow(self) -> None:
        """Everything that follows from the call at once, without asking the store."""
        self.safety.show()
        _, shown = self._session.intake.read_phone(self._call.phone)
        note = self.tr("read as {number}").format(number=shown) if shown else ""
        self.form.phone.set_note(note)
        self.assist.show_call(self._call, self._session.now)
        self.joining.show()
        self._name_save()
        self.described.emit()

    def _look(self) -> None:
        """Ask the store what fits what was typed."""
        if self._taken is None:
            for part in (self.caller, self.model, self.joining):
                part.look()

    def _follow_services(self) -> None:
        """A service went, came back, or its data is too old now."""
        self._name_save()
        self.assist.show_call(self._call, self._session.now)

    def _name_save(self) -> None:
        """The verb says whether it goes out at once."""
        activity = Activity.TAKE_CALL
        if self._call.ticket_id is not None:
            activity = Activity.ADD_CALL
        elif self._call.dropped:
            activity = Activity.TAKE_CALL_BACK
        text = self._offers.verb(activity)
        if self.save_button.label != text:
            self.save_button.set_text(text)

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
            if not self._gone:
                self._kept.setText(problems.sentence(problem))
            return
        self._stored = True
        if self._gone:
            return
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
        thrown, self._taken = self._call, None
        if not self.is_empty:
            self.thrown.emit(thrown)
        self.finished.emit()

    # --- saving -----------------------------------------------------------------------------

    @async_slot
    async def drop(self) -> None:
        """The line went dead: a call-back with the number alone."""
        self._talk.change(dropped=True)
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
            self.handed.look()
        finally:
            self._saving = False

    def _show_invalid(self, problem: Invalid) -> None:
        self._talk.change(dropped=False)
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
        for part in (self.caller, self.model, self.joining):
            part.stop()
        self.assist.settle()
        self.doubt.clear()
        self.after.show_taken(taken, self._call, self._sentence(RowState.SAVED_HERE))
        self._pages.setCurrentWidget(self.after)
        self._session.saved()
        self.described.emit()
        self.saved.emit(taken)
        self.after.first.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._talk.change(dropped=False)
        self._pages.setCurrentIndex(0)
        self._follow()
        self._look()
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
