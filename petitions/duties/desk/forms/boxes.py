"""What a form of a move is made of. One template draws them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, fields

from petitions.core.words import Message
from petitions.duties.schemas import day, number, one_of, words

DAY, AREA, TEXT, NUMBER, AGENCY, GROUP, CHOICE, CHECK = "day", "area", "text", "number", "agency", "group", "choice", "check"
DOCUMENT, FILE = "document", "file"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. `today`: a day that is today unless changed; `choices`: value → words."""

    name: str
    kind: str
    label: Message
    required: bool = False
    hint: Message | None = None
    today: bool = False
    choices: Mapping[str, Message] = field(default_factory=dict)


Act = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move's form: any of `moves` (the agency's own, or the office noting it down) opens it. `done`: what is said when it was made;
    `takes_version`: refused when somebody saved in between."""

    name: str
    moves: Sequence[str]
    label: Message
    boxes: Sequence[Box]
    act: Act
    done: Message
    takes_version: bool = False
    lead: Message | None = None

    def schema(self) -> type[Schema]:
        """The schema that reads it."""
        return Schema.from_dict({"version": number(), **{box.name: _field(box) for box in self.boxes if box.kind != FILE}})

    @property
    def takes_files(self) -> bool:
        """Whether files may come with it."""
        return any(box.kind == FILE for box in self.boxes)


def _field(box: Box) -> fields.Field[Any]:
    if box.kind == DAY:
        return day(required=box.required)
    if box.kind in (NUMBER, AGENCY, GROUP, DOCUMENT):
        return number(required=box.required)
    if box.kind == CHECK:
        return fields.Boolean(load_default=False)
    if box.kind == CHOICE:
        return one_of(box.choices, required=box.required)
    return words(required=box.required, most=300 if box.kind == TEXT else 20000)
