"""`petitions oversight split FILE`."""

import json as codec
from pathlib import Path

import click

from petitions.agencies import queries as agencies
from petitions.core import clock, db
from petitions.core.dates import format_day
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.core.words import say, say_n
from petitions.council import queries as council
from petitions.oversight.actions import terms as terms_actions
from petitions.oversight.captions import DUE_KINDS, RHYTHMS
from petitions.oversight.extraction import text_of
from petitions.oversight.schemas import plain_proposal
from petitions.oversight.splitting.document import Split
from petitions.oversight.splitting.document import split as split_text
from petitions.oversight.splitting.proposals import Proposal
from petitions.workdays import queries as workdays


@click.group()
def oversight() -> None:
    """Giám sát: tách kết luận, nghị quyết thành từng kiến nghị."""


@oversight.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.pass_obj
def split(office: Office, file: Path, as_json: bool) -> None:
    """Tách văn bản FILE (.txt, .docx, .pdf): mỗi việc một kiến nghị, kèm cơ quan, thời hạn, câu gốc. Không ghi gì."""
    with file.open("rb") as source:
        text = text_of(office.settings.data_dir, source, file.name)
    with db.reading(office.engine) as session:
        directory, calendar = agencies.directory(session), workdays.calendar(session)
    found = split_text(text, directory, workdays=calendar.add)
    if as_json:
        click.echo(codec.dumps({"recommendations": [plain_proposal(one) for one in found.proposals]}, ensure_ascii=False))
    else:
        _tell(found)


def _tell(found: Split) -> None:
    click.echo(str(say_n("{n} kiến nghị", "{n} kiến nghị", len(found.proposals))))
    for one in found.proposals:
        click.echo(f"\n[{one.clause}] {one.text}")
        click.echo(f"  {say('Chủ trì')}: {', '.join(name.name for name in one.lead) or say('chưa rõ')}")
        if one.together:
            click.echo(f"  {say('Phối hợp')}: {', '.join(name.name for name in one.together)}")
        click.echo(f"  {say('Thời hạn')}: {_when(one)}")


def _when(one: Proposal) -> str:
    words = [str(DUE_KINDS[one.due_kind]), format_day(one.due_on) if one.due_on else "", str(RHYTHMS[one.rhythm]) if one.rhythm else ""]
    return ", ".join(word for word in words if word)


@oversight.command("carry-over")
@click.argument("old", metavar="OLD", type=click.IntRange(1, 99))
@click.argument("new", metavar="NEW", type=click.IntRange(1, 99))
@click.option("--body", default="HD", help="Mã cơ quan dân cử.")
@click.pass_obj
def carry_over(office: Office, old: int, new: int, body: str) -> None:
    """Chuyển kiến nghị chưa kết thúc của khóa OLD sang khóa NEW; hạn vẫn chạy, việc đã kết thúc ở lại. Chạy lại không đổi gì."""
    with db.transaction(office.engine) as session:
        terms = {term.number: term.id for term in council.terms(session, council.body_by_code(session, body).id)}
        if old not in terms or new not in terms:
            raise NotFound(say("Không có khóa này."))
        moved = terms_actions.carry_over(session, terms[old], terms[new], by=SYSTEM, now=clock.now(), today=clock.today())
    click.echo(str(say_n("Đã chuyển {n} kiến nghị.", "Đã chuyển {n} kiến nghị.", moved)))
