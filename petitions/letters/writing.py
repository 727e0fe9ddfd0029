"""How days, counts and lists are written in a letter (decree 30/2020: two digits for days below 10 and for the months 1 and 2). Pure."""

import re
from collections.abc import Sequence
from datetime import date

# What XML 1.0 cannot hold, and the marks that docxtpl would take for page and paragraph breaks.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
BLANK = "\u00a0"


def day_words(day: date) -> str:
    """ngày 05 tháng 02 năm 2026; ngày 10 tháng 3 năm 2026."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def open_day(year: int) -> str:
    """The day that is still to be written by hand: ngày … tháng … năm 2026."""
    return f"ngày {BLANK * 6} tháng {BLANK * 6} năm {year}"


def count_words(n: int) -> str:
    """A count in a letter: below ten with a nought before it."""
    return f"{n:02}"


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text, without blanks around and without empty ones."""
    return tuple(one.strip() for one in printable(text).split("\n") if one.strip())


def printable(text: str) -> str:
    """The text without what a document cannot hold; line ends as \\n."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def without_ends(found: Sequence[str]) -> tuple[str, ...]:
    """List lines without their own dash before and ; or . after: the template writes those. "./." and abbreviations of two letters stay."""
    return tuple(_bare(one) for one in found)


def _bare(text: str) -> str:
    bare = re.sub(r"^[-–+•]\s*", "", text).rstrip()
    return bare.rstrip(";.").rstrip() or bare
