"""Why an operation of the outbox cannot be taken back or edited: one sentence for each state."""

from __future__ import annotations

from app.domain.errors import Refused
from app.domain.lifecycle import OpState


def not_withdrawn(state: OpState) -> Refused:
    """For a state from which the life table leads to no withdrawal."""
    match state:
        case OpState.WITHDRAWN:
            return Refused("It was withdrawn before.", safe="It never goes to central.")
        case OpState.SUPERSEDED:
            return Refused(
                "Another one has taken its place.",
                safe="It never goes to central itself.",
                todo="Withdraw the one in its place.",
            )
        case OpState.SETTLED:
            return Refused(
                "Central has applied it, and its effect has come back.",
                todo="Change the ticket instead.",
            )
        case _:
            return Refused("Central has applied it.", todo="Change the ticket instead.")


def not_edited(state: OpState) -> Refused:
    """For a state that cannot be edited, or an operation that was sent and has no verdict."""
    match state:
        case OpState.WITHDRAWN:
            return Refused(
                "It was withdrawn before.", safe="It never goes to central.", todo="Decide it anew."
            )
        case OpState.SUPERSEDED:
            return Refused(
                "Another one has taken its place.",
                safe="It never goes to central itself.",
                todo="Edit the one in its place.",
            )
        case OpState.ACKED | OpState.SETTLED:
            return not_withdrawn(state)
        case OpState.SENDING:
            return Refused(
                "It is being sent just now.",
                safe="It stays in the outbox.",
                todo="Look again in a moment.",
            )
        case _:
            return Refused(
                "It was sent, and nobody knows yet whether it arrived.",
                safe="It stays in the outbox.",
                todo="Wait for central's answer, or withdraw it.",
            )
