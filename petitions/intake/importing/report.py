"""What an import has to tell, as JSON for the batch's row and back into words: gathered remarks, refused rows, old → new of updates.

Messages are kept as text and parameters, so that each reader reads them in his own language. Nothing of petitioners is in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from petitions.core.words import Message
from petitions.intake.differences import Piece, marked
from petitions.intake.importing.columns import Header
from petitions.intake.importing.plan import Planned, Tally, errors_of
from petitions.intake.importing.remarks import Gathered, Remark, Weight, gather

GROUPS_MOST, ERRORS_MOST, UPDATES_MOST, ROWS_MOST = 300, 1_000, 200, 200
SHOWN_MOST, AROUND = 300, 80


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why one row is not in."""

    row: int | None
    column: str | None
    message: Message


@dataclass(frozen=True, slots=True)
class Updated:
    """One petition that changes: field, old, new, each side in pieces that say whether they differ."""

    row: int
    changes: tuple[tuple[Message, Sequence[Piece], Sequence[Piece]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a page or a terminal shows of an import."""

    remarks: tuple[Gathered, ...] = ()
    errors: tuple[Refusal, ...] = ()
    updates: tuple[Updated, ...] = ()
    refused: Message | None = None


def of(tally: Tally, said: Iterable[Remark], header: Header) -> dict[str, Any]:
    """The report of a tally, with what was `said` while reading, as JSON."""
    other = [remark for remark in (*said, *tally.remarks) if remark.weight != Weight.ERROR]
    return {
        "remarks": [_group(group) for group in gather(other)[:GROUPS_MOST]],
        "errors": [_error(remark) for remark in errors_of(tally.remarks, header)[:ERRORS_MOST]],
        "updates": [_update(planned) for planned in tally.updates[:UPDATES_MOST]],
    }


def of_refusal(message: Message) -> dict[str, Any]:
    """The report of a file that could not be read."""
    return {"refused": _words(message)}


def with_late(report: Mapping[str, Any], errors: Sequence[Remark]) -> dict[str, Any]:
    """The report with errors that only the real run met."""
    known = {(error["row"], error["text"]) for error in report.get("errors", [])}
    late = [entry for entry in map(_error, errors) if (entry["row"], entry["text"]) not in known]
    return {**report, "errors": [*report.get("errors", []), *late][:ERRORS_MOST]}


def read(report: Mapping[str, Any]) -> Report:
    """The report of a batch, from JSON."""
    return Report(
        tuple(Gathered(Weight(group["weight"]), _message(group), group["column"], tuple(group["rows"])) for group in report.get("remarks", [])),
        tuple(Refusal(error["row"], error["column"], _message(error)) for error in report.get("errors", [])),
        tuple(
            Updated(update["row"], tuple((_message(change), *marked(change["old"], change["new"])) for change in update["changes"]))
            for update in report.get("updates", [])
        ),
        _message(report["refused"]) if report.get("refused") else None,
    )


def _group(group: Gathered) -> dict[str, Any]:
    return {**_words(group.message), "weight": group.weight.value, "column": group.column, "rows": list(group.rows[:ROWS_MOST])}


def _error(remark: Remark) -> dict[str, Any]:
    return {**_words(remark.message), "row": remark.row, "column": remark.column}


def _update(planned: Planned) -> dict[str, Any]:
    changes = []
    for change in planned.changes:
        old, new = excerpt(change.old, change.new)
        changes.append({**_words(change.label), "old": old, "new": new})
    return {"row": planned.candidate.number, "changes": changes}


def excerpt(old: str, new: str) -> tuple[str, str]:
    """Both texts from a little before their first difference on, cut to what a table can show."""
    same = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    start = 0 if same <= AROUND else old.rfind(" ", 0, same - AROUND) + 1
    lead = "… " if start else ""
    return tuple(lead + side[start : start + SHOWN_MOST] + (" …" if len(side) > start + SHOWN_MOST else "") for side in (old, new))  # type: ignore[return-value]


def _words(message: Message) -> dict[str, Any]:
    return {"text": message.text, "params": {name: value if isinstance(value, int | float) else str(value) for name, value in message.params.items()}}


def _message(entry: Mapping[str, Any]) -> Message:
    return Message(entry["text"], dict(entry["params"]))
