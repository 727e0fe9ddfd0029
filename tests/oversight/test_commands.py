"""`petitions oversight split`."""

import json
from pathlib import Path

from click.testing import CliRunner

from petitions.cli import cli

DOCUMENT = Path(__file__).parent / "documents" / "bao-cao-giam-sat.txt"
KEYS = {"clause", "text", "lead", "with", "due_kind", "due_on", "rhythm", "source"}


def run(office, *words):
    return CliRunner().invoke(cli, ["oversight", "split", *words], obj=office)


def test_the_contract_as_json_and_the_same_in_words(office):
    answer = run(office, str(DOCUMENT), "--json")
    assert answer.exit_code == 0
    found = json.loads(answer.stdout)["recommendations"]
    assert len(found) == 7
    assert all(set(one) >= KEYS for one in found)
    assert found[1]["lead"] == ["Ủy ban nhân dân Thành phố Hà Nội"]
    assert "Sở Tài chính" in run(office, str(DOCUMENT)).stdout


def test_what_cannot_be_read_is_refused_in_words(office, tmp_path):
    lie = tmp_path / "lie.pdf"
    lie.write_text("chữ thường", "utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_text("\n\n", "utf-8")
    for path, status in ((lie, 1), (empty, 1), (tmp_path / "none.txt", 2)):
        answer = run(office, str(path))
        assert (answer.exit_code, "Traceback" in answer.output) == (status, False)
        assert answer.stderr.strip()
