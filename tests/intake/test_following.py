"""A petition follows its duties: the state that they give it, through the port and by nobody's hand; who sees it then; what the search finds."""

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core import db
from petitions.core.errors import Conflict
from petitions.core.identity import SYSTEM, Identity
from petitions.duties import hearing, subjects
from petitions.duties import reference as law
from petitions.duties import workflow as duty
from petitions.duties.actions import answering, bundles, closing, judging, letters, proving, receiving
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.bundles import BundleValues, Line
from petitions.duties.actions.judging import Verdict
from petitions.duties.actions.letters import LetterValues
from petitions.duties.models.duty import Duty
from petitions.intake.following.states import OF_DUTY, Standing, derived
from petitions.intake.following.subject import PetitionSubject
from petitions.intake.indexing import Petitions
from petitions.intake.listing import lines
from petitions.intake.models import Petition
from petitions.intake.queries.detail import detail
from petitions.intake.queries.listing import listed, seen
from petitions.intake.queries.lists import lists
from petitions.intake.queries.places import atlas
from petitions.intake.queries.reading import visible
from petitions.intake.queries.verdicts import state_words
from petitions.intake.workflow import FOLLOWED, FOLLOWING, STATES
from petitions.journal.queries import timeline
from tests.make import agencies, workdays
from tests.make import intake as make

ENDED = ("rerouted", "recalled")


def standing(*states: str, part: str = "lead") -> list[Standing]:
    return [Standing(part, state) for state in states]


@pytest.mark.parametrize("state", sorted(OF_DUTY))
def test_each_state_of_the_lead_gives_one_state(state: str) -> None:
    assert derived("classified", standing(state), bundled=False) == OF_DUTY[state]


def test_every_state_of_a_duty_has_an_answer() -> None:
    assert set(OF_DUTY) | {"returned", "countersigned", *ENDED} == set(duty.STATES)


def test_the_slowest_lead_speaks_and_partners_do_not() -> None:
    assert derived("transferred", standing("resolved", "acknowledged"), bundled=False) == "transferred"
    assert derived("transferred", [*standing("resolved"), *standing("sent", part="with")], bundled=False) == "resolved"
    assert derived("transferred", standing("rerouted", "sent"), bundled=False) == "transferred"


def test_what_came_back_says_so_until_it_is_classified_or_sent_anew() -> None:
    assert derived("transferred", standing("returned"), bundled=False) == "returned"
    assert derived("classified", standing("returned"), bundled=False) == "classified"
    assert derived("returned", standing("returned"), bundled=True) == "consolidated"
    assert derived("consolidated", standing("returned", "sent"), bundled=False) == "transferred"
    assert derived("transferred", standing("recalled"), bundled=True) == "consolidated"
    assert derived("consolidated", [], bundled=False) == "classified"
    assert derived("deferred", [], bundled=False) == "deferred"


@given(current=st.sampled_from(sorted(STATES)), states=st.lists(st.sampled_from(sorted(duty.STATES)), max_size=4), bundled=st.booleans())
@settings(max_examples=100)
def test_the_rule_is_total_settles_at_once_and_leaves_others_alone(current: str, states: list[str], bundled: bool) -> None:
    found = derived(current, standing(*states), bundled=bundled)
    assert found in STATES
    assert derived(found, standing(*states), bundled=bundled) == found
    if current not in FOLLOWED:
        assert found == current


def test_the_table_of_followed_moves_covers_the_usual_way() -> None:
    way = ["classified", "consolidated", "transferred", "answered", "in_progress", "resolved", "closed", "answered"]
    for before, after in pairwise(way):
        assert before in FOLLOWING[f"follow_{after}"].sources, (before, after)
    for move, state in product(FOLLOWING.moves, ("draft", "registered", "diverted")):
        assert state not in move.sources


class Way:
    """A petition, an agency, and the people who bring the one to the other."""

    def __init__(self, session: Session) -> None:
        self.session = session
        subjects.register(PetitionSubject())
        hearing.introduce()
        workdays.seed(session)
        law.load(session, by=SYSTEM, now=make.NOW)
        self.place = make.world(session)
        self.agency = agencies.agency(session, name="Sở Xây dựng")
        self.other = agencies.agency(session, name="Sở Y tế")
        session.flush()
        self.standing = make.person(session, self.place, "standing")
        self.officer = self.officer_of(self.agency)
        self.petition = make.petition(session, self.place, state="classified")
        self.at = {"now": make.NOW, "today": make.TODAY}

    def officer_of(self, agency: Agency) -> Identity:
        return make.person(self.session, self.place, "agency", scopes={"agency": [agency.id]})

    def send(self) -> Duty:
        values = BundleValues(self.place.body.id, "Chuyển kiến nghị", level="city", recipient_kind="direct")
        made = bundles.draft_bundle(self.session, values, [Line("petition", self.petition.id, self.agency.id)], by=self.place.clerk, now=make.NOW)
        bundles.submit(self.session, made.id, by=self.place.clerk, now=make.NOW)
        assert self.petition.state == "consolidated"
        bundles.approve(self.session, made.id, by=self.place.lead, now=make.NOW)
        letter = letters.issue(self.session, made.id, LetterValues("1", make.TODAY, "Ký Mẫu"), by=self.standing, **self.at)
        letters.send_now(self.session, letter.id, by=self.standing, now=make.NOW)
        return self.session.query(Duty).filter_by(letter_id=letter.id).one()

    def said(self) -> list[str]:
        """Its state in words: on its own page, in the list, on a hit of the search."""
        session, ground = self.session, {"atlas": atlas(self.session), "lists": lists(self.session)}
        session.flush()
        page = detail(session, self.petition.code, self.place.clerk)
        [line] = lines(listed(session, [Petition.id == self.petition.id], sort="newest", number=1, total=1).rows, **ground, diverted=False)
        hit = Petitions().captions(session, [self.petition.id])[self.petition.id]
        return [str(state_words(page.petition.state, page.verdict)), str(line.state), str(hit.state_label)]


@pytest.fixture
def way(session: Session) -> Way:
    return Way(session)


def test_the_whole_way_from_bundle_to_closing_and_back(way: Way) -> None:
    session, petition, clerk, lead = way.session, way.petition, way.place.clerk, way.place.lead
    owed = way.send()
    assert petition.state == "transferred"
    receiving.acknowledge(session, owed.id, received_on=make.TODAY, by=way.officer, **way.at)
    said = Proposal(owed.id, "resolved", "carried_out", "Đã thay nắp cống đường 179.")
    answering.file_answer(session, LetterIn("77/SXD", make.TODAY), [said], by=way.officer, **way.at)
    assert petition.state == "answered"
    proving.add_evidence(session, owed.id, dated_on=make.TODAY, note="đã xem", by=clerk, **way.at)
    judging.judge(session, owed.id, Verdict("complete", "resolved"), by=lead, **way.at)
    assert petition.state == "resolved"
    closing.close(session, owed.id, by=way.standing, **way.at)
    assert petition.state == "closed"
    assert way.said() == ["Đã đóng · đã giải quyết"] * 3
    closing.reopen(session, owed.id, reason="Lại ngập", by=way.standing, **way.at)
    assert petition.state == "answered"
    db.finish(session)
    acts = [entry.act for entry in timeline(session, ("petition", petition.id))]
    assert acts.count("petition.follow") == 6
    [document] = Petitions().load(session, [petition.id])
    assert "Đã thay nắp cống" in document.texts["answer"]
    assert str(way.agency.id) in document.filters["agency"]


def test_a_petition_closed_on_an_explanation_says_that_it_was_only_explained(way: Way) -> None:
    session, lead = way.session, way.place.lead
    owed = way.send()
    receiving.acknowledge(session, owed.id, received_on=make.TODAY, by=way.officer, **way.at)
    said = Proposal(owed.id, "resolved", "carried_out", "Đã xong.")
    answering.file_answer(session, LetterIn("78/SXD", make.TODAY), [said], by=way.officer, **way.at)
    judging.judge(session, owed.id, Verdict("complete", "explained"), by=lead, **way.at)
    assert way.said() == ["Đã giải trình, cung cấp thông tin"] * 3
    closing.close(session, owed.id, by=way.standing, **way.at)
    assert way.said() == ["Đã đóng · chỉ giải trình"] * 3


def test_an_agency_sees_what_it_owes_and_others_do_not(way: Way) -> None:
    ids = [way.petition.id]
    assert seen(way.session, ids, [visible(way.officer)]) == []
    way.send()
    assert seen(way.session, ids, [visible(way.officer)]) == ids
    assert seen(way.session, ids, [visible(way.officer_of(way.other))]) == []


def test_a_returned_petition_says_so_and_can_be_classified_anew(way: Way) -> None:
    owed = way.send()
    receiving.ask_return(way.session, owed.id, reason="không đúng thẩm quyền", asked_on=make.TODAY, by=way.officer, **way.at)
    assert way.petition.state == "transferred"
    receiving.decide_return(way.session, owed.id, accept=True, decision="đồng ý", by=way.standing, **way.at)
    assert way.petition.state == "returned"
    new = receiving.reroute(way.session, owed.id, agency_id=way.other.id, reason="đúng nơi", on=make.TODAY, by=way.standing, **way.at)
    assert (way.petition.state, new.agency_id) == ("transferred", way.other.id)


def test_a_letter_recalled_before_it_leaves_gives_the_petition_back(way: Way) -> None:
    values = BundleValues(way.place.body.id, "Chuyển", level="city", recipient_kind="direct")
    made = bundles.draft_bundle(way.session, values, [Line("petition", way.petition.id, way.agency.id)], by=way.place.clerk, now=make.NOW)
    bundles.submit(way.session, made.id, by=way.place.clerk, now=make.NOW)
    bundles.approve(way.session, made.id, by=way.place.lead, now=make.NOW)
    letter = letters.issue(way.session, made.id, LetterValues("2", make.TODAY, "Ký Mẫu"), by=way.standing, **way.at)
    letters.recall(way.session, letter.id, reason="nhầm", by=way.standing, now=make.NOW)
    assert way.petition.state == "consolidated"
    bundles.cancel(way.session, made.id, reason="soạn lại", by=way.place.clerk, now=make.NOW)
    assert way.petition.state == "classified"


def test_what_is_not_classified_is_not_sent(way: Way) -> None:
    fresh = make.petition(way.session, way.place, state="registered")
    found = PetitionSubject().check(way.session, [fresh.id, way.petition.id])
    assert list(found) == [fresh.id]


def test_an_objection_is_a_new_petition_that_waits_and_the_old_one_stays(way: Way) -> None:
    owed = way.send()
    answering.file_answer(way.session, LetterIn("78/SXD", make.TODAY), [Proposal(owed.id, "explained", None, "vì sao")], by=way.officer, **way.at)
    judging.judge(way.session, owed.id, Verdict("complete", "explained"), by=way.place.lead, **way.at)
    made = closing.object_to(way.session, owed.id, text="Trả lời không đúng thực tế", raised_on=make.TODAY, by=way.place.clerk, **way.at)
    new = way.session.get_one(Petition, made.subject_id)
    assert (new.state, new.submitted_at is not None, new.unit_id) == ("draft", True, way.petition.unit_id)
    assert way.petition.state == "explained"


def test_one_petition_is_not_sent_twice_to_one_agency(way: Way) -> None:
    way.send()
    way.petition.state = "classified"
    with pytest.raises(Conflict):
        values = BundleValues(way.place.body.id, "Lần nữa", level="city", recipient_kind="direct")
        bundles.draft_bundle(way.session, values, [Line("petition", way.petition.id, way.agency.id)], by=way.place.clerk, now=make.NOW)
