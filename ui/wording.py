"""The words several screens share; one word per idea, each through `tr`.

Every answer is asked for when it is shown, so that a change of language shows at once.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.lifecycle import RowState
from app.domain.views import ServiceWord
from ui.text import one_line


class Wording(QObject):
    """Words of states, marks and keys. `wording` is the one to ask."""

    # --- states -----------------------------------------------------------------------------

    def row_state(self, state: RowState) -> str:
        """The word a row carries (ux 12)."""
        return {
            RowState.SAVED_HERE: self.tr("Saved here"),
            RowState.WAITING: self.tr("Waiting"),
            RowState.SENDING: self.tr("Sending"),
            RowState.SENT: self.tr("Sent"),
            RowState.FAILED: self.tr("Failed"),
            RowState.NEEDS_REVIEW: self.tr("Needs review"),
        }[state]

    def service_state(self, word: ServiceWord) -> str:
        """The word of a service (ux 10)."""
        return {
            ServiceWord.UP: self.tr("up"),
            ServiceWord.SLOW: self.tr("slow"),
            ServiceWord.DOWN: self.tr("down"),
            ServiceWord.STALE: self.tr("stale"),
            ServiceWord.SIGN_IN: self.tr("sign in"),
        }[word]

    def service_sentence(self, word: ServiceWord, time: str = "") -> str:
        """The word with the time it needs: since when down, as of when stale."""
        if time and word is ServiceWord.DOWN:
            return self.tr("down since {time}").format(time=time)
        if time and word is ServiceWord.STALE:
            return self.tr("stale, as of {time}").format(time=time)
        return self.service_state(word)

    def services_up(self, count: int) -> str:
        return self.tr("{count} up").format(count=count)

    # --- marks ------------------------------------------------------------------------------

    def as_of(self, time: str) -> str:
        """The mark beside data past its threshold (ux 13)."""
        return self.tr("as of {time}").format(time=time)

    def not_verified(self) -> str:
        return self.tr("Not verified")

    def taken_in_outage(self) -> str:
        return self.tr("Taken in outage")

    def danger(self) -> str:
        return self.tr("Danger")

    def intake(self, channel: str) -> str:
        """The word of an intake channel: phone, web or walk_in; others as they are."""
        known = {
            "phone": self.tr("Phone"),
            "web": self.tr("Web"),
            "walk_in": self.tr("Walk-in"),
        }
        return known.get(channel, channel)

    # --- calls ------------------------------------------------------------------------------

    def talking(self) -> str:
        return self.tr("talking")

    def on_hold(self) -> str:
        return self.tr("on hold")

    def call_backs_due(self, count: int) -> str:
        if count == 1:
            return self.tr("1 call-back due now")
        return self.tr("{count} call-backs due now").format(count=count)

    def enrol(self) -> str:
        return self.tr("Enrol this computer...")

    def enrolment_lacks(self) -> str:
        return self.tr("Central's address and a code are needed.")

    def start_drill(self) -> str:
        return self.tr("Start an outage drill")

    def demo_opening(self) -> str:
        return self.tr("The demo's central starts first; it invents its data.")

    def calls_open(self, count: int) -> str:
        if count == 1:
            return self.tr("1 call open")
        return self.tr("{count} calls open").format(count=count)

    def call_number(self, number: int) -> str:
        return self.tr("Call {number}").format(number=number)

    # --- candidates and offers --------------------------------------------------------------

    def keep_words(self) -> str:
        return self.tr("Keep the caller's words")

    def goes_to_models(self) -> str:
        return self.tr("goes to Models to resolve")

    def candidates(self) -> str:
        return self.tr("Candidates")

    def not_this_person(self) -> str:
        return self.tr("Not this person")

    def takes_back(self) -> str:
        return self.tr("Takes back what was filled in")

    def caller(self) -> str:
        return self.tr("Caller")

    # --- undo -------------------------------------------------------------------------------

    def undo(self) -> str:
        return self.tr("Undo")

    def seconds(self, count: int) -> str:
        """Seconds in figures: 8 s."""
        return self.tr("{count} s").format(count=count)

    # --- keys -------------------------------------------------------------------------------

    def key(self, name: str) -> str:
        """The cap of a key as it stands on a keyboard of the language."""
        known = {
            "Ctrl": self.tr("Ctrl"),
            "Shift": self.tr("Shift"),
            "Alt": self.tr("Alt"),
            "Enter": self.tr("Enter"),
            "Return": self.tr("Enter"),
            "Esc": self.tr("Esc"),
            "Space": self.tr("Space"),
            "Tab": self.tr("Tab"),
            "Backspace": self.tr("Backspace"),
            "Del": self.tr("Del"),
            "Up": "\u2191",
            "Down": "\u2193",
            "Left": "\u2190",
            "Right": "\u2192",
        }
        return known.get(name, name)

    def key_sentence(self, keys: str) -> str:
        """What a screen reader says of a control with a key."""
        return self.tr("Key {keys}").format(keys=keys.replace("+", " "))

    # --- window -----------------------------------------------------------------------------

    def search_prompt(self) -> str:
        return self.tr("Search tickets, customers, models, or type a command")

    def search(self) -> str:
        return self.tr("Search")

    def results(self) -> str:
        return self.tr("Results")

    def new_call(self) -> str:
        return self.tr("New call")

    def lanes_menu(self) -> str:
        return self.tr("Show or hide the words of the lanes")

    def shortcuts(self) -> str:
        return self.tr("Shortcuts")

    def outbox(self) -> str:
        return self.tr("Outbox")

    def oldest(self, time: str) -> str:
        return self.tr("oldest {time}").format(time=time)

    def needs_review_count(self, count: int) -> str:
        return (
            self.tr("{count} need review").format(count=count)
            if count != 1
            else self.tr("1 needs review")
        )

    def status(self) -> str:
        return self.tr("Status")

    def close(self) -> str:
        return self.tr("Close")

    # --- palette foot -----------------------------------------------------------------------

    def palette_hints(self) -> tuple[tuple[str, str], ...]:
        """Keys and what they do, in the foot of the palette."""
        return (
            ("Up, Down", self.tr("move")),
            ("Enter", self.tr("open")),
            ("Ctrl+Enter", self.tr("open beside")),
            ("Tab", self.tr("only this kind")),
        )

    def all_shortcuts(self) -> str:
        return self.tr("all shortcuts")

    def nothing_found(self, query: str) -> str:
        return self.tr("Nothing on this computer matches \u201c{query}\u201d").format(
            query=one_line(query)
        )

    # --- steps ------------------------------------------------------------------------------

    def step_done(self, word: str) -> str:
        return self.tr("{step}, done").format(step=word)

    def step_current(self, word: str) -> str:
        return self.tr("{step}, now").format(step=word)

    def step_to_come(self, word: str) -> str:
        return self.tr("{step}, to come").format(step=word)


wording = Wording()
"""The one to ask; it keeps no words, so a change of language needs no telling."""
