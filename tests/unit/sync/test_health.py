"""The mark, the line and the words of ux 10 and 11, second by second."""

from __future__ import annotations

from app.domain.ids import Millis
from app.domain.views import ServiceWord
from app.sync.health import Health, Moment, Talk


def at(second: float) -> Moment:
    return Moment(second, Millis(round(second * 1_000)))


def word(health: Health, second: float) -> ServiceWord:
    return health.word(second, stale=False)


def down_at(second: float) -> Health:
    return (
        Health()
        .silent(Talk.PUSH, at(second), "connect")
        .silent(Talk.PROBE, at(second + 1), "connect")
    )


def test_one_lost_answer_is_no_outage() -> None:
    health = Health().silent(Talk.PUSH, at(0), "timeout").heard(Talk.PROBE, at(1))
    assert word(health, 100) is ServiceWord.UP
    assert health.outage(100) is None


def test_a_failed_probe_marks_at_once_and_since_the_first_silence() -> None:
    health = down_at(10)
    assert word(health, 11) is ServiceWord.DOWN
    assert health.down == at(10)


def test_a_silence_nothing_has_answered_since_marks_before_its_probe_ends() -> None:
    health = Health().heard(Talk.PULL, at(0)).silent(Talk.PULL, at(10), "timeout")
    assert word(health, 11.9) is ServiceWord.UP
    assert word(health, 12) is ServiceWord.DOWN
    assert health.since(12) == 10_000
    assert word(health.heard(Talk.PROBE, at(12.5)), 60) is ServiceWord.UP


def test_two_silences_of_one_kind_mark_even_while_probes_answer() -> None:
    health = Health().silent(Talk.PULL, at(0), "server_error").heard(Talk.PROBE, at(1))
    assert word(health, 2) is ServiceWord.UP
    health = health.silent(Talk.PULL, at(3), "server_error").heard(Talk.PROBE, at(4))
    assert word(health, 5) is ServiceWord.DOWN


def test_the_line_comes_thirty_seconds_after_the_mark_and_names_its_beginning() -> None:
    health = down_at(10)
    assert health.outage(39.9) is None
    assert health.outage(40.0) == 10_000


def test_the_line_goes_after_sixty_seconds_of_good_answers() -> None:
    health = down_at(0).silent(Talk.PROBE, at(50), "connect").back(at(60))
    assert word(health, 60) is ServiceWord.UP
    assert health.outage(119.9) == 0
    assert health.outage(120.0) is None


def test_an_outage_shorter_than_the_line_never_shows_one() -> None:
    health = down_at(0).back(at(20))
    assert health.outage(20) is None
    assert health.outage(100) is None


def test_a_service_that_comes_and_goes_does_not_flap() -> None:
    """Given down and back, when it is down again within a minute, the mark stays."""
    health = down_at(0).back(at(20))
    assert word(health, 21) is ServiceWord.UP
    health = health.silent(Talk.PUSH, at(30), "connect").silent(Talk.PROBE, at(31), "connect")
    health = health.back(at(40))
    assert word(health, 41) is ServiceWord.DOWN
    assert word(health, 99) is ServiceWord.DOWN
    assert word(health, 101) is ServiceWord.UP
    later = health.silent(Talk.PUSH, at(300), "connect").silent(Talk.PROBE, at(301), "connect")
    assert word(later.back(at(310)), 311) is ServiceWord.UP


def test_an_outage_that_returns_within_the_calm_keeps_its_line() -> None:
    health = down_at(0).silent(Talk.PROBE, at(40), "connect").back(at(50))
    health = health.silent(Talk.PUSH, at(70), "connect")
    assert health.outage(71) == 0
    health = health.silent(Talk.PROBE, at(71), "connect")
    assert health.outage(72) == 0


def test_slow_answers_show_until_a_minute_without_one() -> None:
    health = Health().heard(Talk.PUSH, at(0), took_s=3.0)
    assert word(health, 1) is ServiceWord.SLOW
    health = health.heard(Talk.PROBE, at(30), took_s=0.1)
    assert word(health, 59) is ServiceWord.SLOW
    assert word(health, 60) is ServiceWord.UP


def test_the_loudest_word_wins() -> None:
    health = down_at(0).heard(Talk.PROBE, at(2), took_s=5)
    assert word(health, 2) is ServiceWord.DOWN
    assert Health().word(0, stale=True) is ServiceWord.STALE
    assert down_at(0).word(2, stale=True) is ServiceWord.DOWN
    assert down_at(0).refused(refused=True).word(2, stale=True) is ServiceWord.SIGN_IN
