"""What people type on the pages of accounts."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Email, Length, OneOf, Regexp

from petitions.accounts.models import EMAIL_LENGTH, NAME_LENGTH, SCOPE_KINDS, USERNAME_LENGTH
from petitions.core.text import clean
from petitions.core.words import LANGUAGES, say

USERNAME = r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?"
MISSING_NAME = say("Hãy nhập tên đăng nhập.")
MISSING_PASSWORD = say("Hãy nhập mật khẩu.")
PRESENT_MISSING = say("Hãy nhập mật khẩu hiện tại.")
NEW_MISSING = say("Hãy nhập mật khẩu mới.")
AGAIN_MISSING = say("Hãy nhập lại mật khẩu mới.")
WRONG_USERNAME = say("Tên đăng nhập gồm chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối, dài 2 đến {n} ký tự.", n=USERNAME_LENGTH)
WRONG_EMAIL = say("Địa chỉ thư điện tử chưa đúng, ví dụ: an.nguyen@hanoi.gov.vn.")


class SignIn(Schema):
    """The sign-in page: the name as it is kept, the password as it was typed."""

    username = fields.String(required=True, validate=Length(max=500), error_messages={"required": [MISSING_NAME]})
    password = fields.String(required=True, validate=Length(max=1000), error_messages={"required": [MISSING_PASSWORD]})
    next = fields.String(load_default="")

    @post_load
    def _plain(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"username": clean(data["username"]).lower()}


class OwnPassword(Schema):
    """Changing one's own password."""

    password = fields.String(required=True, validate=Length(max=1000), error_messages={"required": [PRESENT_MISSING]})
    new_password = fields.String(required=True, validate=Length(max=1000), error_messages={"required": [NEW_MISSING]})
    new_password_again = fields.String(required=True, error_messages={"required": [AGAIN_MISSING]})

    @validates_schema
    def _same(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["new_password"] != data["new_password_again"]:
            raise ValidationError({"new_password_again": [say("Hai lần nhập mật khẩu mới không giống nhau.")]})


class Language(Schema):
    """The language to read."""

    language = fields.String(required=True, validate=OneOf(LANGUAGES))


class Listing(Schema):
    """The list's address."""

    q = fields.String(load_default="", validate=Length(max=200))
    role = fields.String(load_default="", validate=Length(max=40))
    active = fields.String(load_default="", validate=OneOf(["", "yes", "no"]))
    page = fields.Integer(load_default=1, validate=lambda number: 1 <= number <= 10_000)


class Account(Schema):
    """Name, roles and scopes of an account, as an administrator sets them; scopes come as boxes `scope-<kind>`."""

    name = fields.String(required=True, validate=Length(max=NAME_LENGTH), error_messages={"required": [say("Hãy nhập họ và tên.")]})
    email = fields.String(load_default=None, allow_none=True, validate=[Length(max=EMAIL_LENGTH), Email(error=WRONG_EMAIL)])  # type: ignore[arg-type]
    roles = fields.List(fields.String(), required=True, error_messages={"required": [say("Hãy chọn ít nhất một vai trò.")]})
    body = fields.List(fields.Integer(), data_key="scope-body", load_default=list)
    constituency = fields.List(fields.Integer(), data_key="scope-constituency", load_default=list)
    agency = fields.List(fields.Integer(), data_key="scope-agency", load_default=list)
    committee = fields.List(fields.Integer(), data_key="scope-committee", load_default=list)
    deputy_group = fields.List(fields.Integer(), data_key="scope-deputy_group", load_default=list)

    @post_load
    def _gathered(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        scopes = {kind: data.pop(kind) for kind in SCOPE_KINDS}
        return data | {"name": clean(data["name"]).replace("\n", " "), "email": (data["email"] or "").strip() or None, "scopes": scopes}


class NewAccount(Account):
    """A new account."""

    username = fields.String(required=True, error_messages={"required": [MISSING_NAME]})
    language = fields.String(load_default="vi", validate=OneOf(LANGUAGES))

    @validates_schema
    def _named(self, data: Mapping[str, Any], **_: Any) -> None:
        name = clean(data["username"]).lower()
        try:
            Regexp(f"^{USERNAME}$")(name)
            Length(min=2, max=USERNAME_LENGTH)(name)
        except ValidationError:
            raise ValidationError({"username": [WRONG_USERNAME]}) from None

    @post_load
    def _lower(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"username": clean(data["username"]).lower()}


class ChangedAccount(Account):
    """Changes to an account, with the version they were made on."""

    version = fields.Integer(required=True)


class Reason(Schema):
    """Why an account is closed."""

    reason = fields.String(load_default="", validate=Length(max=500))

    @post_load
    def _clean(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"reason": clean(data["reason"])}
