"""What the office's computer looks after by itself: the index, the journal, the calendar; and who is told when something is wrong.

Few jobs on purpose: each must find something that nobody would see otherwise. They tell people, they decide nothing.
"""

from datetime import date, datetime, time, timedelta
from time import sleep

from sqlalchemy.orm import Session

from petitions.core import clock, db
from petitions.core.errors import RuleBroken
from petitions.core.office import Office
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.jobs import health, running
from petitions.jobs import register as jobs
from petitions.jobs.models import JobRun
from petitions.jobs.register import Job
from petitions.journal import queries as journal
from petitions.notifications import absences, actions, digest, kinds, mail_log, posting, queries
from petitions.notifications.kinds import Kind
from petitions.notifications.models import AT_ONCE, DAILY
from petitions.search import building, storage, writer
from petitions.workdays import captions as workdays_words
from petitions.workdays import queries as workdays

SUNDAY, MONDAY = 6, 0
ANNOUNCED_BY = (10, 1)  # from 1 October on next year's days off are asked for: they are announced in the autumn (domain 2.12)
CALENDAR, INDEX, JOURNAL, FAILED = "calendar.missing", "index.differs", "journal.broken", "job.failed"
NOT_AGAIN = timedelta(days=6)
PATIENCE, PAUSE = 12, 5.0  # times, and seconds between them: for another writer of the index, or one who builds it anew at the start

KINDS = (
    Kind(CALENDAR, say("Lịch nghỉ năm tới chưa có"), wish=DAILY, permissions=(Permission.REFERENCE_MANAGE,)),
    Kind(INDEX, say("Chỉ mục tìm kiếm khác cơ sở dữ liệu"), wish=DAILY, permissions=(Permission.INDEX_MANAGE,)),
    Kind(JOURNAL, say("Nhật ký bị sửa"), wish=AT_ONCE, permissions=(Permission.JOB_MANAGE, Permission.JOURNAL_READ)),
    Kind(FAILED, say("Việc định kỳ bị lỗi"), wish=AT_ONCE, permissions=(Permission.JOB_MANAGE,)),
    Kind(posting.REFUSED_KIND, say("Thư bị từ chối"), permissions=(Permission.JOB_MANAGE,), page_only=True),
    Kind(posting.UNDECIDED_KIND, say("Thư có thể đã gửi"), permissions=(Permission.JOB_MANAGE,), page_only=True),
    Kind(absences.KIND, say("Bạn thay người vắng mặt"), wish=AT_ONCE),
)


def register() -> None:
    """Introduce the jobs, the kinds of messages and the part of the page of operations. May be done more than once in a process."""
    for kind in KINDS:
        kinds.register(kind)
    for job in (digest.JOB, *JOBS):
        jobs.register(job)
    running.alarm_with("people", tell_of_failure)
    health.register_part("mail", mail_log.part)


def tell_of_failure(session: Session, job: Job, run: JobRun, now: datetime) -> None:
    """A job failed and is not tried again by itself: whoever looks after jobs is told."""
    title = say("Việc định kỳ bị lỗi: {job}", job=job.caption)
    actions.tell(session, kind=FAILED, subject=("job_run", run.id), title=title, permission=Permission.JOB_MANAGE, url="/jobs", now=now)


def look_at_calendar(office: Office, today: date, now: datetime) -> Message:
    """From October on: are next year's days off known? This year's at any time."""
    with db.reading(office.engine) as session:
        known = workdays.calendar(session).known_years
    wanted = [today.year, *([today.year + 1] if (today.month, today.day) >= ANNOUNCED_BY else [])]
    missing = [year for year in wanted if year not in known]
    if not missing:
        return say("Lịch nghỉ đã đủ.")
    with db.transaction(office.engine) as session:
        for year in missing:
            if not queries.told_since(session, CALENDAR, ("year", year), since=now - NOT_AGAIN):
                title = workdays_words.not_announced(year)
                actions.tell(session, kind=CALENDAR, subject=("year", year), title=title, permission=Permission.REFERENCE_MANAGE, url="/calendar", now=now)
    return say("Chưa có lịch nghỉ của năm {years}.", years=", ".join(map(str, missing)))


def look_at_index(office: Office, _today: date, now: datetime) -> Message:
    """Compare index and database, mend what differs, tell that it did."""
    differences = _compared(office)
    if differences.none:
        return say("Chỉ mục khớp cơ sở dữ liệu.")
    n = len(differences.missing) + len(differences.stale) + len(differences.orphaned)
    said = say_n("Đã sửa {n} chỗ chỉ mục khác cơ sở dữ liệu.", "Đã sửa {n} chỗ chỉ mục khác cơ sở dữ liệu.", n)
    with db.transaction(office.engine) as session:
        if not queries.told_since(session, INDEX, ("index", 0), since=clock.midnight(clock.day_of(now))):
            actions.tell(session, kind=INDEX, subject=("index", 0), title=said, permission=Permission.INDEX_MANAGE, url="/jobs", now=now)
    return said


def _compared(office: Office) -> building.Differences:
    """What differed and was mended; waits for another writer, who is never at it for long."""
    for _ in range(PATIENCE):
        try:
            return writer.verify(office, repair=True)[0]
        except storage.Busy:
            sleep(PAUSE)
    return writer.verify(office, repair=True)[0]


def look_at_journal(office: Office, _today: date, now: datetime) -> Message:
    """Walk along the chain; a broken link is told at once, at any hour."""
    with db.reading(office.engine) as session:
        checked, broken = journal.first_broken(session)
    if broken is None:
        return say("Nhật ký nguyên vẹn: đã kiểm {n} mục.", n=checked)
    title = say("Nhật ký bị sửa: mục số {id} không khớp với mục trước hoặc với chính nó.", id=broken)
    with db.transaction(office.engine) as session:
        if not queries.told_since(session, JOURNAL, ("journal", broken), since=now - NOT_AGAIN):
            told = {"permission": Permission.JOB_MANAGE, "url": "/jobs", "critical": True, "now": now}
            actions.tell(session, kind=JOURNAL, subject=("journal", broken), title=title, **told)  # type: ignore[arg-type]
    raise RuleBroken(title)  # so that the run stands as failed until the chain is whole


JOBS = (
    Job("index-verify", say("Đối chiếu chỉ mục tìm kiếm"), run=look_at_index, at=time(2)),
    Job("journal-verify", say("Kiểm tra chuỗi nhật ký"), run=look_at_journal, at=time(3), weekday=SUNDAY),
    Job("calendar-missing", say("Hỏi lịch nghỉ năm tới"), run=look_at_calendar, at=time(7, 30), weekday=MONDAY),
)
