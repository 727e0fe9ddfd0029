"""`petitions documents verify | read`."""

import sys

import click

from petitions.core.office import Office
from petitions.core.words import say
from petitions.documents import worker
from petitions.documents.checking import differences


@click.group()
def documents() -> None:
    """Tài liệu: đối chiếu kho tệp, đọc nội dung."""


@documents.command()
@click.pass_obj
def verify(office: Office) -> None:
    """Compare the store with the database: what is missing, what has changed; ends with status 1 when something differs."""
    found = differences(office)
    for line in found.lines():
        click.echo(str(line), err=True)
    click.echo(str(say("Đã đối chiếu {n} tệp; {extra} tệp trong kho không thuộc tài liệu nào.", n=found.checked, extra=found.orphans)))
    if found.missing or found.changed:
        sys.exit(1)


@documents.command()
@click.pass_obj
def read(office: Office) -> None:
    """Read the text of everything that waits, here and now."""
    done = 0
    while worker.work(office):
        done += 1
    click.echo(str(say("Đã đọc {n} tệp.", n=done)))
