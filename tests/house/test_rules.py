"""Each house rule holds in the whole tree, and finds what is planted against it."""

from __future__ import annotations

import pytest

from tests.house.rules import RULES, Rule
from tests.house.sources import Source, python_sources

BY_NAME = {rule.name: rule for rule in RULES}
D = '"""A job."""\n'

PLANTED = [
    ("platform", "app/config.py", D + "import os\nif os.name == 'nt':\n    pass\n"),
    ("platform", "app/config.py", D + "from sys import platform\n"),
    ("platform", "app/sync/engine.py", D + "import fcntl\n"),
    ("platform", "local_store/engine.py", D + "import ctypes.util\n"),
    ("platform", "ui/window.py", D + "import os, signal\nos.kill(1, signal.SIGKILL)\n"),
    ("platform", "local_store/engine.py", D + "path.chmod(0o600)\n"),
    ("platform", "app/logs.py", D + "import os\nos.umask(0o77)\n"),
    ("docstring", "app/logs.py", "x = 1\n"),
    ("docstring", "app/logs.py", ""),
    ("docstring", "tests/unit/test_logs.py", '"""logs"""\n'),
    ("length", "app/logs.py", D + "def long():\n" + "    x = 1\n" * 51),
    (
        "length",
        "ui/a.py",
        D + "class A:\n  async def long(self):\n    '''Say.'''\n" + "    x = 1\n" * 51,
    ),
    ("names", "app/string_utils.py", D),
    ("names", "app/logs.py", D + "class SyncManager: ...\n"),
    ("names", "app/domain/ticket.py", D + "class TicketModel: ...\n"),
    ("injected", "app/services/a.py", D + "from datetime import datetime\ndatetime.now()\n"),
    ("injected", "app/services/a.py", D + "import datetime\ndatetime.datetime.now()\n"),
    ("injected", "app/sync/a.py", D + "import time\ntime.monotonic()\n"),
    ("injected", "app/sync/a.py", D + "from uuid import uuid4\n"),
    ("injected", "local_store/a.py", D + "import random\nrandom.shuffle([])\n"),
    ("injected", "local_store/a.py", D + "import random\nrandom.Random()\n"),
    ("injected", "app/central/reference/a.py", D + "import uuid\nuuid.uuid7()\n"),
    ("rich text", "ui/views/a.py", D + "from PySide6.QtWidgets import QLabel\n"),
    ("rich text", "ui/views/a.py", D + "QtWidgets.QLabel('x')\n"),
    ("rich text", "ui/views/a.py", D + "self.view.setHtml(text)\n"),
    ("rich text", "ui/views/a.py", D + "QMessageBox.warning(self, 'a', 'b')\n"),
    ("rich text", "ui/views/a.py", D + "Dialog(self).exec()\n"),
    ("tooltips", "ui/views/a.py", D + "self.setToolTip(ticket.fault)\n"),
    ("tooltips", "ui/views/a.py", D + "self.setToolTip(tooltip(said) if narrow else said)\n"),
    ("looks", "ui/views/a.py", D + "COLOUR = '#ff0000'\n"),
    ("looks", "ui/views/a.py", D + "self.setStyleSheet(f'padding: 4px; {x}')\n"),
    ("looks", "ui/views/a.py", D + "QColor(255, 0, 0)\n"),
    ("looks", "ui/views/a.py", D + "layout.setContentsMargins(8, 8, 8, 8)\n"),
    ("domain", "app/domain/ticket.py", D + "import msgspec\n"),
    ("domain", "app/ports/store/reads.py", D + "def f():\n    from sqlalchemy import text\n"),
]

ALLOWED = [
    ("platform", "app/providers/platform.py", D + "import fcntl\n"),
    (
        "platform",
        "tests/faults/test_kill.py",
        D + "import os, signal\nos.kill(1, signal.SIGKILL)\n",
    ),
    ("names", "ui/models/queue.py", D + "class QueueModel(QAbstractTableModel): ...\n"),
    ("injected", "app/central/reference/seed.py", D + "import random\nrandom.Random(7)\n"),
    ("injected", "local_store/a.py", D + "from app.domain.ids import uuid7\nuuid7(now, chance)\n"),
    ("injected", "local_store/keys.py", D + "import os\nos.urandom(32)\n"),
    ("injected", "app/providers/clock.py", D + "import time\ntime.time()\n"),
    ("tooltips", "ui/views/a.py", D + "self.setToolTip(self.tr('Ours'))\n"),
    ("tooltips", "ui/views/a.py", D + "self.setToolTip(tooltip(said) if narrow else '')\n"),
    ("injected", "app/sync/a.py", D + "def f(random):\n    return random.uniform(0, 1)\n"),
    ("looks", "ui/theme.py", D + "COLOUR = '#ff0000'\n"),
    ("looks", "ui/views/a.py", '"""Like #ff0000 in tokens.md."""\nlayout.setSpacing(0)\n'),
    ("domain", "app/domain/matching.py", D + "import rapidfuzz\nimport re\n"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    breaches = [breach for source in python_sources() for breach in rule.breaches(source)]
    assert not breaches, "\n" + "\n".join(breaches)


@pytest.mark.parametrize(("name", "path", "text"), PLANTED)
def test_a_planted_breach_is_found(name: str, path: str, text: str) -> None:
    assert BY_NAME[name].breaches(Source(path, text))


@pytest.mark.parametrize(("name", "path", "text"), ALLOWED)
def test_what_is_right_is_left_alone(name: str, path: str, text: str) -> None:
    assert not BY_NAME[name].breaches(Source(path, text))


def test_every_rule_has_a_planted_breach() -> None:
    assert {name for name, _, _ in PLANTED} == set(BY_NAME)
