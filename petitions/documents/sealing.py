"""What is taken out of a document's text before it is indexed: numbers that lead to a person. Pure.

Names cannot be told from names of streets; that is why a document that shows who petitions is marked so by the person who adds it,
and is not indexed at all.
"""

import re

# Phones (0912 345 678, +84 …), identity cards (9 or 12 digits), bank accounts: nine digits or more, however spaced; and mail addresses.
_NUMBERS = re.compile(r"(?<![\w/.,-])\+?\d(?:[ .\-]?\d){8,}(?![\w/])")
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def without_numbers(text: str) -> str:
    """`text` with such numbers and addresses left out."""
    return _MAIL.sub("…", _NUMBERS.sub("…", text))
