"""People, their roles, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import Millis, PersonId


class Role(StrEnum):
    """What somebody is at the helpdesk; one person may be several."""

    AGENT = "agent"
    EXPERT = "expert"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """Something the desk and central both check before it happens."""

    READ = "read"
    TAKE_CALLS = "take_calls"
    EDIT_TICKETS = "edit_tickets"
    ADD_NOTES = "add_notes"
    EDIT_CUSTOMERS = "edit_customers"
    RESOLVE_MODELS = "resolve_models"
    PROPOSE_MODELS = "propose_models"
    DECIDE_MODELS = "decide_models"
    RULE_ON_PAYMENTS = "rule_on_payments"
    PLAN_VISITS = "plan_visits"
    EXPORT = "export"
    SEE_ALL_DESKS = "see_all_desks"
    DECIDE_DELETIONS = "decide_deletions"


_EVERYBODY = frozenset({Permission.READ})
_AGENT = _EVERYBODY | {
    Permission.TAKE_CALLS,
    Permission.EDIT_TICKETS,
    Permission.ADD_NOTES,
    Permission.EDIT_CUSTOMERS,
    Permission.RESOLVE_MODELS,
    Permission.PROPOSE_MODELS,
    Permission.PLAN_VISITS,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: _AGENT,
    Role.EXPERT: _EVERYBODY
    | {Permission.ADD_NOTES, Permission.RESOLVE_MODELS, Permission.PROPOSE_MODELS},
    Role.SUPERVISOR: _AGENT
    | {
        Permission.DECIDE_MODELS,
        Permission.RULE_ON_PAYMENTS,
        Permission.EXPORT,
        Permission.SEE_ALL_DESKS,
        Permission.DECIDE_DELETIONS,
    },
    Role.AUDITOR: _EVERYBODY | {Permission.EXPORT},
}
"""The one table of rights; the UI only explains what it says."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in the configuration."""

    id: PersonId
    name: str
    roles: frozenset[Role]
    keys: tuple[tuple[str, str], ...] = ()
    """Pairs of (desk id, Ed25519 public key in base64)."""
    revoked_at: Millis | None = None

    def may(self, permission: Permission) -> bool:
        """Whether any of the person's roles grants it; a revoked person may nothing."""
        if self.revoked_at is not None:
            return False
        return any(permission in PERMISSIONS[role] for role in self.roles)
