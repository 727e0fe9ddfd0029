"""The mail server: one conversation at a time, and what may be known of a mail's fate after it.

Refused: the server said no, for now or for good. Down: the server cannot be reached, or does not want us: no mail is to blame.
Lost: the whole mail was handed over and no answer came: it may have been taken.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from io import BytesIO
from typing import Self

from petitions.settings import MailSettings

PATIENCE = 15.0  # seconds for each answer of the server
LONGEST = 400
_DOTS = re.compile(rb"(?m)^\.")


class Refused(Exception):
    """The server said no to this mail."""

    def __init__(self, code: int, reply: str) -> None:
        super().__init__(f"{code} {reply}")
        self.code, self.reply = code, reply

    @property
    def for_good(self) -> bool:
        """Whether trying again is of no use (RFC 5321, 4.2.1: 5yz)."""
        return self.code >= 500


class Down(Exception):
    """The server cannot be used now; the mail has not been handed over."""


class Lost(Exception):
    """The mail was handed over and the server did not say what became of it."""


class Relay:
    """An open way to the mail server; a context manager. Raises Down when there is none."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._sender = parseaddr(settings.sender)[1]
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        settings = self._settings
        try:
            if settings.tls:
                self._server = smtplib.SMTP_SSL(settings.host, settings.port, timeout=PATIENCE, context=ssl.create_default_context())
            else:
                self._server = smtplib.SMTP(settings.host, settings.port, timeout=PATIENCE)
            if settings.starttls:
                self._server.starttls(context=ssl.create_default_context())
            if settings.user:
                self._server.login(settings.user, settings.password)
            self._server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Down(_words(error)) from None
        return self

    def __exit__(self, *_error: object) -> None:
        self._hang_up()

    def send(self, address: str, mail: EmailMessage) -> tuple[int, str]:
        """Hand `mail` over for `address`; the server's answer. Raises Refused, Down or Lost."""
        server = self._server
        if server is None:
            raise Down("closed")
        if not address.isascii() or any(letter in address for letter in "\r\n <>"):
            raise Refused(553, "the address cannot be written in SMTP")
        body = _DOTS.sub(b"..", _bytes(mail))
        try:
            self._say(*server.mail(self._sender), blame_mail=False)
            self._say(*server.rcpt(address))
            self._say(*server.docmd("DATA"), wanted=354)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Down(_words(error)) from None
        try:
            server.send(body + b".\r\n")
            code, reply = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Lost(_words(error)) from None
        self._say(code, reply)
        return code, _text(reply)

    def _say(self, code: int, reply: bytes, wanted: int = 250, *, blame_mail: bool = True) -> None:
        """Go on after the answer that is wanted (251: will be forwarded); else begin anew and tell whose fault it is."""
        if code in (wanted, 251):
            return
        if code in (-1, 421) or not blame_mail:  # gone, or it does not take our sender
            self._hang_up()
            raise Down(f"{code} {_text(reply)}")
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.rset()
        raise Refused(code, _text(reply))

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()


def _bytes(mail: EmailMessage) -> bytes:
    """The mail as it goes over the wire: lines that end in CRLF, the last one too."""
    out = BytesIO()
    BytesGenerator(out, policy=SMTP.clone(max_line_length=900)).flatten(mail)
    data = out.getvalue()
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def _text(reply: bytes) -> str:
    return reply.decode("utf-8", "replace").replace("\n", " ")[:LONGEST]


def _words(error: Exception) -> str:
    """What went wrong, without anything of the sign-in."""
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return f"{error.smtp_code} {_text(reply) if isinstance(reply, bytes) else reply}"[:LONGEST]
    return f"{type(error).__name__}: {error}"[:LONGEST]
