"""Words for people: messages are written in Vietnamese and turned into the reader's language when they are shown.

A catalogue per part lies in `petitions/translations/en/*.po` (msgid Vietnamese, msgstr English); they are read once, when first
needed, so there is no build step. Not Flask-Babel: commands, jobs and letters speak too, and know no request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("vi", "en")
CATALOGUES = Path(__file__).parent.parent / "translations"
_language: ContextVar[str] = ContextVar("language", default="vi")


def language() -> str:
    """The reader's language: "vi" or "en"."""
    return _language.get()


@contextmanager
def using_language(code: str) -> Iterator[None]:
    """Speak `code` within the block; an unknown code speaks Vietnamese."""
    token = _language.set(code if code in LANGUAGES else "vi")
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(code: str) -> NullTranslations:
    merged = Translations()
    for path in sorted((CATALOGUES / code).glob("*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=code)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged


def translate(text: str) -> str:
    """`text` (Vietnamese) in the reader's language."""
    return text if language() == "vi" else _catalogue(language()).gettext(text)


def translate_n(one: str, many: str, n: int) -> str:
    """The form for `n` things, in the reader's language."""
    if language() == "vi":
        return one if n == 1 else many
    return _catalogue(language()).ngettext(one, many, n)


class Message:
    """A sentence that waits for its reader: `str(message)` gives it in the language of that moment."""

    __slots__ = ("many", "n", "params", "text")

    def __init__(self, text: str, params: dict[str, Any], many: str | None = None, n: int = 0) -> None:
        self.text, self.params, self.many, self.n = text, params, many, n

    def __str__(self) -> str:
        form = translate(self.text) if self.many is None else translate_n(self.text, self.many, self.n)
        return form.format(**self.params)

    def __repr__(self) -> str:
        return f"Message({self.text!r}, {self.params!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self.params, self.n) == (other.text, other.params, other.n)

    def __hash__(self) -> int:
        return hash((self.text, self.n))


def say(text: str, **params: Any) -> Message:
    """A lazy message; `params` fill its {places}."""
    return Message(text, params)


def say_n(one: str, many: str, n: int, **params: Any) -> Message:
    """A lazy message about `n` things; {n} is filled in."""
    return Message(one, {"n": n, **params}, many, n)
