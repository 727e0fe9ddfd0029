"""Every sentence that a person can read is written in Vietnamese and has an English text; no text is left over."""

import ast
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, TemplateSyntaxError
from jinja2.ext import extract_from_ast

from tests.house.source import PACKAGE, calls, here, python_files, templates

CATALOGUES = PACKAGE / "translations" / "en"
ONE = {"say", "translate"}
MANY = {"say_n", "translate_n"}
Key = str | tuple[str, str]


def in_code() -> Iterator[tuple[Key, str]]:
    """What Python code says: the text (for a plural: both forms) and where."""
    for path in python_files():
        for call, name, _ in calls(path):
            texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
            if name in ONE and texts:
                yield texts[0], here(path, call.lineno)
            elif name in MANY and len(texts) >= 2:
                yield (texts[0], texts[1]), here(path, call.lineno)


def in_templates() -> Iterator[tuple[Key, str]]:
    """What templates say."""
    environment = Environment(autoescape=True)
    for path in templates():
        try:
            parsed = environment.parse(path.read_text(encoding="utf-8"), filename=str(path))
        except TemplateSyntaxError:
            continue  # test_templates tells of it
        for line, name, texts in extract_from_ast(parsed, gettext_functions=("_", "gettext", "ngettext"), babel_style=False):
            words = [text for text in texts or () if isinstance(text, str)]
            yield (words[0], words[1]) if name == "ngettext" else words[0], here(path, line)


@cache
def said() -> dict[Key, list[str]]:
    """Every text, with the places that say it."""
    places: dict[Key, list[str]] = defaultdict(list)
    for key, place in [*in_code(), *in_templates()]:
        places[key].append(place)
    return dict(places)


@cache
def catalogues() -> dict[Path, Catalog]:
    """The English texts, by file."""
    found = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as source:
            found[path] = read_po(source, locale="en", abort_invalid=True)
    return found


def written() -> Iterator[tuple[Path, Key, tuple[str, ...], bool]]:
    """Every entry of every catalogue: file, text, English forms, whether it is marked as doubtful."""
    for path, catalogue in catalogues().items():
        for message in catalogue:
            if message.id:
                forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                key = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
                yield path, key, forms, message.fuzzy


def places_in(text: str) -> set[str]:
    """The {places} of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_text_has_an_english_one() -> None:
    english = {key for _, key, forms, _ in written() if all(forms)}
    missing = [f"{places[0]}  {key!r}" for key, places in said().items() if key not in english]
    assert not missing, f"{len(missing)} texts without an English one in petitions/translations/en:\n" + "\n".join(sorted(missing))


def test_no_text_is_left_over() -> None:
    left = [f"{here(path)}  {key!r}" for path, key, _, _ in written() if key not in said()]
    assert not left, "nobody says these any more:\n" + "\n".join(left)


def test_no_text_is_doubtful_or_empty() -> None:
    assert [f"{here(path)}  {key!r}" for path, key, forms, fuzzy in written() if fuzzy or not all(forms)] == []


def test_both_languages_fill_the_same_places() -> None:
    wrong = []
    for path, key, forms, _ in written():
        originals = [key] if isinstance(key, str) else list(key)
        wanted = set().union(*(places_in(text) for text in originals))
        wrong += [f"{here(path)}  {key!r}: {form!r}" for form in forms if places_in(form) - wanted or (isinstance(key, str) and places_in(form) != wanted)]
    assert wrong == []


def test_a_text_means_the_same_everywhere() -> None:
    """Catalogues are merged: two English texts of one Vietnamese text would hide each other."""
    texts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for _, key, forms, _ in written():
        texts[key if isinstance(key, str) else key[0]].add(forms)
    assert {text: forms for text, forms in texts.items() if len(forms) > 1} == {}


def test_catalogues_count_in_english() -> None:
    assert {here(path): catalogue.num_plurals for path, catalogue in catalogues().items() if catalogue.num_plurals != 2} == {}
