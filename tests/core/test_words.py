"""Messages wait for their reader."""

from petitions.core.identity import SYSTEM, spoken
from petitions.core.words import language, say, say_n, using_language


def test_a_message_speaks_the_language_of_the_moment_it_is_shown() -> None:
    message = say("Bạn không có quyền làm việc này.")
    assert str(message) == "Bạn không có quyền làm việc này."
    with using_language("en"):
        assert str(message) == "You may not do this."
    assert language() == "vi"


def test_an_unknown_language_speaks_vietnamese() -> None:
    with using_language("fr"):
        assert language() == "vi"


def test_places_are_filled_and_a_text_without_translation_stays() -> None:
    with using_language("en"):
        assert str(say("Chữ chưa dịch {n}", n=3)) == "Chữ chưa dịch 3"
        assert str(say_n("{n} chữ lạ", "{n} chữ lạ", 2)) == "2 chữ lạ"


def test_messages_compare_by_what_they_say() -> None:
    assert say("a {n}", n=1) == say("a {n}", n=1)
    assert say("a {n}", n=1) != say("a {n}", n=2)
    assert len({say("a"), say("a")}) == 1


def test_the_system_is_named_in_the_readers_language_and_people_as_they_are() -> None:
    assert spoken(SYSTEM.name) == "Hệ thống"
    with using_language("en"):
        assert spoken(SYSTEM.name) == "The system"
        assert spoken("Trần Thị Chuyên") == "Trần Thị Chuyên"
