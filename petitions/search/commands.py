"""`petitions search QUERY`, `petitions search evaluate FILE`, `petitions index rebuild|verify|status`.

The command line is the operator's: it sees everything. `petitions search -- evaluate` searches for the word itself.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from petitions.core import db
from petitions.core.dates import format_day
from petitions.core.errors import Invalid, PetitionsError
from petitions.core.office import Office
from petitions.core.words import Message, say
from petitions.search import building, evaluation, feeding, finding, snippets, storage, writer
from petitions.search.finding import Asked, Findings, Row
from petitions.search.parsing import LONGEST_QUERY

MOST = 1_000
QUERY = " "  # the name of the command that searches: one that nobody types


def refuse(error: PetitionsError) -> None:
    """Say why on standard error and end with status 1."""
    reasons = [str(message) for many in error.fields.values() for message in many] if isinstance(error, Invalid) else [str(error)]
    for reason in reasons:
        click.echo(reason, err=True)
    sys.exit(1)


class Searching(click.Group):
    """A group whose words are a query, unless the first one is a subcommand. After `--` all are the query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the default command before a query."""
        own = args[:1] == ["evaluate"] and len(args) > 1
        if own or args[:1] in ([], ["--help"]):
            return super().parse_args(ctx, args)
        return super().parse_args(ctx, [QUERY, *args])


@click.group(cls=Searching, invoke_without_command=False, no_args_is_help=True, options_metavar="QUERY [OPTIONS] |")
def search() -> None:
    """Tìm kiến nghị, hoặc đo chất lượng tìm kiếm: search QUERY | search evaluate FILE."""


@search.command(QUERY, hidden=True)
@click.argument("words", nargs=-1, required=True)
@click.option("--constituency", help="Số đơn vị bầu cử của HĐND Thành phố.")
@click.option("--limit", type=click.IntRange(1, MOST), default=20, show_default=True)
@click.option("--exact-words", is_flag=True, help="Không mở rộng từ viết tắt, từ đồng nghĩa.")
@click.option("--json", "as_json", is_flag=True, help="Chỉ in JSON.")
@click.pass_obj
def query_(office: Office, words: tuple[str, ...], constituency: str | None, limit: int, exact_words: bool, as_json: bool) -> None:
    """Search and print what was found."""
    filters = {"constituency": (constituency,)} if constituency else {}
    asked = Asked(text=" ".join(words)[: LONGEST_QUERY * 2], filters=filters, limit=limit, expand=not exact_words, switches=False)
    _ready(office)
    with db.reading(office.engine) as session:
        found = finding.find(session, finding.engine_of(office), asked, None)
        if not found.results.ready:
            click.echo(str(found.results.notices[0]), err=True)
            sys.exit(1)
        if as_json:
            click.echo(json.dumps(as_object(found), ensure_ascii=False))
        else:
            _print(found)


def _ready(office: Office) -> None:
    """Bring the index up to date when nobody else does; a query goes on with what there is."""
    try:
        writer.catch_up(office, wait=0.0)
    except storage.Busy:
        return


def as_object(found: Findings) -> dict[str, Any]:
    """The contract's JSON of a search."""
    return {
        "query": found.asked.text,
        "total": found.results.total,
        "took_ms": found.results.took_ms,
        "results": [_row(row) for row in found.rows],
        "facets": {column.facet.name: [{"value": v.value, "label": v.label, "count": v.count} for v in column.values if v.count] for column in found.columns},
        "notices": [str(notice) for notice in (*found.results.notices, *found.results.hints)],
        "expanded": [{"word": said.typed, "also": list(said.others)} for said in found.results.said],
    }


def _row(row: Row) -> dict[str, Any]:
    caption = row.caption
    return {
        "code": caption.code,
        "external_id": caption.external_id,
        "score": row.hit.score,
        "summary": caption.title,
        "place": caption.place,
        "constituency": int(caption.constituency) if caption.constituency and caption.constituency.isdigit() else caption.constituency,
        "state": caption.state,
        "received_on": caption.received_on.isoformat() if caption.received_on else None,
        "snippet": snippets.plain(row.snippet),
    }


def _print(found: Findings) -> None:
    results = found.results
    for notice in (*results.notices, *results.hints):
        click.echo(str(notice))
    for said in results.said:
        click.echo(str(say("Tìm cả: {word} = {others}", word=said.typed, others=", ".join(said.others))))
    click.echo(str(say("{total} kết quả · {ms} ms", total=results.total, ms=results.took_ms)))
    for row in found.rows:
        caption = row.caption
        day = format_day(caption.received_on) if caption.received_on else ""
        facts = [caption.code or "", str(caption.state_label), caption.place, caption.constituency_label, day]
        click.echo("\n" + " · ".join(fact for fact in facts if fact))
        click.echo("  " + (snippets.plain(row.snippet) or caption.title))


@search.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Chỉ in JSON.")
@click.pass_obj
def evaluate(office: Office, file: Path, as_json: bool) -> None:
    """Measure the ranking with judged queries: nDCG@10, recall@10, MRR, p50/p95 milliseconds."""
    try:
        judged = evaluation.read(file)
    except Invalid as error:
        refuse(error)
    _ready(office)
    report = judge(office, judged)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    plain: Any = report.as_json()
    for name, figures in [(str(say("tất cả")), plain["all"]), *plain["types"].items()]:
        click.echo(f"{name:12} nDCG@10 {figures['ndcg@10']:.3f}  recall@10 {figures['recall@10']:.3f}  MRR {figures['mrr']:.3f}  n {figures['n']}")
    click.echo(f"p50 {plain['took_ms']['p50']} ms  p95 {plain['took_ms']['p95']} ms")
    if report.unknown:
        click.echo(str(say("Bỏ qua {n} mã được đánh giá mà cơ sở dữ liệu không có.", n=report.unknown)), err=True)


def judge(office: Office, judged: list[evaluation.Judged]) -> evaluation.Report:
    """Run every judged query and measure its ranking."""
    engine = finding.engine_of(office)
    report = evaluation.Report()
    with db.reading(office.engine) as session:
        held = finding.external_ids(session)
        for one in judged:
            relevant = {key: grade for key, grade in one.relevant.items() if key in held}
            report.unknown += len(one.relevant) - len(relevant)
            if not relevant:
                report.skipped += 1
                continue
            found = finding.find(session, engine, Asked(text=one.query, limit=evaluation.DEPTH * 10), None)
            ranked = [row.caption.external_id for row in found.rows if row.caption.external_id]
            report.by_type[one.kind].append(evaluation.measure(ranked, relevant))
            report.times.append(found.results.took_ms)
    return report


@click.group("index")
def index() -> None:
    """Chỉ mục tìm kiếm: dựng lại, đối chiếu, tình trạng."""


@index.command()
@click.pass_obj
def rebuild(office: Office) -> None:
    """Build the index anew beside the old one, then switch; searches go on meanwhile."""
    total = building.expected(office)
    try:
        with click.progressbar(length=total or 1, label=str(say("Dựng chỉ mục")), file=sys.stderr) as bar:
            done = building.rebuild(office, _progress(bar))
    except storage.Busy as error:
        refuse(error)
    click.echo(str(say("Đã dựng chỉ mục: {n} văn bản.", n=done)))


def _progress(bar: Any) -> Callable[[int, int | None], None]:
    def show(done: int, _total: int | None) -> None:
        bar.update(done - bar.pos)

    return show


@index.command()
@click.option("--repair", is_flag=True, help="Sửa những chỗ khác nhau.")
@click.pass_obj
def verify(office: Office, repair: bool) -> None:
    """Compare index and database: missing, stale, orphaned documents. Status 1 when they differ and are not mended."""
    try:
        differences, mended = writer.verify(office, repair=repair)
    except storage.Busy as error:
        refuse(error)
    for words, keys in (
        (say("thiếu trong chỉ mục"), differences.missing),
        (say("cũ trong chỉ mục"), differences.stale),
        (say("thừa trong chỉ mục"), differences.orphaned),
    ):
        _differences(words, keys)
    click.echo(str(say("Đã đối chiếu {n} văn bản.", n=differences.checked)))
    if mended:
        click.echo(str(say("Đã sửa xong.")))
    elif not differences.none:
        click.echo(str(say("Chỉ mục khác cơ sở dữ liệu. Chạy lại với --repair để sửa.")), err=True)
        sys.exit(1)


def _differences(words: Message, keys: list[str]) -> None:
    if keys:
        shown = ", ".join(keys[:20]) + (" …" if len(keys) > 20 else "")
        click.echo(f"{len(keys)} {words}: {shown}")


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Chỉ in JSON.")
@click.pass_obj
def status(office: Office, as_json: bool) -> None:
    """How many documents, segments and bytes, which versions, how much waits."""
    state = building.status(office.settings.index_dir)
    plain = {**state, "waiting": writer.waiting(office), "topic": feeding.TOPIC}
    if as_json:
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    if not state["ready"]:
        click.echo(str(say("Chưa có chỉ mục đọc được; tiến trình nền sẽ dựng, hoặc chạy: petitions index rebuild.")))
    click.echo(str(say("{n} văn bản, {segments} đoạn, {mb} MB trên đĩa", n=state["documents"], segments=state["segments"], mb=state["megabytes"])))
    click.echo(str(say("{n} thay đổi còn chờ", n=plain["waiting"])))
