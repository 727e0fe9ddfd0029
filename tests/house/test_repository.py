"""Rules for what is tracked: nothing of one machine, locks that can be trusted, a package that forgets nothing."""

import json
import re
from configparser import ConfigParser
from pathlib import PurePath

import pytest

from tests.house.source import PACKAGE, ROOT, here, tracked

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock", "requirements-node.lock"]
# Split, so that this file does not name what it forbids.
MACHINE = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w+/", "/op" + "t/pypi", "/tm" + "p/plan"]))
REGISTRY = re.compile("|".join(["py" + r"pi\.org", "pythonho" + r"sted\.org", "registry\\.npm" + "js", "registry\\.yarn" + "pkg"]))


def config() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


@pytest.mark.parametrize("what", [MACHINE, REGISTRY], ids=["a path of one machine", "a registry"])
def test_no_tracked_file_names(what: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{here(path, number)} {match.group()}" for number, line in enumerate(lines, 1) if (match := what.search(line))]
    assert found == []


def test_nothing_made_is_tracked() -> None:
    made = ("node_modules/", "var/", ".venv/", "petitions/web/static/vendor/")
    assert [here(path) for path in tracked() if here(path).startswith(made) or path.suffix in {".pyc", ".mo", ".sqlite"}] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_digest_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[a-z])", text) if re.match(r"[a-z]", entry)]
    assert entries
    assert [entry.split("\n")[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_tests_lock_holds_the_offices_lock() -> None:
    pinned = [set(re.findall(r"^[a-z][^ ]*==[^ ]+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)) for lock in LOCKS[:2]]
    assert pinned[0] <= pinned[1]


def test_the_assets_lock_has_digests_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "://" not in text
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert packages["node_modules/htmx.org"]["version"].startswith("2."), "htmx 4 is another program"


def test_the_wheel_holds_every_room() -> None:
    listed = set(config()["options"]["packages"].split())
    rooms = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")}
    assert listed == rooms | {"petitions.templates", "petitions.migrations", "petitions.migrations.versions"}


def test_the_wheel_holds_every_data_file() -> None:
    patterns = config()["options.package_data"]["petitions"].split()
    data = [path.relative_to(PACKAGE) for path in tracked() if path.is_relative_to(PACKAGE) and path.suffix != ".py"]
    assert [str(path) for path in data if not any(_matches(path, pattern) for pattern in patterns)] == []


def test_the_readme_documents_every_setting() -> None:
    read = set(re.findall(r'"((?:PETITIONS_\w+)|HOST|PORT)"', (PACKAGE / "settings.py").read_text(encoding="utf-8")))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(name for name in read if f"`{name}`" not in readme) == []


def _matches(path: PurePath, pattern: str) -> bool:
    if pattern.endswith("/**/*"):
        return path.is_relative_to(pattern.removesuffix("/**/*"))
    return path.match(pattern.removeprefix("**/"))
