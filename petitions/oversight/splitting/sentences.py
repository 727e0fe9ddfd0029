"""A paragraph cut into sentences, and a sentence into the parts between semicolons; places in the text are kept. Pure."""

import re
from collections.abc import Iterator

_SHORT = re.compile(r"(?:\b(?:TP|Tp|Q|H|P|X|TX|TT|đ/c|Đ/c|v\.v|VV|ThS|TS|PGS|GS|KTS|Tr|NQ|UBND TP|HĐND TP)|\b\d{1,3}|\b[A-ZĐ])$")
_STOP = re.compile(r"[.!?…](?:[”\"»)]*)\s+(?=[\"“«(]?[A-ZĐÀ-Ỵ0-9\-–])")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; "TP. Hà Nội" and "Q. Ba Đình" end none."""
    start = 0
    for stop in _STOP.finditer(text):
        if text[stop.start()] == "." and _SHORT.search(text[start : stop.start()]) and not re.search(r"\d{4}$|/\d{1,4}$", text[start : stop.start()]):
            continue
        yield start, stop.start() + 1
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each part between semicolons outside brackets."""
    start = depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if letter == ";" and not depth:
            if text[start:place].strip():
                yield start, place
            start = place + 1
    if text[start:].strip():
        yield start, len(text)


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The same place without blanks around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
