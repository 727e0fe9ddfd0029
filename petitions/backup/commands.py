"""`petitions backup FILE` and `petitions restore FILE`."""

from pathlib import Path

import click

from petitions.backup import actions
from petitions.backup.archive import Manifest
from petitions.core import clock
from petitions.core.office import Office
from petitions.core.words import say
from petitions.search import building


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(office: Office, file: Path) -> None:
    """Sao lưu cả văn phòng vào một tệp .zip (hàng và tệp; chỉ mục tìm kiếm được dựng lại khi khôi phục)."""
    manifest = actions.back_up(office, file, now=clock.now(), progress=_progress)
    click.echo(str(say("Đã sao lưu vào {file}: {summary}.", file=file, summary=_summary(manifest))))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(office: Office, file: Path) -> None:
    """Khôi phục cả văn phòng từ tệp sao lưu vào cơ sở dữ liệu trống, đối chiếu số lượng và mã kiểm, rồi dựng lại chỉ mục."""
    manifest = actions.restore(office, file, now=clock.now(), progress=_progress)
    indexed = building.rebuild(office)
    click.echo(str(say("Đã khôi phục và đối chiếu: {summary}; {n} tài liệu trong chỉ mục.", summary=_summary(manifest), n=indexed)))


def _summary(manifest: Manifest) -> str:
    rows = sum(part.count for part in manifest.tables.values())
    return str(say("{rows} hàng trong {tables} bảng, {files} tệp", rows=rows, tables=len(manifest.tables), files=len(manifest.files)))


def _progress(name: str) -> None:
    click.echo(f"  {name}", err=True)
