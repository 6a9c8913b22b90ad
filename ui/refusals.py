"""What the services refuse, in the language of the screens: each of their sentences is known.

The services speak English, for logs and scripts. A test reads their sources and fails for a
sentence that is not in this table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.payment_refusals import SENTENCES
from ui.terms import terms

_CONTEXT = "Refusals"
_SENTENCES = (
    QT_TRANSLATE_NOOP("Refusals", "{field} cannot be left empty."),
    QT_TRANSLATE_NOOP("Refusals", "The file is larger than 20 MB."),
    QT_TRANSLATE_NOOP("Refusals", "The file cannot be read."),
    QT_TRANSLATE_NOOP("Refusals", "It is {state} already."),
    QT_TRANSLATE_NOOP("Refusals", "Look at the differences again."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was taken in."),
    QT_TRANSLATE_NOOP("Refusals", "That model is not on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "The catalog or the file has changed since it was shown."),
    QT_TRANSLATE_NOOP("Refusals", "The file has more than {count} rows."),
    QT_TRANSLATE_NOOP("Refusals", "The file is no CSV from some line on."),
    QT_TRANSLATE_NOOP(
        "Refusals", "The file needs at least the columns manufacturer and model_name."
    ),
    QT_TRANSLATE_NOOP("Refusals", "That desk has not told central its key yet."),
    QT_TRANSLATE_NOOP("Refusals", "It does so with its next contact; or choose another desk."),
    QT_TRANSLATE_NOOP("Refusals", "No other desk of that name is in the directory."),
    QT_TRANSLATE_NOOP("Refusals", "More than one desk has that name: {listed}."),
    QT_TRANSLATE_NOOP("Refusals", "Name it by its code: that of the references it gives now."),
    QT_TRANSLATE_NOOP("Refusals", "This call was handed over to {desk}."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was written; its words are kept as a draft."),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "It is finished there; take it back first where that desk will not finish it.",
    ),
    QT_TRANSLATE_NOOP("Refusals", "No other desk has that draft."),
    QT_TRANSLATE_NOOP("Refusals", "This desk has no key of its own yet."),
    QT_TRANSLATE_NOOP("Refusals", "Start it once, then again."),
    QT_TRANSLATE_NOOP("Refusals", "No desk is enrolled in this profile."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was made."),
    QT_TRANSLATE_NOOP("Refusals", "Enrol it: offhook enrol --central URL --code CODE."),
    QT_TRANSLATE_NOOP("Refusals", "That is no address of a central."),
    QT_TRANSLATE_NOOP("Refusals", "Not an address."),
    QT_TRANSLATE_NOOP("Refusals", "It looks like https://central.example."),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "Check the address and that central runs, then enrol again; "
        "while it is down a desk is enrolled from a seed.",
    ),
    QT_TRANSLATE_NOOP("Refusals", "No address of central was given."),
    QT_TRANSLATE_NOOP("Refusals", "Central does not answer."),
    QT_TRANSLATE_NOOP("Refusals", "Central does not know this enrolment code."),
    QT_TRANSLATE_NOOP("Refusals", "Ask whoever gave it for another one."),
    QT_TRANSLATE_NOOP("Refusals", "What answers there is not central."),
    QT_TRANSLATE_NOOP("Refusals", "Check the address."),
    QT_TRANSLATE_NOOP("Refusals", "The seed file cannot be read."),
    QT_TRANSLATE_NOOP("Refusals", "The seed's snapshot cannot be read."),
    QT_TRANSLATE_NOOP("Refusals", "The seed is not signed by the organisation it names."),
    QT_TRANSLATE_NOOP("Refusals", "The seed is of the organisation {organisation}."),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "Compare it with what central printed, or with another desk (offhook status); "
        "where it is the same, give it with --organisation.",
    ),
    QT_TRANSLATE_NOOP("Refusals", "A record on this computer cannot be read."),
    QT_TRANSLATE_NOOP("Refusals", "What was sent is at central, and what waits is safe."),
    QT_TRANSLATE_NOOP("Refusals", "Have it put right by central: offhook parity."),
    QT_TRANSLATE_NOOP("Refusals", "That file is there already."),
    QT_TRANSLATE_NOOP("Refusals", "Name another one."),
    QT_TRANSLATE_NOOP("Refusals", "Name the file."),
    QT_TRANSLATE_NOOP("Refusals", "The hand-over's file cannot be read."),
    QT_TRANSLATE_NOOP("Refusals", "That file is no hand-over of this program."),
    QT_TRANSLATE_NOOP("Refusals", "That file is no box of this program."),
    QT_TRANSLATE_NOOP("Refusals", "The hand-over is not as the desk signed it."),
    QT_TRANSLATE_NOOP("Refusals", "The receipt cannot be read."),
    QT_TRANSLATE_NOOP("Refusals", "The file could not be written."),
    QT_TRANSLATE_NOOP("Refusals", "Everything is still in this desk's outbox."),
    QT_TRANSLATE_NOOP("Refusals", "Name another place, then again."),
    QT_TRANSLATE_NOOP("Refusals", "That hand-over is for another desk."),
    QT_TRANSLATE_NOOP(
        "Refusals", "The directory does not have the key that signed this hand-over: {here}."
    ),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "Fetch the newest directory (sync). A second computer from one seed has such a key: "
        "compare it with what that desk shows, and give it (--giver) where it is the same.",
    ),
    QT_TRANSLATE_NOOP("Refusals", "The desk that is named did not sign this hand-over."),
    QT_TRANSLATE_NOOP(
        "Refusals", "Fetch the newest directory (sync), or have the file made again."
    ),
    QT_TRANSLATE_NOOP(
        "Refusals", "That receipt is not for this desk, or of none in the directory."
    ),
    QT_TRANSLATE_NOOP(
        "Refusals", "Work here is not at central yet (unsent: {count}, drafts: {drafts})."
    ),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "Only on this desk (how many): undecided conflicts {conflicts}, files of evidence "
        "{files}, paper blanks that nobody entered {blanks}.",
    ),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "Decide the conflicts, copy the files out, enter the paper; what nobody needs is given "
        "up on purpose (--give-up).",
    ),
    QT_TRANSLATE_NOOP("Refusals", "{name} is no longer allowed to work here."),
    QT_TRANSLATE_NOOP("Refusals", "{name} takes no calls and cannot finish them."),
    QT_TRANSLATE_NOOP("Refusals", "Hand it to somebody who takes calls, or to the next shift."),
    QT_TRANSLATE_NOOP("Refusals", "It is yours already."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was removed."),
    QT_TRANSLATE_NOOP("Refusals", "Send it, or hand it over to another desk and give its receipt."),
    QT_TRANSLATE_NOOP("Refusals", "This desk has no key of its own."),
    QT_TRANSLATE_NOOP("Refusals", "There is nothing of yours to hand over."),
    QT_TRANSLATE_NOOP("Refusals", "A decision needs its reason."),
    QT_TRANSLATE_NOOP("Refusals", "Ask a supervisor."),
    QT_TRANSLATE_NOOP("Refusals", "Between 1 and {most} blanks are printed at once."),
    QT_TRANSLATE_NOOP("Refusals", "Call back, or offer the visit at a price."),
    QT_TRANSLATE_NOOP("Refusals", "Enter it at the desk that printed it."),
    QT_TRANSLATE_NOOP("Refusals", "No blank of this desk has that reference."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing is left of that payment."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing of that service is held."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was written twice."),
    QT_TRANSLATE_NOOP("Refusals", "Say why."),
    QT_TRANSLATE_NOOP("Refusals", "The claim is not open any more."),
    QT_TRANSLATE_NOOP("Refusals", "The report's end is not after its beginning."),
    QT_TRANSLATE_NOOP("Refusals", "The ticket is saved and keeps its reference."),
    QT_TRANSLATE_NOOP("Refusals", "The visit is held: nobody verified the payment in time."),
    QT_TRANSLATE_NOOP("Refusals", "The visit is held: the payment is missing or disputed."),
    QT_TRANSLATE_NOOP(
        "Refusals", "The visit waits for a decision: too many payments are not verified."
    ),
    QT_TRANSLATE_NOOP("Refusals", "There is no such service."),
    QT_TRANSLATE_NOOP("Refusals", "This blank was entered already."),
    QT_TRANSLATE_NOOP("Refusals", "Those words are not on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "What is the customer told?"),
    QT_TRANSLATE_NOOP("Refusals", "Why is the model taken back?"),
    QT_TRANSLATE_NOOP("Refusals", "That proposal is not on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was decided."),
    QT_TRANSLATE_NOOP("Refusals", "The proposal has changed since it was shown."),
    QT_TRANSLATE_NOOP("Refusals", "Look at it again."),
    QT_TRANSLATE_NOOP("Refusals", "This customer is not on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "Look for them by their phone number."),
    QT_TRANSLATE_NOOP("Refusals", "This ticket names no customer yet."),
    QT_TRANSLATE_NOOP("Refusals", "{person} may not do that: it needs another role."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was written."),
    QT_TRANSLATE_NOOP("Refusals", "Ask somebody with the role, or work as another person."),
    QT_TRANSLATE_NOOP("Refusals", "This desk has no configuration yet."),
    QT_TRANSLATE_NOOP("Refusals", "Enrol it again."),
    QT_TRANSLATE_NOOP("Refusals", "The configuration names no agent."),
    QT_TRANSLATE_NOOP("Refusals", "That is no link to a ticket."),
    QT_TRANSLATE_NOOP("Refusals", "It looks like offhook://ticket/K7-0422-0."),
    QT_TRANSLATE_NOOP("Refusals", "Nobody of that name is in the configuration."),
    QT_TRANSLATE_NOOP("Refusals", "The export could not be written."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing changed on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "Correct that and save again."),
    QT_TRANSLATE_NOOP("Refusals", "That operation is not on this computer any more."),
    QT_TRANSLATE_NOOP("Refusals", "No conflict of that operation waits for a decision."),
    QT_TRANSLATE_NOOP("Refusals", "Somebody has changed it again: another value stands there now."),
    QT_TRANSLATE_NOOP("Refusals", "Look at the values again, then choose."),
    QT_TRANSLATE_NOOP("Refusals", "A signed decision is made anew, where the proposal is shown."),
    QT_TRANSLATE_NOOP("Refusals", "What it would be merged into is not on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "Only texts can be typed: choose one of the values."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing here was changed in two places."),
    QT_TRANSLATE_NOOP("Refusals", "The record is not at central any more."),
    QT_TRANSLATE_NOOP("Refusals", "Not every field is decided."),
    QT_TRANSLATE_NOOP("Refusals", "That model is not in the catalog on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "That ticket is not on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "These words fit other models as well."),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was written; linking the tickets is still possible."),
    QT_TRANSLATE_NOOP("Refusals", "Remember words that only this model has."),
    QT_TRANSLATE_NOOP("Refusals", "A proposal names a model."),
    QT_TRANSLATE_NOOP("Refusals", "Nobody else may decide about it."),
    QT_TRANSLATE_NOOP("Refusals", "A proposal carries at most {count} wordings."),
    QT_TRANSLATE_NOOP("Refusals", "Missing."),
    QT_TRANSLATE_NOOP("Refusals", "Somebody has proposed that model already."),
    QT_TRANSLATE_NOOP("Refusals", "It waits for a supervisor."),
    QT_TRANSLATE_NOOP("Refusals", "The catalog has that model already: {model}."),
    QT_TRANSLATE_NOOP("Refusals", "Link the tickets to it."),
    QT_TRANSLATE_NOOP("Refusals", "It is being sent just now."),
    QT_TRANSLATE_NOOP("Refusals", "It stays in the outbox."),
    QT_TRANSLATE_NOOP("Refusals", "Look again in a moment."),
    QT_TRANSLATE_NOOP("Refusals", "Central has applied it."),
    QT_TRANSLATE_NOOP("Refusals", "Central has applied it, and its effect has come back."),
    QT_TRANSLATE_NOOP("Refusals", "It was withdrawn before."),
    QT_TRANSLATE_NOOP("Refusals", "It never goes to central."),
    QT_TRANSLATE_NOOP("Refusals", "Decide it anew."),
    QT_TRANSLATE_NOOP("Refusals", "Another one has taken its place."),
    QT_TRANSLATE_NOOP("Refusals", "It never goes to central itself."),
    QT_TRANSLATE_NOOP("Refusals", "Withdraw the one in its place."),
    QT_TRANSLATE_NOOP("Refusals", "Edit the one in its place."),
    QT_TRANSLATE_NOOP("Refusals", "It was sent, and nobody knows yet whether it arrived."),
    QT_TRANSLATE_NOOP("Refusals", "Wait for central's answer, or withdraw it."),
    QT_TRANSLATE_NOOP("Refusals", "It can only be tried again as it stands."),
    QT_TRANSLATE_NOOP("Refusals", "Withdraw it, then decide anew."),
    QT_TRANSLATE_NOOP("Refusals", "{field} cannot have that value."),
    QT_TRANSLATE_NOOP("Refusals", "Not a value of this field."),
    QT_TRANSLATE_NOOP("Refusals", "Change the ticket instead."),
    QT_TRANSLATE_NOOP("Refusals", "It was sent and cannot be undone."),
    QT_TRANSLATE_NOOP("Refusals", "Add a note instead."),
    QT_TRANSLATE_NOOP("Refusals", "There is no such operation in the outbox."),
    QT_TRANSLATE_NOOP("Refusals", "Central is not connected."),
    QT_TRANSLATE_NOOP("Refusals", "Central had applied it before."),
    QT_TRANSLATE_NOOP(
        "Refusals", "It may be at central already, or awaited there, and central does not answer."
    ),
    QT_TRANSLATE_NOOP("Refusals", "Withdraw it again when central is back."),
    QT_TRANSLATE_NOOP("Refusals", "Take the call as a new one."),
    QT_TRANSLATE_NOOP("Refusals", "A person's passphrase has at least {count} characters."),
    QT_TRANSLATE_NOOP("Refusals", "Too short."),
    QT_TRANSLATE_NOOP("Refusals", "Choose three words that only you know."),
    QT_TRANSLATE_NOOP(
        "Refusals", "{reference} is not on this computer yet. It was given by {desk}."
    ),
    QT_TRANSLATE_NOOP("Refusals", "{reference} is not on this computer yet."),
    QT_TRANSLATE_NOOP("Refusals", "{reference} is not on this computer."),
    QT_TRANSLATE_NOOP(
        "Refusals", "Fetch from central, then look again. What was deleted there is not kept."
    ),
    QT_TRANSLATE_NOOP("Refusals", "{reference} was taken back at this desk."),
    QT_TRANSLATE_NOOP("Refusals", "Ring extension {extension}, or leave a note."),
    QT_TRANSLATE_NOOP("Refusals", "Leave a note."),
    QT_TRANSLATE_NOOP("Refusals", "The note is empty."),
    QT_TRANSLATE_NOOP("Refusals", "Write something."),
    QT_TRANSLATE_NOOP("Refusals", "The note is longer than 2 000 000 characters."),
    QT_TRANSLATE_NOOP("Refusals", "Split it."),
    QT_TRANSLATE_NOOP("Refusals", "{field} cannot be set."),
    QT_TRANSLATE_NOOP("Refusals", "This field cannot be set."),
    QT_TRANSLATE_NOOP("Refusals", "{field} is one of: {choices}."),
    QT_TRANSLATE_NOOP("Refusals", "Not one of these."),
    QT_TRANSLATE_NOOP("Refusals", "Unknown."),
    QT_TRANSLATE_NOOP("Refusals", "A ticket that is {status} cannot become {wanted_status}."),
    QT_TRANSLATE_NOOP("Refusals", "A claim that is {claim} cannot become {wanted}."),
    QT_TRANSLATE_NOOP("Refusals", "There is no such open claim on this computer."),
    QT_TRANSLATE_NOOP("Refusals", "A statement has no balances that could prove it whole."),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "The balances of a statement and its lines differ: something is missing or twice.",
    ),
    QT_TRANSLATE_NOOP("Refusals", "Nothing was changed."),
    QT_TRANSLATE_NOOP("Refusals", "Ask the bank for the whole file."),
    QT_TRANSLATE_NOOP("Refusals", "Compare the sums by hand, then confirm with --yes."),
    QT_TRANSLATE_NOOP("Refusals", "It can become: nothing else."),
    QT_TRANSLATE_NOOP("Refusals", "It can become: {statuses}."),
    QT_TRANSLATE_NOOP("Refusals", "The caller's words are kept as they were said."),
    QT_TRANSLATE_NOOP("Refusals", "Choose a model beside them instead."),
    QT_TRANSLATE_NOOP("Refusals", "{field} is a time like 2026-11-23T14:30:00Z."),
    QT_TRANSLATE_NOOP("Refusals", "Not a time."),
    QT_TRANSLATE_NOOP("Refusals", "That is not a ticket reference."),
    QT_TRANSLATE_NOOP("Refusals", "It looks like K7-0422-0."),
    QT_TRANSLATE_NOOP(
        "Refusals", "The reference has a slip in it: its last character does not fit."
    ),
    QT_TRANSLATE_NOOP("Refusals", "Ask the caller to read it again."),
    QT_TRANSLATE_NOOP("Refusals", "It is merged already."),
    QT_TRANSLATE_NOOP("Refusals", "This ticket was erased; nothing of it is kept."),
    QT_TRANSLATE_NOOP("Refusals", "This ticket became part of another one."),
    QT_TRANSLATE_NOOP("Refusals", "This ticket is older than what is kept."),
    QT_TRANSLATE_NOOP("Refusals", "This ticket is not this desk's any more."),
    QT_TRANSLATE_NOOP("Refusals", "This ticket was deleted at central."),
    QT_TRANSLATE_NOOP("Refusals", "Take that merge back first."),
    QT_TRANSLATE_NOOP("Refusals", "That merge would lead back to itself."),
    QT_TRANSLATE_NOOP("Refusals", "It is not merged into anything."),
    QT_TRANSLATE_NOOP(
        "Refusals", "The other ticket is closed: nobody would verify the payment any more."
    ),
    QT_TRANSLATE_NOOP("Refusals", "Reopen the other ticket first, or settle the claim."),
    QT_TRANSLATE_NOOP("Refusals", "That customer is not on this computer."),
)
_PLACE = re.compile(r"\\\{(\w+)\\\}")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence with what finds it; `{name}` stands for some words."""
    return tuple(
        (one, re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(one)), re.DOTALL))
        for one in map(str, (*_SENTENCES, *SENTENCES))
    )


def in_our_words(sentence: str) -> str:
    """The sentence in the language of the screens; one that nobody knows stays as it is."""
    for known, pattern in _patterns():
        if (found := pattern.fullmatch(sentence)) is not None:
            words = QCoreApplication.translate(_CONTEXT, known)
            return words.format(**dict(_filled(found.groupdict())))
    return sentence


def _filled(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Statuses and fields under the names the screens give them."""
    for name, value in values.items():
        if name == "field":
            yield name, terms.field(value)
        elif name.endswith(("status", "statuses")):
            yield name, ", ".join(terms.status(one) for one in value.split(", "))
        elif name == "why":
            yield name, in_our_words(value)
        else:
            yield name, value
