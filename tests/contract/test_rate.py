"""What a desk may ask in a second is published, and more is refused with the time to wait."""

from __future__ import annotations

from pathlib import Path

from tests.contract.speaker import Speaker, code_of
from tests.support.programs import CODE, Central


def test_more_than_the_published_rate_is_too_many(tmp_path: Path) -> None:
    slow = ("--operations-per-second", "0.5", "--pages-per-second", "0.25")
    with Central(tmp_path / "central", *slow) as central, Speaker(central.url, CODE) as desk:
        assert desk.changes()["rate"] == {"operations": 0.5, "pages": 0.25}
        bodies = [desk.ticket() for _ in range(6)]
        answers = [desk.send(body) for body in bodies]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert refused
        assert code_of(refused[0]) == "too-many"
        assert 1 <= int(refused[0].headers["Retry-After"]) <= 2
        assert "op_id" not in refused[0].json()
        pages = [desk.http.get("/v1/tickets/changes") for _ in range(4)]
        assert 429 in {page.status_code for page in pages}
        assert desk.http.get("/v1/customers/changes").status_code == 200
        assert desk.http.get("/v1/tickets/health").status_code == 200
