"""Writing a mail out of messages: in the reader's language, as plain text and as simple HTML, with links to our pages and no data of petitioners."""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from petitions.accounts.models import User
from petitions.core import clock
from petitions.core.freezing import thawed
from petitions.core.words import say, say_n, using_language
from petitions.notifications.models import Mail, Notification
from petitions.settings import Settings
from petitions.web import filters, pages

SUBJECT_LENGTH = 150


def compose(mail: Mail, to: User, messages: Sequence[Notification], settings: Settings) -> EmailMessage:
    """The mail to `to` about `messages`; every try gives the same one, under the same Message-ID."""
    if settings.mail is None:
        raise ValueError("no mail server is set")
    with using_language(to.language):
        told = [{"title": str(thawed(one.title)), "body": str(thawed(one.body)), "url": _url(settings, one.url), "at": one.created_at} for one in messages]
        values = {
            "name": to.name,
            "told": told,
            "digest": mail.digest,
            "all_url": f"{settings.url}/notifications",
            "wishes_url": f"{settings.url}/notifications/wishes",
            "trial": not settings.production,
            "language": to.language,
        }
        made = EmailMessage()
        made["Subject"] = _subject([str(one["title"]) for one in told], digest=mail.digest, trial=not settings.production)
        made["From"] = _address(settings.mail.sender)
        made["To"] = _address(f"{_plain(to.name)} <{mail.address}>")
        made["Date"] = format_datetime(mail.created_at.astimezone(clock.HANOI))
        made["Message-ID"] = mail.message_id
        made["Auto-Submitted"] = "auto-generated"
        made["X-Auto-Response-Suppress"] = "All"
        made.set_content(_templates().get_template("mail/messages.txt").render(values), cte="base64")
        made.add_alternative(_templates().get_template("mail/messages.html").render(values), subtype="html", cte="base64")
    return made


def _subject(titles: Sequence[str], *, digest: bool, trial: bool) -> str:
    if len(titles) == 1 and not digest:
        words = titles[0]
    elif digest:
        words = str(say_n("Tổng hợp trong ngày: {n} tin", "Tổng hợp trong ngày: {n} tin", len(titles)))
    else:
        words = str(say_n("Bạn có {n} tin mới", "Bạn có {n} tin mới", len(titles)))
    words = " ".join(words.split())[:SUBJECT_LENGTH]
    return f"[{say('THỬ')}] {words}" if trial else words


def _plain(name: str) -> str:
    """A name that stands before an address: without the marks that mean something there."""
    return " ".join("".join(" " if letter in '<>@,;:"\\()[]' else letter for letter in name).split())


def _address(text: str) -> Address:
    name, spec = parseaddr(text)
    return Address(display_name=name, addr_spec=spec)


def _url(settings: Settings, path: str) -> str:
    return f"{settings.url}{path}" if path.startswith("/") else ""


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(pages.folder()),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.ALL)
    made.globals.update(_=pages.gettext, ngettext=pages.ngettext)
    return made
