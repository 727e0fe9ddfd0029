"""`petitions areas resolve`: where the words are, on a day."""

import json as codec

import click

from petitions.areas import queries
from petitions.areas.resolver import resolve as find
from petitions.core import db
from petitions.core.dates import parse_day
from petitions.core.office import Office
from petitions.core.words import say


@click.group()
def areas() -> None:
    """Địa bàn: tra đơn vị hành chính."""


@areas.command()
@click.argument("words")
@click.option("--on", "day", default=None, help="Ngày, ví dụ 20/01/2026; bỏ trống: mọi thời kỳ.")
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.pass_obj
def resolve(office: Office, words: str, day: str | None, as_json: bool) -> None:
    """Say which unit WORDS mean. Ends with status 0 whatever the outcome."""
    on = parse_day(day) if day else None
    if day and on is None:
        raise click.BadParameter(str(say("Hãy ghi ngày theo dạng 20/01/2026.")), param_hint="--on")
    with db.reading(office.engine) as session:
        gazetteer = queries.gazetteer(session)
    found = find(gazetteer, words, on)
    if as_json:
        labels = [{"label": one.label, "why": str(one.why), "unit_id": one.unit_id, "district_id": one.district_id} for one in found.candidates]
        fields = {"outcome": found.outcome, "how": found.how, "said": str(found.said), "unit_id": found.unit_id, "district_id": found.district_id}
        click.echo(codec.dumps({**fields, "candidates": labels}, ensure_ascii=False))
        return
    click.echo(str(found.said))
    for candidate in found.candidates:
        click.echo(f"  – {candidate.label}: {candidate.why}")
