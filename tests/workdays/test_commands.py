"""`petitions workdays`: the contract to the letter."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from petitions.core import db
from petitions.core.office import Office
from petitions.workdays.commands import workdays
from tests.make import workdays as make


@pytest.fixture
def run(office: Office) -> Any:
    """Run the group on an office that has the calendar."""
    with db.transaction(office.engine) as session:
        make.seed(session)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(workdays, list(arguments), obj=office)

    return call


def test_add_prints_the_date_alone_first(run: Any) -> None:
    done = run("add", "2024-04-25", "4")
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert lines[0] == "2024-05-04"
    assert lines[1] == "Bỏ qua:"
    assert "  Thứ Hai, 29/04/2024: Nghỉ hoán đổi với ngày 04/05/2024" in lines
    assert lines[-2:] == ["Tính thêm:", "  Thứ Bảy, 04/05/2024: Làm bù cho ngày 29/04/2024"]
    assert done.stderr == ""


def test_add_as_json_has_these_keys_and_no_other(run: Any) -> None:
    done = json.loads(run("add", "25/04/2024", "4", "--json").stdout)
    assert list(done) == ["from", "days", "result", "skipped", "added"]
    assert (done["from"], done["days"], done["result"]) == ("2024-04-25", 4, "2024-05-04")
    assert done["skipped"][0] == {"date": "2024-04-27", "reason": "Nghỉ cuối tuần"}
    assert [day["date"] for day in done["skipped"]] == ["2024-04-27", "2024-04-28", "2024-04-29", "2024-04-30", "2024-05-01"]
    assert done["added"] == [{"date": "2024-05-04", "reason": "Làm bù cho ngày 29/04/2024"}]


@pytest.mark.parametrize(("n", "result"), [("-15", "2026-01-20"), ("-7", "2026-01-30"), ("-3", "2026-02-05"), ("15", "2026-03-10"), ("0", "2026-02-10")])
def test_add_counts_back_when_negative(run: Any, n: str, result: str) -> None:
    assert run("add", "2026-02-10", n).stdout.splitlines()[0] == result
    assert json.loads(run("add", "--json", "2026-02-10", n).stdout)["days"] == int(n)


def test_a_year_that_was_not_announced_is_said_beside_the_answer(run: Any) -> None:
    done = run("add", "2026-12-28", "10", "--json")
    assert json.loads(done.stdout)["result"] == "2027-01-12"
    assert "2027" in done.stderr


@pytest.mark.parametrize("arguments", [("hôm nay", "4"), ("2024-02-30", "4"), ("2024-04-25", "bốn"), ("2024-04-25",), ("2024-04-25", "99999999")])
def test_wrong_use_ends_with_two(run: Any, arguments: tuple[str, ...]) -> None:
    done = run("add", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""


def test_list_tells_the_year(run: Any) -> None:
    lines = run("list", "2026").stdout.splitlines()
    assert lines[1] == "2026-01-02  Thứ Sáu  Ngày nghỉ: Nghỉ hoán đổi với ngày 10/01/2026"
    assert lines[2] == "2026-01-10  Thứ Bảy  Ngày làm bù: Làm bù cho ngày 02/01/2026"
    assert len(lines) == 17
    told = json.loads(run("list", "2027", "--json").stdout)
    assert told["announced"] is False
    assert len(told["days"]) == 15
    assert "2027" in run("list", "2027").stderr
