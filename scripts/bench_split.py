"""Splitting against judged documents: one JSON line a document, one for all. An agency counts by the register's name, a deadline by its ISO date,
or by its kind where it has none. DIR holds NAME.txt beside NAME.json ([{"clause", "lead", "with", "due_kind", "due_on", "rhythm", "key"}]; `key`: words of
the demand). FILE: one recommendation a line as the press printed it ({"text", "agency", "deadline", "date"}). By hand, never as a timed test."""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the package beside the scripts, installed or not

import petitions.agencies.reference
import petitions.areas.reference
from petitions.agencies import queries as agencies
from petitions.agencies.directory import Directory
from petitions.core import clock, db, migrate
from petitions.core.dates import parse_loose
from petitions.core.identity import SYSTEM
from petitions.oversight.splitting import dues
from petitions.oversight.splitting.document import Split, split
from petitions.oversight.splitting.mentions import Register
from petitions.oversight.splitting.proposals import Proposal

FOUND, MISSED, WRONG = "found", "missed", "wrong"
WHAT = ("clauses", "agencies", "agencies_said", "deadlines", "rhythms")
Tally = dict[str, Counter[str]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conclusions", type=Path)
    parser.add_argument("--supervision", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--wrong", action="store_true", help="say on standard error what is missed or wrong")
    given = parser.parse_args()
    directory = build()
    if given.conclusions:
        conclusions(given.conclusions, directory, given.rounds, given.wrong)
    if given.supervision:
        supervision(given.supervision, directory, given.wrong)


def build() -> Directory:
    """The shipped register."""
    with tempfile.TemporaryDirectory() as folder:
        engine = db.make_engine(f"sqlite:///{folder}/bench.sqlite")
        migrate.upgrade(engine)
        with db.transaction(engine) as session:
            petitions.areas.reference.load(session, by=SYSTEM, now=clock.now())
            petitions.agencies.reference.load(session, by=SYSTEM, now=clock.now())
        with db.reading(engine) as session:
            made = agencies.directory(session)
        engine.dispose()
    return made


def empty() -> Tally:
    """Nothing counted."""
    return {what: Counter() for what in WHAT}


def conclusions(folder: Path, directory: Directory, rounds: int, aloud: bool) -> None:
    """Whole documents."""
    whole, took = empty(), []
    for judged in sorted(folder.glob("*.json")):
        text = judged.with_suffix(".txt").read_text("utf-8")
        seconds = []
        for _ in range(rounds):
            start = perf_counter()
            found = split(text, directory)
            seconds.append(perf_counter() - start)
        tally = compare(json.loads(judged.read_text("utf-8")), found, directory, judged.stem if aloud else "")
        tell(judged.stem, len(found.proposals), tally, seconds)
        took += seconds
        for what in WHAT:
            whole[what] += tally[what]
    tell("all", sum(whole["clauses"].values()), whole, took)


def compare(expected: Sequence[dict[str, Any]], found: Split, directory: Directory, aloud: str) -> Tally:
    """What of `expected` was found, missed, or is otherwise; proposals that nothing expects are wrong clauses."""
    register, tally, left = Register(directory, found.heading.dated_on), empty(), list(found.proposals)
    for one in expected:
        fitting = [proposal for proposal in left if one["key"].casefold() in proposal.source.casefold()]
        if not fitting:
            count(tally, "clauses", MISSED, aloud, one["clause"], one["key"])
            tally["agencies"][MISSED] += len(one["lead"]) + len(one["with"])
            tally["deadlines"][MISSED] += 1
            continue
        got = min(fitting, key=lambda proposal: (proposal.clause != one["clause"], len(proposal.source)))
        left.remove(got)
        count(tally, "clauses", FOUND if got.clause == one["clause"] else WRONG, aloud, one["clause"], got.clause)
        for role, names in (("lead", got.lead), ("with", got.together)):
            sets(tally, {name for words in one[role] for name in named(register, words)}, {name.name.casefold() for name in names}, aloud, got)
        right = (got.due_kind, got.due_on.isoformat() if got.due_on else None) == (one["due_kind"], one["due_on"])
        count(tally, "deadlines", FOUND if right else MISSED if got.due_kind == dues.NONE else WRONG, aloud, got.clause, f"{got.due_kind} {got.due_on}")
        if one.get("rhythm") or got.rhythm:
            count(tally, "rhythms", FOUND if got.rhythm == one.get("rhythm") else WRONG if got.rhythm else MISSED, aloud, got.clause, str(got.rhythm))
    for extra in left:
        count(tally, "clauses", WRONG, aloud, extra.clause, extra.text[:80])
    return tally


def sets(tally: Tally, expected: set[str], got: set[str], aloud: str, of: Proposal) -> None:
    """Names on both sides."""
    for outcome, names in ((FOUND, expected & got), (MISSED, expected - got), (WRONG, got - expected)):
        for name in sorted(names):
            count(tally, "agencies", outcome, aloud, of.clause, name)


def named(register: Register, words: str) -> list[str]:
    """The register's names of the agencies in `words`; the words where it knows none."""
    listed = register.listed(words, 0)
    return [one.name.casefold() for one in listed] or [words.casefold()]


def count(tally: Tally, what: str, outcome: str, aloud: str, *words: str) -> None:
    """Add one; say it when asked."""
    tally[what][outcome] += 1
    if aloud and outcome != FOUND:
        print(aloud, what, outcome, *words, file=sys.stderr)


def supervision(file: Path, directory: Directory, aloud: bool) -> None:
    """Single recommendations as the press printed them: whom the text itself names, by when; `agencies_said`: only those named."""
    tally, seconds, rows = empty(), [], 0
    for row in (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()):
        rows += 1
        day = parse_loose(row["date"]) if row.get("date") else None
        issued = day.first if day else None
        start = perf_counter()
        found = split(row["text"], directory, issued=issued)
        seconds.append(perf_counter() - start)
        register, name = Register(directory, issued), row["id"] if aloud else ""
        expected = {one for words in row["agency"].split(";") if words.strip() for one in named(register, words.strip())}
        got = {one.name.casefold() for proposal in found.proposals for one in (*proposal.lead, *proposal.together)}
        count(tally, "clauses", FOUND if found.proposals else MISSED, name, row["text"][:100])
        for outcome, names in ((FOUND, expected & got), (MISSED, expected - got), (WRONG, got - expected)):
            for one in sorted(names):
                count(tally, "agencies", outcome, name, one)
        said = {one.name.casefold() for place in re.finditer(r"(?<!\w)\w", row["text"]) for one in register.listed(row["text"], place.start())}
        tally["agencies_said"] += Counter({FOUND: len(expected & got), MISSED: len((expected & said) - got), WRONG: len(got - expected)})
        deadlines(tally, row, found, issued, name)
    tell("supervision", rows, tally, seconds)


def deadlines(tally: Tally, row: dict[str, Any], found: Split, issued: Any, aloud: str) -> None:
    """The deadline as the record words it, against what was found; rows whose record names no date, quarter or session are left out."""
    expected = dues.find("trước " + row["deadline"], issued) or dues.find(row["deadline"], issued) if row["deadline"] else None
    if expected is None:
        return
    got = {(proposal.due_kind, proposal.due_on) for proposal in found.proposals if proposal.due_kind not in (dues.NONE, dues.CONTINUOUS)}
    count(tally, "deadlines", FOUND if (expected.kind, expected.on) in got else WRONG if got else MISSED, aloud, row["deadline"], str(got))


def tell(case: str, size: int, tally: Tally, seconds: Iterable[float]) -> None:
    """Print a line."""
    ordered = sorted(seconds)
    p50, p95 = (round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2) for share in (0.5, 0.95))
    counts = {what: {outcome: tally[what][outcome] for outcome in (FOUND, MISSED, WRONG)} for what in WHAT}
    print(json.dumps({"bench": "split", "case": case, "engine": "memory", "size": size, "p50_ms": p50, "p95_ms": p95, **counts}, ensure_ascii=False))


if __name__ == "__main__":
    main()
