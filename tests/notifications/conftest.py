"""Kinds of the tests' own, a mail server, an office whose clock stands in working hours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from petitions.accounts.models import User
from petitions.core import clock, db
from petitions.core.office import Office
from petitions.core.words import say
from petitions.notifications import actions, kinds, worker
from petitions.notifications.kinds import Kind
from petitions.notifications.models import AT_ONCE, DAILY, Mail
from petitions.settings import MailSettings
from tests.conftest import DEMO_DAY
from tests.make import accounts as make
from tests.make import mail as make_mail

NOON = datetime.combine(DEMO_DAY, time(12), clock.HANOI)  # a Tuesday


class Stop:
    """A `stop` that never comes."""

    def is_set(self) -> bool:
        return False


@dataclass
class Post:
    """An office with a mail server, people with addresses, and a clock that a test moves."""

    office: Office
    box: make_mail.Postbox
    port: int
    moment: datetime = NOON
    people: dict[str, int] = field(default_factory=dict)

    @property
    def settings(self) -> MailSettings:
        """How mail leaves."""
        assert self.office.settings.mail is not None
        return self.office.settings.mail

    def person(self, name: str, **given: Any) -> int:
        """A person with an address."""
        with db.transaction(self.office.engine) as session:
            made = make.user(session, username=name, name=f"Nguyễn {name}", **given)
            made.email = f"{name}@hdnd.example"
            made.language = "en" if name.startswith("en") else "vi"
        self.people[name] = made.id
        return made.id

    def tell(self, *names: str, kind: str = "test.now", title: str = "", critical: bool = False) -> None:
        """Tell people something."""
        words = say("Thư gửi {name}", name=title or "HD16-20-00123")
        with db.transaction(self.office.engine) as session:
            users = [self.people[name] for name in names]
            actions.tell(session, kind=kind, subject=("petition", 1), title=words, users=users, url="/petitions/1", critical=critical, now=self.moment)

    def later(self, **by: float) -> None:
        """Some time passes."""
        self.moment += timedelta(**by)

    def work(self, *, pause: timedelta = timedelta(0)) -> int:
        """One round of the worker."""
        return worker.work(self.office, Stop(), pause=pause)

    def mails(self) -> list[Mail]:
        """All mails, the first one first."""
        with db.reading(self.office.engine) as session:
            rows = session.scalars(select(Mail).order_by(Mail.id)).all()
            session.expunge_all()
        return list(rows)

    def change(self, change: Callable[[User], None], name: str) -> None:
        """Change an account."""
        with db.transaction(self.office.engine) as session:
            change(session.get_one(User, self.people[name]))


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tests' kinds, beside those that the room tells itself."""
    standing = dict(kinds._kinds)
    monkeypatch.setattr(kinds, "_kinds", standing)
    for code, wish in (("test.now", AT_ONCE), ("test.daily", DAILY), ("mail.refused", AT_ONCE), ("mail.undecided", AT_ONCE), ("absence.substitute", AT_ONCE)):
        kinds.register(Kind(code, say("Thông báo"), wish=wish, page_only=code.startswith("mail.")))


@pytest.fixture
def post(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """The office, its mail server running."""
    box = make_mail.Postbox()
    with make_mail.server(box) as port:
        made = Post(make_mail.with_mail(office, port), box, port)
        monkeypatch.setattr("petitions.core.clock.now", lambda: made.moment)
        yield made
