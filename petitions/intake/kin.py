"""Former and later names of places and agencies, for the search: typing the ward of 2022 also looks for its successors, and the reverse.

A name with its kind ("phường Phúc La", "quận Hà Đông") means the place, so what lies there under other names is as good; a bare name
("Phúc La") may be a street or a person, so the other names only follow. What was looked for is shown and can be switched off.
"""

from threading import Lock

from petitions.agencies.directory import Directory
from petitions.areas.gazetteer import Gazetteer
from petitions.core.words import Message, say
from petitions.intake.lists import Lists
from petitions.search.lexicon import Lexicon

PLACE, AGENCY, FIELD = say("địa bàn"), say("cơ quan"), say("lĩnh vực")
FEWEST_SYLLABLES = 2  # of a bare name
_lock = Lock()
_kept: list[tuple[Gazetteer, Directory, Lexicon]] = []


def lexicon(gazetteer: Gazetteer, directory: Directory) -> Lexicon:
    """Every name with the others; built once per edition of places and agencies."""
    with _lock:
        for known, agencies, words in _kept:
            if known is gazetteer and agencies is directory:
                return words
    words = Lexicon(())
    _units(words, gazetteer)
    _districts(words, gazetteer)
    _agencies(words, directory)
    with _lock:
        _kept[:] = [(gazetteer, directory, words), *_kept[:1]]
    return words


def names(gazetteer: Gazetteer, directory: Directory, lists: Lists) -> list[tuple[str, Message]]:
    """All names of places, agencies and fields: they may be offered while somebody types, for they are nobody's secret."""
    places = [(place.label, PLACE) for place in (*gazetteer.units.values(), *gazetteer.districts.values())]
    agencies = [(entry.name, AGENCY) for entry in directory.agencies.values() if entry.unit_id is None and entry.district_id is None]
    return list(dict.fromkeys([*places, *agencies, *((node.name, FIELD) for node in lists.fields.values())]))


def _units(words: Lexicon, gazetteer: Gazetteer) -> None:
    for number, unit in gazetteer.units.items():
        related = sorted((gazetteer.units[other] for other in gazetteer.related(number)), key=lambda other: (other.valid_to is not None, other.name, other.id))
        others = [label for label in dict.fromkeys(other.label for other in related) if label != unit.label]
        if others:
            for name in (unit.label, *unit.aliases):
                words.lead(name, others)
            if len(unit.name.split()) >= FEWEST_SYLLABLES:
                words.lead(unit.name, others, loose=True)


def _districts(words: Lexicon, gazetteer: Gazetteer) -> None:
    """Units that still live name no district: a district's name stands for those on its ground."""
    living = [unit for unit in gazetteer.units.values() if unit.valid_to is None and unit.district_id is None]
    for number, district in gazetteer.districts.items():
        others = sorted({unit.label for unit in living if gazetteer.touches(unit.id, number)})
        if others:
            for name in (district.label, *district.aliases):
                words.lead(name, others)
            if len(district.name.split()) >= FEWEST_SYLLABLES:
                words.lead(district.name, others, loose=True)


def _agencies(words: Lexicon, directory: Directory) -> None:
    for number, entry in directory.agencies.items():
        if entry.unit_id is not None or entry.district_id is not None:
            continue  # a People's Committee: its place has the names
        related = [directory.agencies[other] for other in sorted(directory.lineage(number)) if other != number]
        for name in entry.names:
            others = [other for other in (*entry.names, *(one.name for one in related)) if other != name]
            if others:
                words.lead(name, others)
