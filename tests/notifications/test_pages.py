"""The pages: the bell, own messages only, wishes, absences with their refusals, the delivery log, operations."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from petitions.accounts.models import User, UserScope
from petitions.core import db
from petitions.core.office import Office
from petitions.core.words import say
from petitions.jobs import actions as jobs
from petitions.journal.models import JournalEntry
from petitions.notifications import mailbox, queries
from petitions.notifications.absence import end_of_chain
from petitions.notifications.models import Notification, NotificationWish
from tests.make import accounts as make
from tests.make import mail as make_mail
from tests.notifications.conftest import Post

MOST_STATEMENTS = 12
BELL = re.compile(r'class="bell-count">(\d+)')


class Door:
    """The pages, with a browser for each person."""

    def __init__(self, post: Post, app: Any) -> None:
        self.post = post
        self.app = app
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.browsers: dict[str, Any] = {}

    def of(self, name: str) -> Any:
        """The browser of a person."""
        if name not in self.browsers:
            user = make.stored(self.post.office.engine, username=name)
            self.browsers[name] = make.sign_in(self.app.test_client(), self.post.office.engine, user, now=self.post.moment)
        return self.browsers[name]

    def bell(self, name: str) -> int:
        """What a person's bell shows."""
        found = BELL.search(self.of(name).get("/notifications").text)
        return int(found.group(1)) if found else 0

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The statements within the block."""
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")):
                asked.append(statement)

        event.listen(self.post.office.engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(self.post.office.engine, "before_cursor_execute", note)


@pytest.fixture
def door(post: Post, serve: Callable[[Office], Any]) -> Door:
    for name in ("an", "binh", "cuc"):
        post.person(name)
    post.person("admin", roles=("administrator",))
    return Door(post, serve(post.office))


def test_the_bell_counts_what_is_not_read_and_costs_no_statement(door: Door) -> None:
    door.post.tell("an", "binh")
    door.post.tell("an", critical=True)
    assert (door.bell("an"), door.bell("binh"), door.bell("cuc")) == (2, 1, 0)
    with door.counted() as asked:
        assert door.of("an").get("/notifications/absences").status_code == 200
    assert sum("FROM notifications" in one for one in asked) == 1
    assert len(asked) <= MOST_STATEMENTS
    page = door.of("an").get("/notifications?unread=1&lang=en").text
    assert "Mail to HD16-20-00123" in page
    assert "important" in page
    number = re.findall(r"/notifications/(\d+)/open", page)[0]
    assert door.of("binh").post(f"/notifications/{number}/open").status_code == 404
    answer = door.of("an").post(f"/notifications/{number}/open")
    assert (answer.status_code, answer.location, door.bell("an")) == (303, "/petitions/1", 1)
    door.of("an").post("/notifications/read-all")
    assert (door.bell("an"), door.bell("binh")) == (0, 1)


def test_wishes_hold_from_the_next_message_on(door: Door) -> None:
    an = door.of("an")
    answer = an.post("/notifications/wishes", data={"wish-test.now": "none", "wish-test.daily": "often", "wish-mail.refused": "none", "wish-x": "none"})
    assert answer.status_code == 303
    with db.reading(door.post.office.engine) as session:
        assert [(row.kind, row.wish) for row in session.scalars(select(NotificationWish))] == [("test.now", "none")]
        assert session.scalars(select(JournalEntry.act).order_by(JournalEntry.id.desc())).first() == "notification.wish"
    door.post.tell("an")
    assert door.bell("an") == 0
    assert "HD16-20-00123" in an.get("/notifications").text  # nothing is hidden
    door.post.tell("an", critical=True)
    door.post.work()
    assert (door.bell("an"), len(door.post.box.got)) == (1, 1)
    assert 'value="none" selected' in an.get("/notifications/wishes").text


def test_absences_pass_messages_along_the_chain_and_refuse_circles(door: Door) -> None:
    def note(name: str, substitute: str, first: str = "20/01/2026", last: str = "23/01/2026") -> Any:
        data = {"substitute_id": str(door.post.people[substitute]), "from_on": first, "to_on": last}
        return door.of(name).post("/notifications/absences", data=data)

    assert note("an", "binh").status_code == 303
    assert door.bell("binh") == 1  # who stands in is told
    assert note("binh", "cuc").status_code == 303
    circle = note("cuc", "an")
    assert circle.status_code == 422
    assert "Nguyễn an → Nguyễn binh → Nguyễn cuc" in circle.text
    assert note("cuc", "an", "24/01/2026", "25/01/2026").status_code == 303  # an is back by then
    for wrong in (note("an", "cuc"), note("binh", "an", "30/01/2026", "29/01/2026"), note("binh", "an", "01/01/2026", "02/01/2026"), note("cuc", "admin")):
        assert wrong.status_code == 422
    assert door.of("an").post("/notifications/absences", data={"from_on": "x"}).status_code == 422
    people = door.post.people
    data = {"user_id": str(people["an"]), "substitute_id": str(people["cuc"]), "from_on": "01/03/2026", "to_on": "02/03/2026"}
    assert door.of("binh").post("/notifications/absences", data=data).status_code == 422
    assert door.of("admin").post("/notifications/absences", data=data).status_code == 303
    door.post.tell("an")
    door.post.work()
    assert [address for address, _ in door.post.box.got if address.startswith("an@")] == []
    with db.reading(door.post.office.engine) as session:
        rows = session.scalars(select(Notification).where(Notification.kind == "test.now").order_by(Notification.id)).all()
        assert [(row.user_id, row.for_user_id) for row in rows] == [(people["an"], None), (people["cuc"], people["an"])]
        assert end_of_chain(people["an"], queries.standing_in(session, door.post.moment.date())) == people["cuc"]
    assert "thay Nguyễn an" in door.of("cuc").get("/notifications").text
    page = door.of("an").get("/notifications/absences").text
    assert "chuyển tiếp cho Nguyễn cuc" in page
    number = re.findall(r"/notifications/absences/(\d+)/withdraw", page)[0]
    assert door.of("cuc").post(f"/notifications/absences/{number}/withdraw").status_code == 404
    assert door.of("an").post(f"/notifications/absences/{number}/withdraw").status_code == 303
    assert door.of("an").post(f"/notifications/absences/{number}/withdraw").status_code == 409


def test_the_delivery_log_shows_no_content_and_lets_a_person_decide(door: Door) -> None:
    door.post.box.answers = {"an@hdnd.example": "550 5.1.1 <b>nobody</b>"}
    door.post.tell("an", "binh")
    door.post.work()
    admin = door.of("admin")
    page = admin.get("/mails").text
    assert "&lt;b&gt;nobody" in page
    assert "HD16-20-00123" not in page
    (failed,) = [mail.id for mail in door.post.mails() if mail.state == "failed"]
    one = admin.get(f"/mails/{failed}").text
    assert "Thư bị từ chối hẳn hoặc bị trả lại" in one
    assert "HD16-20-00123" not in one
    assert "bị từ chối" in door.of("an").get("/notifications/wishes").text
    door.post.box.answers = {}
    assert admin.post(f"/mails/{failed}/again").status_code == 303
    assert admin.post(f"/mails/{failed + 2}/let-be").status_code == 303
    door.post.work()
    assert admin.post(f"/mails/{failed + 2}/again").status_code == 303
    assert admin.post("/mails/999/again").status_code == 404
    assert admin.post("/mails/hours", data={"opens_at": "9 giờ", "closes_at": "10:00"}).status_code == 422
    assert admin.post("/mails/hours", data={"opens_at": "13:00", "closes_at": "14:00"}).status_code == 303
    door.post.work()
    assert len(door.post.box.to("an@hdnd.example")) == 1  # a person asked for it: it goes at any hour
    assert "13:00–14:00" in door.of("an").get("/notifications/wishes").text


def test_a_mail_that_came_back_is_noted_and_the_next_letter_to_that_agency_warns(door: Door) -> None:
    engine, an, agency = door.post.office.engine, door.post.people["an"], 7
    with db.transaction(engine) as session:
        session.add(UserScope(user_id=an, kind="agency", ref_id=agency))
    door.post.tell("an")
    door.post.work()
    (sent,) = [mail.id for mail in door.post.mails() if mail.state == "sent"]
    admin = door.of("admin")
    assert "Ghi thư bị trả lại" in admin.get(f"/mails/{sent}").text
    assert door.of("an").post(f"/mails/{sent}/bounced", data={"reason": "x"}).status_code == 403
    assert "Hãy ghi lý do." in admin.post(f"/mails/{sent}/bounced", data={"reason": " "}).text
    with db.reading(engine) as session:
        assert mailbox.unreachable(session, [agency]) == []
    assert admin.post(f"/mails/{sent}/bounced", data={"reason": "Hộp thư đầy"}).status_code == 303
    assert admin.post(f"/mails/{sent}/bounced", data={"reason": "Hộp thư đầy"}).status_code == 409
    assert "Hộp thư đầy" in admin.get(f"/mails/{sent}").text
    with db.reading(engine) as session:
        assert mailbox.unreachable(session, [agency]) == ["Nguyễn an"]
        assert mailbox.unreachable(session, [agency + 1]) == []
    with db.transaction(engine) as session:
        session.get_one(User, an).email = "an.moi@hdnd.example"
    with db.reading(engine) as session:
        assert mailbox.unreachable(session, [agency]) == [], "the address was corrected"


def test_operations_show_what_is_late_and_nothing_secret(door: Door) -> None:
    admin, now = door.of("admin"), door.post.moment
    with db.transaction(door.post.office.engine) as session:
        run = jobs.claim(session, "index-verify", now.date(), now=now)
        assert run is not None
        jobs.finish(session, run.id, now=now + timedelta(seconds=2), problem=say("Chưa khai báo máy chủ thư nên chưa gửi được."))
        done = jobs.claim(session, "calendar-missing", now.date(), now=now)
        assert done is not None
        jobs.finish(session, done.id, now=now, said=say("Lịch nghỉ đã đủ."))
    door.post.tell("an")
    admin.get("/jobs?lang=en")  # the calendar is kept by each process, the language by the account
    with door.counted() as asked:
        page = admin.get("/jobs?lang=en").text
    assert len(asked) <= MOST_STATEMENTS
    for words in ("The days off are known.", "failed", "No mail server is set", "not running", "127.0.0.1", "Run again"):
        assert words in page
    assert "Needs a look" in admin.get("/").text
    assert admin.post(f"/jobs/runs/{run.id}/retry").status_code == 303
    assert admin.post(f"/jobs/runs/{done.id}/retry").status_code == 409
    assert admin.post("/jobs/runs/999/retry").status_code == 404
    ready = door.app.test_client().get("/readyz")
    assert (ready.status_code, ready.json) == (200, {"status": "ok", "checks": {"database": True}, "remarks": {"background": False}})
    assert door.of("an").get("/jobs").status_code == 403


def test_a_trial_office_says_so_to_those_who_are_signed_in(door: Door, post: Post, serve: Callable[[Office], Any]) -> None:
    assert "Chạy thử" not in door.of("an").get("/").text
    post.office = make_mail.with_mail(post.office, post.port, only_to=("@thu.example",))
    trial = Door(post, serve(post.office))
    assert "thư chỉ gửi tới @thu.example" in trial.of("an").get("/").text
    assert "thu.example" not in trial.app.test_client().get("/sign-in").text
