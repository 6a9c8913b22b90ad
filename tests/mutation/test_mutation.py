"""The engine's tests notice small changes of it; and the trial of a change tells the truth."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutation.__main__ import PROCESSES, SAMPLE, SEED, drawn, engine, score, tried
from tests.mutation.alterations import alterations, altered
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.trial import Batch, Copy
from tests.support.programs import ROOT

pytestmark = pytest.mark.linux

MODULE = "app/sync/backoff.py"
TEXT = (ROOT / MODULE).read_text(encoding="utf-8")


def test_each_alteration_changes_one_thing_and_has_a_name_of_its_own() -> None:
    found = list(alterations(MODULE, TEXT))
    sources = {altered(TEXT, one) for one in found}
    assert len(found) == len(sources) == len({one.name for one in found})
    same = ast.unparse(ast.parse(TEXT))
    assert same not in sources
    for source in sources:
        changed = set(source.splitlines()) ^ set(same.splitlines())
        assert 1 <= len(changed) <= 2, changed


def test_nobody_alters_what_is_only_said() -> None:
    """Docstrings, annotations and lines of the log stay as they are."""
    source = (
        '"""Says."""\nfrom app.sync.engine import _LOG\n\ndef f(a: "int") -> "int":\n'
        '    """Says."""\n    _LOG.error("Says.")\n    return g(f"Says {a}")\n'
    )
    assert [(one.within, one.before) for one in alterations("app/sync/engine.py", source)] == [
        ("f", "return g(f'Says {a}')")
    ]


def test_a_trial_tells_who_noticed_and_leaves_no_trace(tmp_path: Path) -> None:
    copy, tests = Copy(tmp_path), Batch(["tests/unit/sync/test_pace.py"])
    (falling,) = [one for one in alterations(MODULE, TEXT) if one.after.startswith("FIRST_S / 2")]
    verdict = copy.tried(falling, [tests])
    assert verdict.killed
    assert verdict.by.startswith("tests/unit/sync/test_pace.py::")
    assert not copy.run(tests).killed


@pytest.mark.slow
def test_prove_the_engine_is_tested() -> None:
    """P2's long run: of what is altered, at most 15 % goes unnoticed."""
    assert set(EQUIVALENT) <= {one.name for one in engine()}, "some are not there any more"
    counts = score(tried(drawn(0, SAMPLE, SEED), PROCESSES))
    assert counts.share >= 0.85, counts.survived
