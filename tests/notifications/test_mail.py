"""A mail's way over a real server: gathered, at its hour, once; refused, retried, withheld, undecided; decided by a person."""

import dataclasses
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from petitions.accounts import queries as accounts
from petitions.core import clock, db
from petitions.core.errors import RuleBroken, WrongState
from petitions.core.office import Office
from petitions.notifications import actions, digest, mailbox, posting, worker
from petitions.notifications.hours import Hours
from petitions.notifications.models import (
    FAILED,
    GATHERED,
    NO_MAIL,
    SENDING,
    SENT,
    UNDECIDED,
    WAITING,
    WITHDRAWN,
    WITHHELD,
    Mail,
    MailTry,
    Notification,
)
from petitions.notifications.relay import Down
from tests.conftest import BOTH
from tests.make import mail as make_mail
from tests.notifications.conftest import Post

both = pytest.mark.parametrize("office", BOTH, indirect=True)


@both
def test_ten_messages_are_one_mail_in_the_readers_language(post: Post) -> None:
    post.person("an")
    post.person("en1")
    for n in range(10):
        post.tell("an", "en1", title=f"kiến nghị {n}\r\nBcc: x@y.vn")
    assert post.work(pause=timedelta(seconds=20)) == 0  # what comes within the next seconds goes along
    post.later(seconds=21)
    post.work(pause=timedelta(seconds=20))
    (vietnamese,), (english,) = post.box.to("an@hdnd.example"), post.box.to("en1@hdnd.example")
    assert (vietnamese["Subject"], english["Subject"]) == ("[THỬ] Bạn có 10 tin mới", "[TRIAL] You have 10 new messages")
    assert make_mail.text_of(vietnamese).count("https://kiennghi.example/petitions/1") == 10
    assert "Kính gửi Nguyễn an" in make_mail.text_of(vietnamese)
    assert "Mail to kiến nghị 3" in make_mail.text_of(english)
    assert vietnamese["Bcc"] is None
    assert english.get_body(("html",)) is not None
    assert vietnamese["Auto-Submitted"] == "auto-generated"
    assert [mail.state for mail in post.mails()] == [SENT, SENT]
    assert post.box.ids == [mail.message_id for mail in post.mails()]
    assert post.work() == 0


def test_at_night_only_what_is_critical_leaves(post: Post) -> None:
    post.person("an")
    post.moment = datetime.combine(post.moment.date(), time(22), clock.HANOI)
    post.tell("an", title="thường")
    post.work()
    assert post.box.got == []
    post.tell("an", title="gấp", critical=True)
    post.work()
    (urgent,) = post.box.got
    assert "gấp" in str(urgent[1]["Subject"])
    assert "thường" not in make_mail.text_of(urgent[1])
    post.moment = datetime.combine(post.moment.date() + timedelta(days=1), time(7, 31), clock.HANOI)
    post.work()
    assert "thường" in make_mail.text_of(post.box.got[1][1])
    with db.transaction(post.office.engine) as session:
        actions.set_hours(session, Hours(time(9), time(10)), by=who(post, "an"), now=post.moment)
    assert not worker.open_now(post.office)


def who(post: Post, name: str) -> Any:
    with db.reading(post.office.engine) as session:
        return accounts.identity_of(session, post.people[name])


def test_the_digest_gathers_once_and_leaves_out_what_was_read(post: Post) -> None:
    an = post.person("an")
    post.person("binh")
    for n in range(3):
        post.tell("an", "binh", kind="test.daily", title=f"số {n}")
    post.work()
    assert post.mails() == []
    with db.transaction(post.office.engine) as session:
        actions.read_all(session, by=who(post, "binh"), now=post.moment)
    assert "1 thư" in str(digest.run(post.office, post.moment.date(), post.moment))
    assert "0 thư" in str(digest.run(post.office, post.moment.date(), post.moment))
    post.work()
    ((address, mail),) = post.box.got
    assert (address, mail["Subject"]) == ("an@hdnd.example", "[THỬ] Tổng hợp trong ngày: 3 tin")
    with db.reading(post.office.engine) as session:
        rows = session.execute(select(Notification.user_id, Notification.mail).distinct().order_by(Notification.user_id)).all()
    assert [mail for _, mail in rows] == [GATHERED, NO_MAIL]
    assert rows[0][0] == an


def test_a_refusal_for_good_is_told_and_one_for_now_is_tried_again_under_the_same_id(post: Post) -> None:
    admin = post.person("admin", roles=("administrator",))
    for name in ("sai", "day", "dung"):
        post.person(name)
    post.box.answers = {"sai@hdnd.example": "550 5.1.1 No such user", "day@hdnd.example": "data:452 4.2.2 Mailbox full"}
    post.tell("sai", "day", "dung")
    assert post.work() == 3
    assert [(mail.state, mail.code) for mail in post.mails()] == [(FAILED, 550), (WAITING, 452), (SENT, 250)]
    with db.reading(post.office.engine) as session:
        told = session.scalars(select(Notification).where(Notification.user_id == admin)).one()
        assert (told.kind, told.mail) == (posting.REFUSED_KIND, NO_MAIL)
    assert post.work() == 0  # not before a minute has passed
    post.later(seconds=61)
    assert post.work() == 1
    post.box.answers = {}
    post.later(minutes=3)
    assert post.work() == 1
    waited = post.mails()[1]
    assert (waited.state, waited.tries) == (SENT, 3)
    assert post.box.ids.count(waited.message_id) == 1
    with db.transaction(post.office.engine) as session:
        rows = session.scalars(select(MailTry).where(MailTry.mail_id == waited.id).order_by(MailTry.number)).all()
        assert [row.outcome for row in rows] == [WAITING, WAITING, SENT]
        made = mailbox.send_again(session, post.mails()[0].id, post.office.settings.mail, by=who(post, "admin"), now=post.moment)
    post.work()
    assert post.box.to("sai@hdnd.example")[0]["Message-ID"] == made.message_id != post.mails()[0].message_id


def test_a_refusal_for_now_ends_after_three_days(post: Post) -> None:
    post.person("an")
    post.box.answers = {"an@hdnd.example": "451 4.3.0 later"}
    post.tell("an")
    tried = 0
    for _ in range(200):
        tried += post.work()
        post.later(hours=1)
    assert post.mails()[0].state == FAILED
    assert 15 < tried < 40


def test_a_server_that_is_down_for_an_hour_costs_nothing(post: Post) -> None:
    post.person("an")
    post.tell("an")
    away = Office(dataclasses.replace(post.office.settings, mail=dataclasses.replace(post.settings, port=9)), post.office.engine)
    for _ in range(6):
        with pytest.raises(Down):
            worker.work(away, Never(), pause=timedelta(0))
        post.later(minutes=10)
    assert [(mail.state, mail.tries) for mail in post.mails()] == [(WAITING, 0)]
    post.work()
    assert len(post.box.got) == 1


class Never:
    """A `stop` that never comes."""

    def is_set(self) -> bool:
        return False


@both
def test_what_a_crash_left_undecided_waits_for_a_person(post: Post) -> None:
    admin = post.person("admin", roles=("administrator",))
    post.person("an")
    post.tell("an")
    worker._gather(post.office, post.settings, timedelta(0))
    with db.transaction(post.office.engine) as session:
        mail = posting.take(session, post.settings, now=post.moment, open_=True)
        assert mail is not None
        assert mail.state == SENDING
        session.execute(update(Mail).values(holder="another-machine:1:abc"))
    assert post.work() == 0
    assert post.mails()[0].state == SENDING  # it may still be at it
    post.later(minutes=6)
    assert post.work() == 0
    assert (post.mails()[0].state, post.box.got) == (UNDECIDED, [])
    for _ in range(3):
        post.later(days=1)
        post.work()
    assert post.box.got == []
    with db.reading(post.office.engine) as session:
        assert session.scalars(select(Notification.kind).where(Notification.user_id == admin)).all() == [posting.UNDECIDED_KIND]
    with db.transaction(post.office.engine) as session:
        again = mailbox.send_again(session, mail.id, post.office.settings.mail, by=who(post, "admin"), now=post.moment)
        assert again.id == mail.id
    post.work()
    assert post.box.ids == [mail.message_id]
    with db.transaction(post.office.engine) as session, pytest.raises(WrongState):
        mailbox.let_be(session, mail.id, by=who(post, "admin"), now=post.moment)


def test_no_answer_after_the_whole_mail_is_undecided_too(post: Post) -> None:
    post.person("an")
    post.person("binh")
    post.box.answers = {"an@hdnd.example": "data:hang up"}
    post.tell("an", "binh")
    with pytest.raises(Down):
        post.work()
    assert [mail.state for mail in post.mails()] == [UNDECIDED, WAITING]
    post.work()
    assert [mail.state for mail in post.mails()] == [UNDECIDED, SENT]
    assert len(post.box.got) == 2
    with db.transaction(post.office.engine) as session:
        mailbox.let_be(session, post.mails()[0].id, by=who(post, "an"), now=post.moment)
    assert post.mails()[0].state == WITHDRAWN


def test_a_trial_office_writes_to_its_list_only(post: Post) -> None:
    post.person("an")
    post.person("ngoai")
    post.change(lambda user: setattr(user, "email", "ngoai@elsewhere.example"), "ngoai")
    post.office = make_mail.with_mail(post.office, post.port, only_to=("@hdnd.example",))
    post.tell("an", "ngoai")
    post.work()
    assert [mail.state for mail in post.mails()] == [SENT, WITHHELD]
    assert [address for address, _ in post.box.got] == ["an@hdnd.example"]
    with db.transaction(post.office.engine) as session:
        mailbox.send_again(session, post.mails()[1].id, post.office.settings.mail, by=who(post, "an"), now=post.moment)
    post.work()
    assert post.mails()[1].state == WITHHELD


def test_one_mail_that_cannot_be_written_or_delivered_stops_no_other(post: Post) -> None:
    for name in ("hong", "nghi", "khong", "la", "on"):
        post.person(name)
    post.change(lambda user: setattr(user, "email", "hỏng@hdnd.example"), "hong")
    post.change(lambda user: setattr(user, "email", None), "khong")
    post.tell("hong", "nghi", "khong", "la", "on")
    with db.transaction(post.office.engine) as session:
        session.execute(update(Notification).where(Notification.user_id == post.people["la"]).values(title={"text": "{missing}"}))
    worker._gather(post.office, post.settings, timedelta(0))
    post.change(lambda user: setattr(user, "active", False), "nghi")
    post.work()
    assert {mail.address.split("@")[0]: mail.state for mail in post.mails()} == {"hỏng": FAILED, "nghi": WITHDRAWN, "la": FAILED, "on": SENT}
    with db.transaction(post.office.engine) as session, pytest.raises(RuleBroken):
        mailbox.send_again(session, post.mails()[1].id, post.office.settings.mail, by=who(post, "on"), now=post.moment)


def test_a_clock_that_jumped_ahead_holds_nothing_back_for_long(post: Post) -> None:
    post.person("an")
    post.box.answers = {"an@hdnd.example": "451 later"}
    post.later(days=364)
    post.tell("an")
    post.work()
    post.box.answers = {}
    post.later(days=-364)
    post.work()
    assert post.mails()[0].state == SENT
