"""The project's own files, read once, for the rules of the house."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "petitions"
TEMPLATES = ROOT / "templates"


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of the package."""
    return tuple(sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def templates() -> tuple[Path, ...]:
    """Every template."""
    return tuple(sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"}))


@cache
def tracked() -> tuple[Path, ...]:
    """What git holds; outside a repository (an unpacked archive) nothing."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return tuple(path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file())


def here(path: Path, line: int | None = None) -> str:
    """`petitions/core/db.py:12`, for messages."""
    return f"{path.relative_to(ROOT)}{'' if line is None else f':{line}'}"


def calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """The calls in a file: the call, its last name (`commit`), and what stands before it (`session`; empty for a plain name)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node, node.func.id, ""
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr, ast.unparse(node.func.value)
