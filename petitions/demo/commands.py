"""`petitions demo load`."""

import click

from petitions.core import clock, db
from petitions.core.office import Office
from petitions.core.words import say
from petitions.demo import loading


@click.group()
def demo() -> None:
    """Văn phòng mẫu: kiến nghị và tài khoản để thử."""


@demo.command()
@click.option("--if-empty", is_flag=True, help="Không làm gì nếu cơ sở dữ liệu đã có kiến nghị.")
@click.pass_obj
def load(office: Office, if_empty: bool) -> None:
    """Nạp văn phòng mẫu (ngày 20/01/2026) vào cơ sở dữ liệu trống; in mật khẩu của các tài khoản mẫu nếu vừa đặt."""
    with db.reading(office.engine) as session:
        filled = loading.has_petitions(session)
    if filled and if_empty:
        loading.renew_password(office)
        click.echo(str(say("Cơ sở dữ liệu đã có kiến nghị, không nạp thêm.")))
        return
    held = clock.held()
    clock.hold(loading.DAY)
    try:
        loaded = loading.load(office)
    finally:
        clock.hold(held)
    click.echo(str(say("Văn phòng mẫu: {n} kiến nghị, tài khoản {names}.", n=loaded.petitions, names=", ".join(loaded.accounts))))
    if loaded.password:
        click.echo(str(say("Mật khẩu của các tài khoản mẫu: {password}", password=loaded.password)))
