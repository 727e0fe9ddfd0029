"""The way of a duty, from bundle to closing, and what each refusal says."""

from sqlalchemy.orm import Session

from tests.make import duties as make

AT = {"now": make.NOW, "today": make.TODAY}


def test_a_duty_goes_all_the_way(session: Session) -> None:
    place = make.world(session)
    for state in (
        "return_asked",
        "returned",
        "rerouted",
        "acknowledged",
        "under_review",
        "reasked",
        "in_progress",
        "explained",
        "resolved",
        "closed",
        "recalled",
    ):
        assert make.duty(session, place, state=state).state == state
