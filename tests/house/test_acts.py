"""Every act that the code notes in the journal is told as a sentence: no reader meets its code."""

import ast
import re
from collections.abc import Iterator

from petitions import ports
from petitions.duties.bundling import BUNDLING
from petitions.duties.urging.workflow import URGINGS
from petitions.duties.workflow import WORKFLOW as DUTIES
from petitions.intake.chronicle import LOADED
from petitions.intake.workflow import WORKFLOW as PETITIONS
from petitions.journal import words
from petitions.letters.workflow import MOVES as LETTERS
from petitions.oversight.workflow import WORKFLOW as RECOMMENDATIONS
from tests.house.source import calls, here, python_files, tree

ACT = re.compile(r"[a-z_]+\.[a-z_]*[a-z]")
FAMILIES = {"bundle": BUNDLING, "urging": URGINGS, "duty": DUTIES, "petition": PETITIONS, "letter": LETTERS, "recommendation": RECOMMENDATIONS}
EDITED = ("body", "constituency", "council_session", "delegate", "term")  # what council.actions.versions.edit notes
# How an act ends: the place of its name among the arguments, its family.
ENDS = {
    "settle": (2, "duty"),
    "step": (3, "recommendation"),
    "_end": (3, "publication"),
    "_finish": (2, "urging"),
}


def literals(node: ast.AST) -> Iterator[str]:
    """The words that look like an act, wherever they stand below `node`."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and ACT.fullmatch(one.value):
            yield one.value


def noted() -> Iterator[tuple[str, str]]:
    """(where, act): what stands in a call of `record`, in the function around one that computes its act, and in `act=…` of any call."""
    for path in python_files():
        for call, name, _ in calls(path):
            if name == "record" and len(call.args) > 1:
                yield from ((here(path, call.lineno), act) for act in literals(call.args[1]))
            place, family = ENDS.get(name, (0, ""))
            if family and len(call.args) > place and isinstance(called := call.args[place], ast.Constant) and isinstance(called.value, str):
                yield here(path, call.lineno), f"{family}.{called.value}"
            for given in call.keywords:
                if given.arg == "act":
                    yield from ((here(path, call.lineno), act) for act in literals(given.value))
        for function in ast.walk(tree(path)):
            if isinstance(function, ast.FunctionDef) and any(_computes(node) for node in ast.walk(function)):
                assigned = (node.value for node in ast.walk(function) if isinstance(node, ast.Assign))
                defaults = [one for one in (*function.args.defaults, *function.args.kw_defaults) if one is not None]
                yield from ((here(path, function.lineno), act) for node in (*assigned, *defaults) for act in literals(node))


def _computes(node: ast.AST) -> bool:
    named = isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "record" and len(node.args) > 1
    return named and isinstance(node.args[1], ast.Name)  # type: ignore[attr-defined]


def moved() -> Iterator[tuple[str, str]]:
    """(room, act) of every move in the tables of the rooms whose records are named by the move."""
    yield from (("council", f"council.edit_{one}") for one in EDITED)
    for family, flow in FAMILIES.items():
        yield from ((family, f"{family}.{move.name}") for move in flow.moves)


def test_every_act_is_told_as_a_sentence() -> None:
    ports.introduce()
    acts = [*noted(), *moved()]
    assert len({act for _, act in acts}) > 100
    raw = {act: where for where, act in acts if words.told(act, "A").params.get("what") == act}
    assert raw == {}, "acts that readers would see as codes"


def test_what_was_loaded_is_told_apart_and_subjects_have_labels() -> None:
    ports.introduce()
    loaded = [*LOADED, "oversight.reference"]
    assert len({str(words.told(act, "…")) for act in loaded}) == len(loaded), "choices of the journal's filter that look alike"
    kinds = {"body", "committee_fields", "council_session", "delegate", "document", "import_batch", "search_words", "term", "urging"}
    assert kinds <= set(words.kinds())
