"""Faults and refusals in the language of the screens: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.errors import OffhookError
from ui.refusals import in_our_words


class Problems(QObject):
    """Sentences by code; a refusal's own words stay where there are none of ours."""

    def sentence(self, problem: OffhookError) -> str:
        """One line for a message; never a stack trace, never a customer's words."""
        happened, safe, todo = self.parts(problem)
        return " ".join(part for part in (happened, safe, todo) if part)

    def parts(self, problem: OffhookError) -> tuple[str, str, str]:
        """What happened, what is safe, what to do."""
        said = (problem.happened, problem.safe, problem.todo)
        happened, safe, todo = (in_our_words(one) for one in said)
        return self._store(problem.code) or (happened, safe, todo)

    def _store(self, code: str) -> tuple[str, str, str] | None:
        safe = self.tr("What was saved before is safe.")
        known = {
            "store-full": (
                self.tr("The disk of this computer is full."),
                self.tr("Your words are kept on the screen; what was saved before is safe."),
                self.tr("Free some space, then save again."),
            ),
            "store-in-doubt": (
                self.tr("Checking whether it was saved."),
                self.tr("Your words are kept."),
                self.tr("Do not type them again."),
            ),
            "store-locked": (
                self.tr("Another program holds this desk's data."),
                safe,
                self.tr("Close the other program, then try again."),
            ),
            "store-key-missing": (
                self.tr("The key of this desk's data was not found."),
                self.tr("The data is still there, encrypted."),
                self.tr("Unlock the keyring or give the passphrase; else ask for recovery."),
            ),
            "store-key-wrong": (
                self.tr("The key does not fit this desk's data."),
                self.tr("Nothing was changed."),
                self.tr("Give the right passphrase; else ask for recovery."),
            ),
            "store-damaged": (
                self.tr("This desk's data is damaged."),
                self.tr("Sent tickets are safe at central; the journal has the rest."),
                self.tr("Run offhook restore --from-journal."),
            ),
            "store-too-new": (
                self.tr("A newer program wrote this desk's data."),
                self.tr("Nothing was touched."),
                self.tr("Install the newer program."),
            ),
            "store-gone": (
                self.tr("The file with this desk's data is gone."),
                self.tr("Sent tickets are safe at central; the journal has the rest."),
                self.tr("Run offhook restore --from-journal, or --from-second-place FOLDER."),
            ),
            "store-absent": (
                self.tr("No desk is enrolled here yet."),
                "",
                self.tr("Enrol it with the code of your organisation."),
            ),
        }
        return known.get(code)

    def field(self, name: str, sentence: str) -> str:
        """What is wrong with a field of the call form."""
        known = {
            "phone": self.tr("A phone number or a name is needed."),
            "fault": self.tr("What is wrong with it?"),
        }
        too_long = "2 000 000" in sentence
        if too_long:
            return self.tr("That is too long to keep in one field: 2 000 000 characters at most.")
        return known.get(name) or in_our_words(sentence)

    def identifier(self, problem: OffhookError) -> str:
        """What a person can copy for support."""
        return f"offhook:{problem.code}"


problems = Problems()
"""The one to ask."""
