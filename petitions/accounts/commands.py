"""`petitions accounts`: create, reset-password, list, unlock. Passwords come from a prompt or standard input, never from the command line."""

import sys
from collections import defaultdict

import click
from sqlalchemy.orm import Session

from petitions.accounts import actions, brakes, captions, passwords, queries
from petitions.accounts.models import SCOPE_KINDS, User
from petitions.accounts.schemas import NewAccount
from petitions.core import clock, db
from petitions.core.errors import Invalid, NotFound
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.core.words import say
from petitions.web.forms import read_form


@click.group()
def accounts() -> None:
    """Tài khoản: tạo, đặt lại mật khẩu, xem, mở khoá."""


@accounts.command()
@click.argument("username")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--role", "roles", multiple=True, required=True, help="Mã vai trò, ví dụ clerk; có thể lặp lại.")
@click.option("--scope", "scopes", multiple=True, help="Phạm vi dạng loại:số, ví dụ body:1; có thể lặp lại.")
@click.option("--email", help="Địa chỉ nhận thông báo.")
@click.option("--draw", is_flag=True, help="Tạo mật khẩu ngẫu nhiên và in ra một lần.")
@click.option("--keep", is_flag=True, help="Không buộc đổi mật khẩu ở lần đăng nhập đầu.")
@click.pass_obj
def create(office: Office, username: str, name: str, roles: tuple[str, ...], scopes: tuple[str, ...], email: str | None, draw: bool, keep: bool) -> None:
    """Make an account. The first password is asked for (or read from standard input); it must be changed at the first sign-in."""
    values = read_form(NewAccount, {"username": username, "name": name, "email": email, "roles": list(roles)})
    values["scopes"] = _scopes(scopes)
    first, made = _first_password(draw, values["username"])
    with db.transaction(office.engine) as session:
        actions.create_user(session, **values, password_hash=made, must_change=not keep, by=SYSTEM, now=clock.now())
    click.echo(str(say("Đã tạo tài khoản «{username}».", username=values["username"])))
    if draw:
        click.echo(str(say("Mật khẩu lần đầu: {password}", password=first)))


@accounts.command("reset-password")
@click.argument("username")
@click.option("--draw", is_flag=True, help="Tạo mật khẩu ngẫu nhiên và in ra một lần.")
@click.option("--keep", is_flag=True, help="Không buộc đổi mật khẩu ở lần đăng nhập tới.")
@click.pass_obj
def reset_password(office: Office, username: str, draw: bool, keep: bool) -> None:
    """Give an account a new first password; its devices are signed out and its wrong tries forgotten."""
    with db.reading(office.engine) as session:
        name = _user(session, username).username
    first, made = _first_password(draw, name)
    with db.transaction(office.engine) as session:
        user, now = _user(session, username), clock.now()
        actions.set_password(session, user, password_hash=made, must_change=not keep, by=SYSTEM, now=now)
        actions.unlock(session, user, key=_key(office, user), by=SYSTEM, now=now)
    click.echo(str(say("Đã đặt lại mật khẩu của «{username}»; mọi thiết bị của người này đã đăng xuất.", username=name)))
    if draw:
        click.echo(str(say("Mật khẩu lần đầu: {password}", password=first)))


@accounts.command("list")
@click.option("--words", default="", help="Một phần tên đăng nhập hoặc họ tên.")
@click.pass_obj
def listing(office: Office, words: str) -> None:
    """The accounts: user name, state, roles, name."""
    with db.reading(office.engine) as session:
        number, pages = 1, 1
        while number <= pages:
            found = queries.users(session, words=words, number=number)
            roles = queries.roles_of(session, [user.id for user in found.rows])
            closed = queries.locked(session, {_key(office, user) for user in found.rows}, clock.now())
            for user in found.rows:
                state = say("đã ngừng") if not user.active else say("tạm khoá") if _key(office, user) in closed else say("đang dùng")
                click.echo(f"{user.username:<20} {state!s:<10} {', '.join(captions.role(role) for role in roles[user.id])}  {user.name}")
            number, pages = number + 1, found.pages


@accounts.command()
@click.argument("username")
@click.pass_obj
def unlock(office: Office, username: str) -> None:
    """Forget the wrong tries of a user name."""
    with db.transaction(office.engine) as session:
        user = _user(session, username)
        actions.unlock(session, user, key=_key(office, user), by=SYSTEM, now=clock.now())
    click.echo(str(say("Đã mở khoá đăng nhập cho «{username}».", username=user.username)))


def _first_password(draw: bool, username: str) -> tuple[str, str]:
    if draw:
        first = passwords.draw()
    elif sys.stdin.isatty():
        first = click.prompt(str(say("Mật khẩu")), hide_input=True, confirmation_prompt=str(say("Nhập lại mật khẩu")))
    else:
        first = sys.stdin.readline().rstrip("\r\n")
    weak = passwords.weaknesses(first, username=username)
    if weak:
        raise Invalid({"password": weak})
    return first, passwords.make_hash(first)


def _scopes(given: tuple[str, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for text in given:
        kind, _, number = text.partition(":")
        if kind not in SCOPE_KINDS or not number.isdigit():
            raise Invalid({"scopes": [say("Phạm vi «{written}» không đọc được: ghi dạng loại:số, ví dụ body:1.", written=text)]})
        found[kind].append(int(number))
    return found


def _user(session: Session, username: str) -> User:
    user = queries.by_username(session, username)
    if user is None:
        raise NotFound(say("Không có tài khoản «{username}».", username=username))
    return user


def _key(office: Office, user: User) -> str:
    return brakes.key_of("name", user.username, office.settings.secret_key)
