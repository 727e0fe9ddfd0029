"""`petitions accounts …`: passwords come from standard input, refusals are sentences and status 1."""

import re
from typing import Any

import pytest
from click.testing import CliRunner

from petitions.accounts import commands, passwords, queries, signing
from petitions.accounts.models import User
from petitions.cli import cli
from petitions.core import clock, db
from petitions.core.office import Office
from tests.conftest import BOTH
from tests.make import accounts as make

pytestmark = pytest.mark.parametrize("office", BOTH, indirect=True)


def run(office: Office, *words: str, typed: str = "") -> Any:
    return CliRunner().invoke(cli, ["accounts", *words], obj=office, input=typed)


def read(office: Office, username: str) -> User:
    with db.reading(office.engine) as session:
        found = queries.by_username(session, username)
        assert found is not None
        session.expunge_all()
        return found


def test_an_account_is_made_with_a_password_from_standard_input(office: Office) -> None:
    done = run(office, "create", "An.Ntm", "--name", "Nguyễn Thị Minh An", "--role", "clerk", "--role", "lead", typed=make.PASSWORD + "\n")
    assert done.exit_code == 0, done.output
    made = read(office, "an.ntm")
    assert passwords.verify(made.password_hash, make.PASSWORD)
    assert made.must_change
    assert make.PASSWORD not in done.output
    with db.reading(office.engine) as session:
        assert [role.code for role in queries.roles_of(session, [made.id])[made.id]] == ["clerk", "lead"]


def test_a_drawn_password_is_printed_once(office: Office) -> None:
    done = run(office, "create", "binh", "--name", "Bình", "--role", "clerk", "--draw", "--keep")
    assert done.exit_code == 0, done.output
    found = re.search(r": (\S+)$", done.output.strip())
    assert found
    assert passwords.verify(read(office, "binh").password_hash, found.group(1))
    assert not read(office, "binh").must_change


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        (["create", "an", "--name", "An", "--role", "king"], make.PASSWORD, "Không có vai trò"),
        (["create", "tên dấu", "--name", "An", "--role", "clerk"], make.PASSWORD, "chữ thường không dấu"),
        (["create", "an", "--name", "An", "--role", "clerk"], "ngan", "ít nhất 8 ký tự"),
        (["create", "an", "--name", "An", "--role", "clerk", "--scope", "planet:1"], make.PASSWORD, "Phạm vi"),
        (["reset-password", "khong-ai"], make.PASSWORD, "Không có tài khoản"),
        (["unlock", "khong-ai"], "", "Không có tài khoản"),
    ],
)
def test_refusals_are_sentences(office: Office, words: list[str], typed: str, says: str) -> None:
    done = run(office, *words, typed=typed + "\n")
    assert done.exit_code == 1
    assert says in done.output
    assert "Traceback" not in done.output


def test_wrong_use_is_status_two(office: Office) -> None:
    assert run(office, "create", "an").exit_code == 2


def test_resetting_ends_sessions_and_unlocks(office: Office) -> None:
    made = make.stored(office.engine, username="cuc")
    with db.transaction(office.engine) as session:
        user = queries.user(session, made.id)
        signing.count_try(session, {commands._key(office, user): 1}, user_id=user.id, now=clock.now())
    assert "tạm khoá" in run(office, "list", "--words", "cuc").output
    done = run(office, "reset-password", "CUC", typed="Mật-khẩu-mới-2\n")
    assert done.exit_code == 0, done.output
    assert passwords.verify(read(office, "cuc").password_hash, "Mật-khẩu-mới-2")
    assert "đang dùng" in run(office, "list", "--words", "cuc").output
    assert run(office, "unlock", "cuc").exit_code == 0
