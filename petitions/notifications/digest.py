"""The daily mail: what people wished to get once a day, gathered on working mornings. Run twice it finds nothing left."""

from datetime import date, datetime

from petitions.core import db
from petitions.core.office import Office
from petitions.core.words import Message, say, say_n
from petitions.jobs.register import Job
from petitions.notifications import gathering


def run(office: Office, _today: date, now: datetime) -> Message:
    """Gather everybody's; the mail loop sends."""
    settings = office.settings.mail
    if settings is None:
        return say("Chưa khai báo máy chủ thư: thông báo chỉ hiện trên trang.")
    with db.reading(office.engine) as session:
        people = gathering.people_of_digest(session)
    made = 0
    for user_id in people:
        with db.transaction(office.engine) as session:
            made += gathering.gather(session, user_id, settings, now=now, digest=True) is not None
    return say_n("Đã gộp {n} thư trong ngày.", "Đã gộp {n} thư trong ngày.", made)


JOB = Job("mail-digest", say("Gộp thư trong ngày"), run=run, workdays_only=True)
