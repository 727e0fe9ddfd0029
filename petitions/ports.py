"""What rooms hand to one another without knowing each other: the factory introduces them here, once.

Accounts asks what a person can stand for; the council's pages show how many petitions a constituency has; search asks for petitions.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions import upkeep
from petitions.accounts import scopes
from petitions.accounts.scopes import Choice
from petitions.agencies import queries as agencies
from petitions.areas import ports as areas_ports
from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.council import ports as council_ports
from petitions.council import queries as council
from petitions.duties import files, hearing, recalculation, subjects
from petitions.duties.urging import owner as urging_letters
from petitions.duties.urging import telling as urging_telling
from petitions.intake import attachments, beside, chronicle
from petitions.intake.filters import Filters
from petitions.intake.following import breakdowns as following
from petitions.intake.following import committees
from petitions.intake.following.subject import PetitionSubject
from petitions.intake.indexing import Petitions, units_changed
from petitions.intake.models import Petition
from petitions.intake.queries.reading import visible
from petitions.letters import files as letter_files
from petitions.oversight import candidacy
from petitions.oversight import chronicle as oversight_chronicle
from petitions.oversight import files as oversight_files
from petitions.oversight import hearing as oversight_hearing
from petitions.oversight.indexing import Activities, Recommendations
from petitions.oversight.indexing import Documents as IssuedDocuments
from petitions.oversight.subject import RecommendationSubject
from petitions.search import sources
from petitions.workdays import impact

Named = Callable[[Session], Mapping[int, str]]


def introduce() -> None:
    """Register every port. May be done more than once in a process."""
    sources.register(Petitions())
    sources.register(Recommendations())
    sources.register(IssuedDocuments())
    sources.register(Activities())
    attachments.register()
    chronicle.register(oversight_chronicle.told, fields=[oversight_chronicle.FIELDS], subjects=oversight_chronicle.SUBJECTS)
    areas_ports.follow_with(units_changed)
    subjects.register(PetitionSubject())
    subjects.register(RecommendationSubject())
    oversight_files.register()
    beside.register(beside.Beside("oversight", say("Kiến nghị sau giám sát"), "gavel", Permission.OVERSIGHT_READ, "/oversight/petitions/{code}"))
    files.register()
    letter_files.register()
    urging_letters.register()
    urging_telling.introduce()
    hearing.introduce()
    oversight_hearing.introduce()
    candidacy.introduce()
    committees.introduce()
    following.introduce()
    for kind, named in SCOPES.items():
        scopes.register(kind, partial(_choices, named), partial(_captions, named))
    upkeep.register()
    impact.register(recalculation.IMPACT)
    council_ports.count_with(council_ports.Counter("petitions", say("Kiến nghị"), petitions_of))


def petitions_of(session: Session, who: Identity, constituency_ids: Sequence[int]) -> Mapping[int, council_ports.Count]:
    """How many petitions of each constituency `who` may see, and where they are listed."""
    own = Petition.constituency_id
    rows = session.execute(select(own, func.count()).where(own.in_(constituency_ids), visible(who)).group_by(own))
    return {number: council_ports.Count(n, "/petitions?" + Filters(constituency=number).query()) for number, n in rows if number is not None}


def _bodies(session: Session) -> Mapping[int, str]:
    return {row.id: row.name for row in council.bodies(session)}


def _constituencies(session: Session) -> Mapping[int, str]:
    return {number: str(label) for number, label in council.constituency_labels(session).items()}


def _committees(session: Session) -> Mapping[int, str]:
    return {row.id: row.name for row in council.committees(session)}


def _groups(session: Session) -> Mapping[int, str]:
    return {row.id: row.name for term in council.terms(session) for row in council.groups(session, term.id)}


def _agencies(session: Session) -> Mapping[int, str]:
    return {entry.id: entry.name for entry in agencies.agencies_on(session, clock.today())}


SCOPES: Mapping[str, Named] = {
    "body": _bodies,
    "constituency": _constituencies,
    "agency": _agencies,
    "committee": _committees,
    "deputy_group": _groups,
}


def _choices(named: Named, session: Session) -> Sequence[Choice]:
    return [Choice(number, label) for number, label in named(session).items()]


def _captions(named: Named, session: Session, ids: Collection[int]) -> Mapping[int, str]:
    known = named(session)
    return {number: known[number] for number in ids if number in known}
