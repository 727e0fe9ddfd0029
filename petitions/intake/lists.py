"""The office's own lists as one frozen picture: origins, channels, levels, the tree of fields, settings. Pure; cached by its version.

Words that people write are looked up here ("GPMB", "quận/huyện", "TXCT trước kỳ họp"); a word that no list knows gives None, never a guess.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from petitions.core.text import fold
from petitions.core.words import Message, language, say

FOUR_EYES = "four_eyes_intake"
DEFAULTS: Mapping[str, object] = {FOUR_EYES: True}

GROUPS: Mapping[int, Message] = {
    1: say("Cơ chế, chính sách"),
    2: say("Kinh tế – Ngân sách"),
    3: say("Văn hóa – Xã hội"),
    4: say("Tư pháp"),
    5: say("An ninh, quốc phòng và vấn đề khác"),
}
TIMING_WORDS: Mapping[str, Message] = {"before": say("Trước kỳ họp"), "after": say("Sau kỳ họp"), "both": say("Trước và sau kỳ họp")}
LEAST_SYLLABLES = 2
_SHORT_BUT_SURE = frozenset({"gpmb", "pccc", "bhyt", "bhxh", "metro"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def folded(words: str) -> str:
    """Words for comparing: no marks, lower case, one blank between syllables."""
    return _NOT_WORD.sub(" ", fold(words)).strip()


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a flat list, valid for a time."""

    code: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    active: bool = True
    channel: str | None = None
    timing: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if language() == "vi" else self.name_en

    def valid_on(self, day: date | None) -> bool:
        """Whether it may be chosen for a petition of `day`."""
        return day is None or ((self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to))


@dataclass(frozen=True, slots=True)
class FieldNode:
    """A field with its place in the tree; `path` are the ids from the root to it."""

    id: int
    code: str
    parent_id: int | None
    name: str
    name_en: str
    report_group: int
    path: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if language() == "vi" else self.name_en

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) - 1

    def valid_on(self, day: date | None) -> bool:
        """Whether it may be chosen for a petition of `day`."""
        return day is None or ((self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to))


@dataclass(frozen=True)
class Lists:
    """All lists; `fields` in the order of the tree."""

    origins: Mapping[str, Item]
    channels: Mapping[str, Item]
    levels: Mapping[str, Item]
    fields: Mapping[int, FieldNode]
    settings: Mapping[str, object]

    @property
    def four_eyes(self) -> bool:
        """Whether a draft must be accepted by another person than its enterer."""
        return bool(self.settings.get(FOUR_EYES, DEFAULTS[FOUR_EYES]))

    def descendants(self, field_id: int) -> tuple[int, ...]:
        """`field_id` and all below it; empty when there is no such field."""
        return tuple(node.id for node in self.fields.values() if field_id in node.path)

    def field_label(self, field_id: int | None) -> str:
        """The field's own name; empty when none."""
        return self.fields[field_id].label if field_id is not None and field_id in self.fields else ""

    def field_path(self, field_id: int | None) -> str:
        """Names from the root: "Đô thị › Giao thông"."""
        if field_id is None or field_id not in self.fields:
            return ""
        return " › ".join(self.fields[number].label for number in self.fields[field_id].path)

    def origin_label(self, code: str | None) -> str:
        """The origin's name; empty when none."""
        return _label(self.origins, code)

    def channel_label(self, code: str | None) -> str:
        """The channel's name; empty when none."""
        return _label(self.channels, code)

    def level_label(self, code: str | None) -> str:
        """The level's name; empty when none."""
        return _label(self.levels, code)

    def find_field(self, words: str) -> int | None:
        """The field meant by `words` (name, alias, code, with or without marks); None when unknown."""
        return self._field_words.get(folded(words)) if words.strip() else None

    def find_origin(self, words: str) -> str | None:
        """The origin meant by `words`; None when unknown."""
        return _find(self.origins.values(), words)

    def find_level(self, words: str) -> str | None:
        """The level meant by `words`; None when unknown."""
        return _find(self.levels.values(), words)

    @cached_property
    def telling_words(self) -> dict[int, list[str]]:
        """Field → the folded words that speak for it where they stand in a text: its names, but short ones that may mean anything."""
        return {node.id: _telling(node) for node in self.fields.values()}

    @cached_property
    def _field_words(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for node in self.fields.values():  # names win over aliases, roots over their children
            for word in (node.name, node.name_en, node.code):
                found.setdefault(folded(word), node.id)
        for node in self.fields.values():
            for word in node.aliases:
                found.setdefault(folded(word), node.id)
        return found


def find_timing(words: str) -> str | None:
    """before, after or both, from words such as "trước kỳ họp", "trước và sau", "before"; None when they say neither."""
    plain = folded(words).split()
    before = "truoc" in plain or "before" in plain
    after = "sau" in plain or "after" in plain
    if "both" in plain or (before and after):
        return "both"
    return "before" if before else "after" if after else None


def in_tree_order(nodes: Sequence[FieldNode], position: Mapping[int, int]) -> dict[int, FieldNode]:
    """The nodes depth first, brothers by position; `path` is filled in here."""
    children: dict[int | None, list[FieldNode]] = {}
    for node in sorted(nodes, key=lambda node: (position[node.id], node.id)):
        children.setdefault(node.parent_id, []).append(node)
    ordered: dict[int, FieldNode] = {}

    def walk(parent: int | None, path: tuple[int, ...]) -> None:
        for node in children.get(parent, []):
            here = (*path, node.id)
            ordered[node.id] = FieldNode(
                node.id, node.code, node.parent_id, node.name, node.name_en, node.report_group, here, node.aliases, node.valid_from, node.valid_to
            )
            walk(node.id, here)

    walk(None, ())
    return ordered


def _telling(node: FieldNode) -> list[str]:
    listed = [folded(word) for word in (*node.name.split(","), *node.aliases)]
    return [word for word in dict.fromkeys(listed) if len(word.split()) >= LEAST_SYLLABLES or word in _SHORT_BUT_SURE]


def _label(items: Mapping[str, Item], code: str | None) -> str:
    return items[code].label if code is not None and code in items else ""


def _find(items: Iterable[Item], words: str) -> str | None:
    plain = folded(words)
    if not plain:
        return None
    listed = list(items)
    for item in listed:
        if plain in (folded(item.name), folded(item.name_en), folded(item.code)):
            return item.code
    for item in listed:
        if any(plain == folded(alias) for alias in item.aliases):
            return item.code
    return None
