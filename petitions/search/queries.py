"""Every SELECT of the office's own words, and the list of words in force: one short SELECT a search when nothing has changed."""

from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.core.errors import NotFound
from petitions.core.words import say
from petitions.search import lexicon
from petitions.search.lexicon import Lexicon
from petitions.search.models import SearchWords

MOST = 2_000
_lock = Lock()
_kept: dict[tuple[str, int, int], Lexicon] = {}


def words_in_force(session: Session) -> Lexicon:
    """The program's words without those the office dropped, and the office's own.

    Lines are only added and withdrawn, so the newest number and how many are withdrawn tell whether anything has changed: every
    process sees a change at its next search, and no index is touched.
    """
    newest, withdrawn = session.execute(select(func.coalesce(func.max(SearchWords.id), 0), func.count(SearchWords.withdrawn_at))).one()
    if not newest or session.new or session.dirty:
        return _build(session) if session.new or session.dirty else lexicon.shipped()
    key = (session.get_bind().engine.url.render_as_string(), newest, withdrawn)
    with _lock:
        if key in _kept:
            return _kept[key]
    built = _build(session)
    with _lock:
        while len(_kept) > 3:
            _kept.pop(next(iter(_kept)))
        _kept[key] = built
    return built


def _build(session: Session) -> Lexicon:
    rows = living(session)
    dropped = {lexicon.key_of(lexicon.forms_of(row.forms)) for row in rows if row.drops}
    kept = [line.forms for line in lexicon.lines() if lexicon.key_of(line.forms) not in dropped]
    return Lexicon([*kept, *(lexicon.forms_of(row.forms) for row in rows if not row.drops)])


def living(session: Session) -> list[SearchWords]:
    """The lines that are in force, newest first."""
    return list(session.scalars(select(SearchWords).where(SearchWords.withdrawn_at.is_(None)).order_by(SearchWords.id.desc()).limit(MOST)))


def withdrawn(session: Session, most: int) -> list[SearchWords]:
    """The office's own lines that were withdrawn, the last ones first."""
    where = (SearchWords.withdrawn_at.is_not(None), SearchWords.drops == False)  # noqa: E712 - SQL
    return list(session.scalars(select(SearchWords).where(*where).order_by(SearchWords.withdrawn_at.desc(), SearchWords.id.desc()).limit(most)))


def line(session: Session, number: int) -> SearchWords:
    """One line; NotFound when there is none."""
    row = session.get(SearchWords, number)
    if row is None:
        raise NotFound(say("Không có dòng từ này."))
    return row
