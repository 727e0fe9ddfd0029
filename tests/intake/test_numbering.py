"""Codes: their form, and that two savers never get the same, on both engines, with real threads."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from petitions.core import db
from petitions.intake import numbering
from petitions.intake.actions import entry
from petitions.intake.models import Petition, PetitionCounter
from tests.make import intake as make

SAVERS, EACH = 4, 5


def test_the_code_says_body_term_constituency_and_number() -> None:
    assert numbering.code(body="HD", term=16, constituency=20, number=123) == "HD16-20-00123"
    assert numbering.code(body="QH", term=15, constituency=0, number=7) == "QH15-00-00007"


@settings(max_examples=50)
@given(st.integers(0, 99), st.integers(1, 99999), st.integers(0, 99), st.integers(1, 99999))
def test_different_numbers_make_different_codes(a: int, m: int, b: int, n: int) -> None:
    one, other = (numbering.code(body="HD", term=16, constituency=c, number=k) for c, k in ((a, m), (b, n)))
    assert (one == other) == ((a, m) == (b, n))


def test_concurrent_savers_get_numbers_without_gap_or_twin(own_engine: Engine) -> None:
    with db.transaction(own_engine) as session:
        place = make.world(session)

    def save(_n: int) -> list[str]:
        codes = []
        for _ in range(EACH):
            with db.transaction(own_engine) as session:
                codes.append(entry.save_draft(session, make.values(place), by=place.clerk, now=make.NOW, key=make.KEY).code)
        return codes

    with ThreadPoolExecutor(SAVERS) as pool:
        codes = [code for done in pool.map(save, range(SAVERS)) for code in done]
    assert sorted(codes) == [f"HD16-20-{n:05}" for n in range(1, SAVERS * EACH + 1)]


def test_a_double_click_on_two_threads_makes_one_petition(own_engine: Engine) -> None:
    with db.transaction(own_engine) as session:
        place = make.world(session)

    def click(_n: int) -> str:
        with db.transaction(own_engine) as session:
            return entry.save_draft(session, make.values(place), by=place.clerk, now=make.NOW, key=make.KEY, form_token="bấm hai lần").code

    with ThreadPoolExecutor(2) as pool:
        codes = set(pool.map(click, range(2)))
    with db.reading(own_engine) as session:
        assert list(session.scalars(select(Petition.code))) == list(codes)


def test_a_rolled_back_save_gives_its_number_back(own_engine: Engine) -> None:
    with db.transaction(own_engine) as session:
        place = make.world(session)
    try:
        with db.transaction(own_engine) as session:
            entry.save_draft(session, make.values(place), by=place.clerk, now=make.NOW, key=make.KEY)
            raise InterruptedError
    except InterruptedError:
        pass
    with db.transaction(own_engine) as session:
        assert entry.save_draft(session, make.values(place), by=place.clerk, now=make.NOW, key=make.KEY).code == "HD16-20-00001"
        assert session.scalars(select(PetitionCounter.last)).all() == [1]
