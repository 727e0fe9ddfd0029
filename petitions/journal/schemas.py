"""What the address of the journal's page may say."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields, validate

from petitions.core import typed
from petitions.core.dates import parse_loose

LARGEST = 2**31 - 1


class _Loose(fields.Field[tuple[date, date]]):
    """A day, a month or a year as it was written: (first, last) of its days."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[date, date]:
        found = parse_loose(str(value))
        if found is None:
            raise self.make_error("validator_failed")
        return found.first, found.last


class _Words(typed.Words):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs)[:100]


class JournalQuery(Schema):
    """?by=7&act=petition.accept&subject=HD16-20-00123&from=01/2026&to=20/01/2026&before=81234"""

    by = fields.Integer(validate=validate.Range(1, LARGEST), load_default=None)
    act = fields.String(validate=validate.Length(max=80), load_default=None)
    subject = _Words(load_default="")
    since = _Loose(data_key="from", load_default=None)
    until = _Loose(data_key="to", load_default=None)
    before = fields.Integer(validate=validate.Range(1, 2**62), load_default=None)
