"""Changing the office's own words. Every change is in the journal and holds from the next search on."""

from datetime import datetime

from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, Invalid, WrongState
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.journal import actions as journal
from petitions.search import lexicon, queries
from petitions.search.models import SearchWords

SUBJECT = "search_words"
MOST_FORMS, LONGEST_FORM = 8, 10  # forms of a line, syllables of a form


def add_words(session: Session, *, forms: str, source: str, by: Identity, now: datetime) -> SearchWords:
    """Add a line of forms that mean the same ("GPMB = giải phóng mặt bằng"), with its source. Conflict when it is there already."""
    written = lexicon.forms_typed(forms)
    if len(written) < 2:
        raise Invalid({"forms": [say("Cần ít nhất hai cách viết, cách nhau bằng dấu = hoặc dấu ;")]})
    if len(written) > MOST_FORMS or any(len(lexicon.form_of(form).words) > LONGEST_FORM for form in written):
        raise Invalid({"forms": [say("Mỗi dòng tối đa {forms} cách viết, mỗi cách viết tối đa {n} tiếng.", forms=MOST_FORMS, n=LONGEST_FORM)]})
    key = lexicon.key_of(written)
    rows = queries.living(session)
    dropped = {lexicon.key_of(lexicon.forms_of(row.forms)) for row in rows if row.drops}
    known = [lexicon.forms_of(row.forms) for row in rows if not row.drops] + [one.forms for one in lexicon.lines() if lexicon.key_of(one.forms) not in dropped]
    if any(key <= lexicon.key_of(line) for line in known):
        raise Conflict(say("Đã có dòng với các cách viết này."))
    return _write(session, lexicon.SEPARATOR.join(written), source, drops=False, by=by, now=now)


def drop_words(session: Session, *, forms: str, reason: str, by: Identity, now: datetime) -> SearchWords:
    """Leave out a line of the program's own from now on."""
    key = lexicon.key_of(lexicon.forms_of(forms))
    shipped = next((one for one in lexicon.lines() if lexicon.key_of(one.forms) == key), None)
    if shipped is None:
        raise Conflict(say("Chương trình không có dòng từ này."))
    if any(row.drops and lexicon.key_of(lexicon.forms_of(row.forms)) == key for row in queries.living(session)):
        raise WrongState(say("Dòng này đã được bỏ."))
    return _write(session, lexicon.SEPARATOR.join(shipped.forms), reason, drops=True, by=by, now=now)


def _write(session: Session, forms: str, source: str, *, drops: bool, by: Identity, now: datetime) -> SearchWords:
    row = SearchWords(forms=forms, source=source, drops=drops, added_at=now, added_by_name=by.name)
    session.add(row)
    session.flush()
    act = "search.words_drop" if drops else "search.words_add"
    journal.record(session, act, (SUBJECT, row.id), by=by, now=now, changes={"forms": (None, forms), "source": (None, source)})
    return row


def withdraw_words(session: Session, number: int, *, by: Identity, now: datetime) -> SearchWords:
    """Withdraw a line: an own one is no longer searched along, a dropped one of the program's is again."""
    row = queries.line(session, number)
    if row.withdrawn_at is not None:
        raise WrongState(say("Dòng này đã được rút."))
    row.withdrawn_at, row.withdrawn_by_name = now, by.name
    journal.record(session, "search.words_withdraw", (SUBJECT, row.id), by=by, now=now, changes={"forms": (row.forms, None)})
    return row
