"""The screens' modules, imported one by one behind the window that already shows.

Imported at once they would hold the window back for half a second, and typing for as long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib import import_module

FIRST_QUEUE = (
    "ui.preferences",
    "ui.session",
    "ui.lanes",
    "ui.models.queue",
    "ui.views.queue_view",
    "ui.views.ticket_cards",
    "ui.views.queue_page",
)
"""What the first queue needs, lowest first; the store is opened meanwhile."""
WHOLE_DESK = (
    "ui.views.call_form",
    "ui.views.call_assist",
    "ui.views.call_screen",
    "ui.views.calls_view",
    "ui.calling",
    "ui.views.thread",
    "ui.views.note_writer",
    "ui.views.field_forms",
    "ui.views.ticket_view",
    "ui.views.outgoing_view",
    "ui.views.status_view",
    "ui.views.call_backs_view",
    "ui.views.customer_view",
    "ui.views.conflict_view",
    "ui.dialogs.commands",
    "ui.dialogs.leave_note",
    "ui.widgets.shortcut_sheet",
    "ui.workplace",
    "ui.tray",
    "ui.demo_actions",
)
"""The other pages, once the first queue shows."""


async def load(modules: Sequence[str]) -> None:
    """Import them; the loop turns between two."""
    for name in modules:
        import_module(name)
        await asyncio.sleep(0)
