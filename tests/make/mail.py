"""A real mail server on this machine, whose answers a test chooses, and offices that know it."""

import dataclasses
import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from petitions.core.office import Office
from petitions.settings import MailSettings

SENDER = "Kiến nghị cử tri <kiennghi@hdnd.example>"


class Postbox:
    """What arrived; `answers` maps an address to what the server says to it, at RCPT or, as "data:…", after the whole mail."""

    def __init__(self) -> None:
        self.got: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """Take the address, or say what was chosen."""
        answer = self.answers.get(address, "")
        if answer and not answer.startswith("data:"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """Keep the mail; "data:hang up" leaves without an answer."""
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        answer = self.answers.get(envelope.rcpt_tos[0], "").removeprefix("data:")
        if answer and answer != "hang up":
            return answer
        self.got.append((envelope.rcpt_tos[0], parsed))
        if answer == "hang up":
            server.transport.abort()
        return "250 Taken"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that arrived for `address`."""
        return [mail for one, mail in self.got if one == address]

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of all that arrived."""
        return [str(mail["Message-ID"]) for _, mail in self.got]


@contextmanager
def server(postbox: Postbox) -> Iterator[int]:
    """A server that fills `postbox`; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def with_mail(office: Office, port: int, *, only_to: tuple[str, ...] | None = None) -> Office:
    """`office`, sending over the server at `port`."""
    settings = MailSettings(host="127.0.0.1", port=port, sender=SENDER, only_to=only_to)
    return Office(dataclasses.replace(office.settings, mail=settings, url="https://kiennghi.example"), office.engine)


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
