"""The life of a session and the brake on guessing, as pure rules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.accounts import brakes, sessions

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
IDLE = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def left(*, started: timedelta, seen: timedelta) -> int:
    return sessions.seconds_left(started_at=NOW - started, last_seen_at=NOW - seen, now=NOW, idle=IDLE)


def test_idle_time_counts_from_the_last_minute_seen() -> None:
    assert left(started=timedelta(hours=1), seen=timedelta()) == 31 * 60
    assert left(started=timedelta(hours=1), seen=timedelta(minutes=30)) == 60
    assert left(started=timedelta(hours=1), seen=timedelta(minutes=31)) == 0


def test_nobody_stays_longer_than_a_day_of_work() -> None:
    assert left(started=timedelta(hours=11, minutes=59), seen=timedelta()) == 60
    assert left(started=timedelta(hours=12), seen=timedelta()) == 0


@settings(max_examples=100)
@given(st.integers(-90_000, 90_000), st.integers(-90_000, 90_000))
def test_what_is_left_is_never_negative_and_never_more_than_idle(started: int, seen: int) -> None:
    found = left(started=timedelta(seconds=max(started, seen)), seen=timedelta(seconds=seen))
    assert found >= 0
    if seen >= 0:
        assert found <= 31 * 60


def test_seen_is_written_at_most_once_a_minute() -> None:
    assert not sessions.due_to_be_seen(NOW - timedelta(seconds=59), NOW)
    assert sessions.due_to_be_seen(NOW - MINUTE, NOW)
    assert sessions.due_to_be_seen(NOW + timedelta(hours=3), NOW)  # a clock set back


def test_the_table_does_not_hold_the_cookie() -> None:
    token = sessions.new_token()
    assert len(token) >= 43
    assert token != sessions.new_token()
    assert token not in sessions.token_hash(token)
    assert len(sessions.token_hash(token)) == 64


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", "Chrome 156 · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1", "Edge 156 · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari 18 · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140 · Linux"),
        ("curl/8.0", "?"),
        ("", "?"),
        ("Firefox/" + "9" * 500, None),
    ],
)
def test_a_device_is_known_again(agent: str, device: str | None) -> None:
    found = sessions.device_of(agent)
    assert len(found) <= 100
    if device:
        assert found == device


def tries(*moments: datetime, most: int = brakes.NAME_TRIES) -> brakes.Brake | None:
    brake = None
    for moment in moments:
        brake = brakes.counted(brake, moment, most)
    return brake


def test_the_fifth_try_closes_for_a_quarter_of_an_hour() -> None:
    four = tries(*[NOW] * 4)
    five = tries(*[NOW] * 5)
    assert not brakes.closed(four, NOW)
    assert brakes.closed(five, NOW)
    assert brakes.closed(five, NOW + timedelta(minutes=14, seconds=59))
    assert not brakes.closed(five, NOW + timedelta(minutes=15))


def test_old_tries_are_forgotten() -> None:
    brake = tries(*[NOW] * 4, NOW + timedelta(minutes=15))
    assert brake is not None
    assert brake.tries == 1
    assert not brakes.closed(brake, NOW + timedelta(minutes=15))


def test_after_the_lock_the_count_begins_anew() -> None:
    brake = tries(*[NOW] * 5, NOW + timedelta(minutes=16))
    assert brake is not None
    assert brake.tries == 1
    assert brake.locked_at is None


def test_a_try_that_was_late_in_the_queue_does_not_open_the_lock() -> None:
    locked = tries(*[NOW] * 5)
    assert brakes.closed(locked, NOW - timedelta(seconds=3))
    waiting = tries(*[NOW] * 3, NOW - timedelta(seconds=3))
    assert waiting is not None
    assert waiting.tries == 4


def test_a_clock_set_back_locks_nobody_for_long() -> None:
    assert not brakes.closed(tries(*[NOW] * 5), NOW - timedelta(hours=20))


def test_keys_tell_nothing_and_kinds_do_not_mix() -> None:
    assert "clerk" not in brakes.key_of("name", "clerk", "secret")
    assert brakes.key_of("name", "clerk", "secret") != brakes.key_of("address", "clerk", "secret")
    assert brakes.key_of("name", "clerk", "secret") != brakes.key_of("name", "clerk", "another")
