"""The `petitions` command: one group, the commands of each room. Exit status 0 done, 1 refused with a reason, 2 wrong use."""

import errno
import logging
import os
import sys
import threading
from contextlib import nullcontext
from datetime import datetime
from typing import Any, Protocol

import click
import waitress
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import petitions.accounts.commands
import petitions.accounts.reference
import petitions.agencies.reference
import petitions.app
import petitions.areas.commands
import petitions.areas.reference
import petitions.backup.commands
import petitions.council.reference
import petitions.demo.commands
import petitions.demo.loading
import petitions.documents.commands
import petitions.duties.reference
import petitions.duties.urging.reference
import petitions.intake.following.committees
import petitions.intake.importing.commands
import petitions.intake.reference
import petitions.jobs.commands
import petitions.journal.commands
import petitions.letters.reference
import petitions.oversight.commands
import petitions.oversight.reference
import petitions.search.commands
import petitions.workdays.commands
import petitions.workdays.reference
from petitions import worker as work
from petitions.accounts import demo as demo_accounts
from petitions.core import clock, db, migrate
from petitions.core.errors import Invalid, PetitionsError
from petitions.core.identity import SYSTEM, Identity
from petitions.core.office import Office
from petitions.core.words import say, using_language
from petitions.settings import Settings, SettingsError


class Reference(Protocol):
    """A room's own lists: laws, units, bodies … loaded once, never over what the office has edited."""

    def load(self, session: Session, *, by: Identity, now: datetime) -> Any:
        """Add what is missing."""


REFERENCE: tuple[Reference, ...] = (
    petitions.accounts.reference,
    petitions.areas.reference,
    petitions.agencies.reference,
    petitions.council.reference,
    petitions.intake.reference,
    petitions.workdays.reference,
    petitions.duties.reference,
    petitions.duties.urging.reference,
    petitions.intake.following.committees,
    petitions.letters.reference,
    petitions.oversight.reference,
)


class Speaking(click.Group):
    """A group that turns a refusal into one sentence and status 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; what the domain refuses, or the disk cannot hold, is said and not thrown."""
        try:
            return super().invoke(context)
        except Invalid as error:
            lines = [str(error), *(f"  {name}: {message}" for name, messages in error.fields.items() for message in messages)]
            _refuse("\n".join(lines))
        except (PetitionsError, SettingsError) as error:
            _refuse(str(error))
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EACCES, errno.EADDRINUSE):
                raise
            _refuse(f"{error.strerror}: {error.filename or ''}")
        except OperationalError as error:
            _refuse(str(say("Cơ sở dữ liệu không trả lời: {why}. Kiểm tra PETITIONS_DATABASE_URL, rồi chạy «petitions db upgrade».", why=error.orig)))


@click.group(cls=Speaking)
@click.pass_context
def cli(context: click.Context) -> None:
    """Kiến nghị cử tri: tiếp nhận, tìm kiếm, theo dõi."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    petitions.app.assemble()
    context.with_resource(using_language(os.environ.get("PETITIONS_LANG", "vi")))
    if context.obj is None:
        office = Office.open(Settings.from_environment())
        context.call_on_close(office.engine.dispose)
        context.obj = office
    if context.invoked_subcommand == petitions.jobs.commands.jobs.name and inspect(context.obj.engine).has_table("users"):
        _hold_demo_day(context.obj)


@cli.group("db")
def database() -> None:
    """Cơ sở dữ liệu: nâng cấp, lùi, kiểm tra."""


@database.command()
@click.pass_obj
def upgrade(office: Office) -> None:
    """Đưa cơ sở dữ liệu lên bước mới nhất."""
    migrate.upgrade(office.engine)
    click.echo(str(say("Cơ sở dữ liệu ở bước {step}.", step=migrate.current(office.engine))))


@database.command()
@click.argument("step")
@click.pass_obj
def downgrade(office: Office, step: str) -> None:
    """Đưa cơ sở dữ liệu lùi về bước STEP («base»: xóa mọi bảng)."""
    click.confirm(str(say("Dữ liệu của các bảng bị bỏ sẽ mất. Tiếp tục?")), abort=True)
    migrate.downgrade(office.engine, step)
    click.echo(str(say("Cơ sở dữ liệu ở bước {step}.", step=migrate.current(office.engine) or "base")))


@database.command()
@click.pass_obj
def check(office: Office) -> None:
    """So các bảng với mô tả trong chương trình."""
    differences = migrate.check(office.engine)
    for line in differences:
        click.echo(line, err=True)
    if differences:
        sys.exit(1)
    click.echo(str(say("Các bảng khớp với chương trình.")))


@cli.group()
def reference() -> None:
    """Dữ liệu nền: đơn vị hành chính, cơ quan, nhiệm kỳ, lĩnh vực, vai trò."""


@reference.command("load")
@click.pass_obj
def load_reference(office: Office) -> None:
    """Nạp những gì còn thiếu; không ghi đè phần văn phòng đã sửa."""
    for room in REFERENCE:
        with db.transaction(office.engine) as session:
            room.load(session, by=SYSTEM, now=clock.now())
    click.echo(str(say("Dữ liệu nền đã sẵn sàng.")))


@cli.command()
@click.option("--with-worker/--without-worker", default=True, help="Chạy kèm tiến trình nền (chỉ mục, nhập tệp).")
@click.pass_obj
def serve(office: Office, with_worker: bool) -> None:
    """Phục vụ các trang ở HOST:PORT (mặc định 127.0.0.1:8000)."""
    _must_stand(office.engine)
    _hold_demo_day(office)
    settings = office.settings
    app = petitions.app.create_app(office)
    click.echo(str(say("Mở http://{host}:{port} (Ctrl+C để dừng).", host=settings.host, port=settings.port)))
    with work.beside(office) if with_worker else nullcontext():
        waitress.serve(app, host=settings.host, port=settings.port, threads=settings.threads, ident=None)


@cli.command()
@click.pass_obj
def worker(office: Office) -> None:
    """Tiến trình nền: giữ chỉ mục mới, làm nốt các lần nhập; dừng bằng Ctrl+C."""
    _must_stand(office.engine)
    _hold_demo_day(office)
    stop = threading.Event()
    work.stop_on_signals(stop)
    work.run(office, stop)


def _must_stand(engine: Engine) -> None:
    if not inspect(engine).has_table("petitions"):
        raise SettingsError(str(say("Chưa có cơ sở dữ liệu. Chạy «petitions db upgrade» và «petitions reference load» trước.")))


def _hold_demo_day(office: Office) -> None:
    """The demo office lives on a fixed day, unless another was asked for."""
    with db.reading(office.engine) as session:
        if clock.held() is None and not office.settings.production and demo_accounts.present(session):
            clock.hold(petitions.demo.loading.DAY)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)


for command in (
    petitions.accounts.commands.accounts,
    petitions.areas.commands.areas,
    petitions.backup.commands.backup,
    petitions.backup.commands.restore,
    petitions.demo.commands.demo,
    petitions.documents.commands.documents,
    petitions.intake.importing.commands.import_,
    petitions.jobs.commands.jobs,
    petitions.journal.commands.journal,
    petitions.oversight.commands.oversight,
    petitions.search.commands.index,
    petitions.search.commands.search,
    petitions.workdays.commands.workdays,
):
    cli.add_command(command)


def main() -> None:
    """Entry point."""
    cli()
