"""Every SELECT of the office's own words, and the list of words in force: one short SELECT a search when nothing has changed."""

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.errors import NotFound
from petitions.core.words import say
from petitions.search import lexicon
from petitions.search.lexicon import Lexicon
from petitions.search.models import SearchWords

MOST = 2_000


def words_in_force(session: Session) -> Lexicon:
    """The program's words without those the office dropped, and the office's own.

    The office's few lines are read at every search and what was built of the same lines is kept: every process sees a change at its
    next search, and no index is touched.
    """
    known = (SearchWords.forms, SearchWords.drops)
    rows = session.execute(select(*known).where(SearchWords.withdrawn_at.is_(None)).order_by(SearchWords.id).limit(MOST))
    return _lexicon(tuple((forms, drops) for forms, drops in rows))


@lru_cache(maxsize=4)
def _lexicon(rows: tuple[tuple[str, bool], ...]) -> Lexicon:
    dropped = {lexicon.key_of(lexicon.forms_of(forms)) for forms, drops in rows if drops}
    kept = [line.forms for line in lexicon.lines() if lexicon.key_of(line.forms) not in dropped]
    return Lexicon([*kept, *(lexicon.forms_of(forms) for forms, drops in rows if not drops)])


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
