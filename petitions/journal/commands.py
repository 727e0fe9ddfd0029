"""`petitions journal verify`."""

import sys

import click

from petitions.core import db
from petitions.core.office import Office
from petitions.core.words import say
from petitions.journal import queries


@click.group()
def journal() -> None:
    """Nhật ký: kiểm tra chuỗi."""


@journal.command()
@click.pass_obj
def verify(office: Office) -> None:
    """Check every link of the chain; names the first broken one and ends with status 1."""
    with db.reading(office.engine) as session:
        checked, broken = queries.first_broken(session)
    if broken is not None:
        click.echo(str(say("Nhật ký bị sửa: mục số {id} không khớp với mục trước hoặc với chính nó.", id=broken)), err=True)
        sys.exit(1)
    click.echo(str(say("Nhật ký nguyên vẹn: đã kiểm {n} mục.", n=checked)))
