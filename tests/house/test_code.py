"""Rules that every Python file of the package keeps: size, names, who commits, what an `__init__` holds, how relations load."""

import ast

from sqlalchemy.orm import configure_mappers

from petitions.core import migrate
from petitions.core.db import Base
from tests.house.source import PACKAGE, calls, here, python_files, tree

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "lib"}
DOORS = {PACKAGE / "core" / "db.py"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_no_file_is_longer_than_a_person_reads() -> None:
    lengths = {here(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{here(path, node.lineno)} {node.name}": length
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS) and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_file_is_named_after_what_it_holds() -> None:
    assert [here(path) for path in python_files() if NAMELESS & set(path.relative_to(PACKAGE).with_suffix("").parts)] == []


def test_an_init_is_a_docstring_and_nothing_else() -> None:
    inits = [path for path in python_files() if path.name == "__init__.py"]
    assert [here(path) for path in inits if len(tree(path).body) != 1 or ast.get_docstring(tree(path)) is None] == []


def test_every_module_says_what_it_is() -> None:
    assert [here(path) for path in python_files() if ast.get_docstring(tree(path)) is None] == []


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{here(path, node.lineno)} {node.name}"
        for path in python_files()
        for node in tree(path).body
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert silent == []


def test_only_the_doors_commit() -> None:
    """`core.db.transaction` commits; the index writer's commit is Whoosh's own, on files."""
    committing = [
        f"{here(path, call.lineno)} {before}.{name}()"
        for path in python_files()
        if path not in DOORS
        for call, name, before in calls(path)
        if name == "commit" and not before.endswith("writer")
    ]
    assert committing == []


def test_nobody_asks_the_machine_what_day_it_is() -> None:
    asking = [
        f"{here(path, call.lineno)} {before}.{name}()"
        for path in python_files()
        if path != PACKAGE / "core" / "clock.py"
        for call, name, before in calls(path)
        if (before.split(".")[-1], name) in {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today")}
    ]
    assert asking == []


def test_no_relation_loads_behind_the_readers_back() -> None:
    migrate.tables()
    configure_mappers()
    lazy = [
        str(relation) for mapper in Base.registry.mappers for relation in mapper.relationships if relation.lazy not in {"raise_on_sql", "raise", "write_only"}
    ]
    assert lazy == []
