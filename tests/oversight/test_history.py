"""What a recommendation's page reads in few statements says the same as what the actions read."""

from petitions.oversight.actions import changing
from petitions.oversight.queries import attached, history, reading
from tests.make import oversight as make


def both(session, row):
    told = history.history(session, row.id)
    return history.facts(row, told, reading.owners(session, row.id)), reading.facts(session, row)


def test_the_page_and_the_actions_know_the_same_facts(session):
    place = make.world(session)
    row, other = make.recommendations(session, make.document(session, place))[:2]
    steps = (
        lambda: None,
        lambda: make.report(session, place, row, "progress", by=place.clerk),
        lambda: make.report(session, place, row),
        lambda: make.verify(session, place, row),
        lambda: make.confirm(session, place, row),
    )
    for step in steps:
        step()
        page, actions = both(session, row)
        assert page == actions
    assert both(session, other)[0] == both(session, other)[1]
    found = attached.of(session, row.id)
    assert [one.verdict for one in found.verdicts] == ["met"]
    assert (len(found.evidence), found.papers, [label for label, *_ in found.terms]) == (1, 0, [label for label, *_ in attached.of(session, other.id).terms])
    assert [one.due_on for one in found.dues] == sorted(one.due_on for one in found.dues) != []
    rhythm = {"rhythm": "monthly", "reason": "theo dõi sát hơn", "version": None, "by": place.clerk, "now": make.NOW, "today": make.TODAY}
    changing.change_rhythm(session, other.id, **rhythm)
    assert attached.of(session, other.id).dues[0].item_id is None
