"""`resolve` as others measure it: lines in, lines out, no profile."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import ROOT

pytestmark = [pytest.mark.e2e]

CATALOG = """id,manufacturer,model_name,model_number,category,source
x-1,Velna,Dry 640,VD640X,dryer,t
7,,Vista SW55V4,,television,t
"""


def _resolve(folder: Path, text: str, catalog: str = CATALOG) -> subprocess.CompletedProcess[str]:
    path = folder / "catalog.csv"
    path.write_text(catalog, "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "app", "resolve", "--catalog", str(path)],
        input=text, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
    )  # fmt: skip


def test_each_question_is_answered_in_order(tmp_path: Path) -> None:
    asked = [{"qid": 3, "query": "velna vd640"}, {"qid": "b", "query": "vista sw55v4"},
             {"qid": 1.5, "query": ""}]  # fmt: skip
    done = _resolve(tmp_path, "\n".join(map(json.dumps, asked)))
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["qid"] for one in answers] == [3, "b", 1.5]
    assert [one["candidates"][0]["id"] for one in answers[:2]] == ["x-1", "7"]
    assert answers[2] == {"qid": 1.5, "outcome": "not_in_list", "confidence": 0.0, "candidates": []}


def test_whoever_reads_the_first_answer_only_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "catalog.csv"
    path.write_text(CATALOG, "utf-8")
    questions = "".join(f'{{"qid": {n}, "query": "velna vd640"}}\n' for n in range(500))
    with subprocess.Popen(
        [sys.executable, "-m", "app", "resolve", "--catalog", str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as asked:  # fmt: skip
        assert asked.stdin is not None
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdin.write(questions)
        asked.stdin.flush()
        assert json.loads(asked.stdout.readline())["qid"] == 0
        asked.stdout.close()
        assert asked.stderr.read() == ""
    assert asked.returncode == 0


def test_what_is_no_question_or_no_catalog_is_said(tmp_path: Path) -> None:
    done = _resolve(tmp_path, '{"qid": 1}\nnot json\n{"qid": 2, "query": "dry 640"}\n')
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.count("no question") == 2
    refused = _resolve(tmp_path, "", "name\nDry 640\n")
    assert refused.returncode == 3
    assert "model_name" in refused.stderr
