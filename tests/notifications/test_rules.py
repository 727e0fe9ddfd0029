"""Pure rules: office hours, chains of substitutes, frozen words, the settings of a mail server."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from petitions.core import clock
from petitions.core.errors import Invalid
from petitions.core.freezing import frozen, thawed
from petitions.core.words import say, say_n, using_language
from petitions.notifications import hours
from petitions.notifications.absence import Away, circle, end_of_chain
from petitions.notifications.hours import Hours
from petitions.settings import MailSettings, Settings, SettingsError
from petitions.workdays.calendar import Calendar

CALENDAR = Calendar.of(())
KEY = {"PETITIONS_SECRET_KEY": "k" * 40}


@pytest.mark.parametrize(
    ("moment", "open_", "opens"),
    [
        (datetime(2026, 1, 20, 7, 29), False, datetime(2026, 1, 20, 7, 30)),
        (datetime(2026, 1, 20, 7, 30), True, datetime(2026, 1, 20, 7, 30)),
        (datetime(2026, 1, 20, 17, 30), False, datetime(2026, 1, 21, 7, 30)),
        (datetime(2026, 1, 23, 18, 0), False, datetime(2026, 1, 26, 7, 30)),
        (datetime(2026, 1, 24, 10, 0), False, datetime(2026, 1, 26, 7, 30)),
    ],
)
def test_mail_leaves_in_the_offices_hours(moment: datetime, open_: bool, opens: datetime) -> None:
    moment, opens = moment.replace(tzinfo=clock.HANOI), opens.replace(tzinfo=clock.HANOI)
    assert Hours().open_at(CALENDAR, moment) is open_
    assert Hours().next_opening(CALENDAR, moment) == opens


def test_hours_are_typed_and_kept() -> None:
    assert hours.read("08:00", "16:30") == Hours(time(8), time(16, 30))
    assert hours.hours_of({"opens_at": "08:00", "closes_at": "nonsense"}) == Hours(time(8), time(17, 30))
    assert hours.hours_of({"opens_at": "18:00"}) == Hours()
    for wrong in (("8 giờ", "17:00"), ("17:00", "08:00")):
        with pytest.raises(Invalid):
            hours.read(*wrong)


def day(n: int) -> date:
    return date(2026, 1, 1) + timedelta(days=n)


def away(*facts: tuple[int, int, int, int]) -> list[Away]:
    return [Away(user, substitute, day(first), day(last)) for user, substitute, first, last in facts]


def test_a_circle_is_found_along_a_chain_and_only_on_common_days() -> None:
    chain = away((2, 3, 5, 20), (3, 4, 10, 12))
    assert circle(Away(4, 2, day(11), day(30)), chain) == (2, 3, 4)
    assert circle(Away(4, 2, day(13), day(30)), chain) == ()  # 3 is back by then
    assert circle(Away(1, 2, day(0), day(40)), chain) == ()


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 9), st.integers(0, 9)), max_size=8), st.integers(0, 9))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_the_rule_lets_in_never_goes_in_circles(facts: list[tuple[int, int, int, int]], on: int) -> None:
    taken: list[Away] = []
    for user, substitute, first, length in facts:
        new = Away(user, substitute, day(first), day(first + length))
        overlaps = any(one.user == user and one.first <= new.last and new.first <= one.last for one in taken)
        if user != substitute and not overlaps and not circle(new, taken):
            taken.append(new)
    stands_in = {one.user: one.substitute for one in taken if one.first <= day(on) <= one.last}
    for user in stands_in:
        assert end_of_chain(user, stands_in) not in stands_in


def test_a_circle_that_came_about_anyway_ends_where_it_began() -> None:
    assert end_of_chain(1, {1: 2, 2: 3, 3: 1}) == 1
    assert [end_of_chain(1, dict(pairwise(range(1, n)))) for n in (2, 3, 4)] == [1, 2, 3]


def test_frozen_words_wait_for_their_reader() -> None:
    inner = say("đã gửi")
    message = thawed(frozen(say("Bạn thay {name} từ {first} đến {last}", name=inner, first=date(2026, 1, 20), last="x")))
    assert str(message) == "Bạn thay đã gửi từ 20/01/2026 đến x"
    many = frozen(say_n("Bạn có {n} tin mới", "Bạn có {n} tin mới", 3))
    with using_language("en"):
        assert str(message) == "You stand in for sent from 20/01/2026 to x"
        assert str(thawed(many)) == "You have 3 new messages"
    assert thawed(frozen("plain {x}")) == "plain {x}"


def test_the_mail_server_is_read_from_the_environment(tmp_path: object) -> None:
    def read(**given: str) -> MailSettings | None:
        return Settings.from_environment({**KEY, "PETITIONS_DATA_DIR": str(tmp_path), "PETITIONS_MAIL_FROM": "Văn phòng <a@b.vn>", **given}).mail

    assert read() is None
    mail = read(PETITIONS_SMTP_URL="smtp://an%40b.vn:m%3At@mail.example", PETITIONS_MAIL_ONLY_TO="@thu.vn, an@b.vn")
    assert mail is not None
    assert (mail.host, mail.port, mail.user, mail.password, mail.starttls, mail.tls) == ("mail.example", 587, "an@b.vn", "m:t", True, False)
    assert "m:t" not in repr(mail)
    assert [mail.may_go_to(one) for one in ("x@thu.vn", "AN@b.vn", "xan@b.vn", "x@ethu.vn", "a@b.vn")] == [True, True, False, False, False]
    trial, real = read(PETITIONS_SMTP_URL="smtps://mail.example"), read(PETITIONS_SMTP_URL="smtps://mail.example", PETITIONS_ENV="production")
    assert trial is not None
    assert real is not None
    assert (trial.port, trial.may_go_to("a@b.vn"), real.may_go_to("a@b.vn")) == (465, False, True)
    for wrong in ("mail.example", "http://mail.example", "smtp://u:p@mail.example?starttls=no", "smtp://mail.example:x"):
        with pytest.raises(SettingsError) as refused:
            read(PETITIONS_SMTP_URL=wrong)
        assert "u:p" not in str(refused.value)
    with pytest.raises(SettingsError):
        read(PETITIONS_SMTP_URL="smtp://mail.example", PETITIONS_MAIL_FROM="Văn phòng")
    with pytest.raises(SettingsError):
        read(PETITIONS_URL="kiennghi")
