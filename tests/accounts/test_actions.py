"""Accounts on both databases: users, roles, scopes, the seed, what the journal says."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.accounts import actions, demo, passwords, queries, reference, scopes, signing
from petitions.accounts.models import LoginSession, RolePermission
from petitions.core import db
from petitions.core.errors import Invalid, NotFound, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.journal.models import JournalEntry
from petitions.journal.queries import timeline
from tests.make import accounts as make

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
IDLE = timedelta(minutes=30)


def acts(session: Session, user_id: int) -> list[str]:
    db.finish(session)
    return [entry.act for entry in timeline(session, (signing.SUBJECT, user_id))]


def by(session: Session, **given: object) -> Identity:
    return make.identity(session, **{"roles": ["administrator"], **given})


def test_an_identity_carries_roles_permissions_and_scopes(session: Session) -> None:
    who = make.identity(session, username="hoa", roles=["clerk", "lead"], scopes={"body": [1, 2], "agency": [7]})
    assert who.roles == {"clerk", "lead"}
    assert who.may(Permission.PETITION_ENTER)
    assert who.may(Permission.PETITION_ACCEPT)
    assert not who.may(Permission.ACCOUNT_MANAGE)
    assert who.scope("body") == {1, 2}
    assert who.scope("agency") == {7}
    assert who.scope("constituency") == frozenset()


def test_a_user_without_roles_may_nothing(session: Session) -> None:
    who = make.identity(session, roles=[])
    assert who.permissions == frozenset()


def test_a_name_is_taken_once_however_it_is_cased(session: Session) -> None:
    make.user(session, username="lan")
    with pytest.raises(Invalid) as refused:
        make.user(session, username="LAN ")
    assert "username" in refused.value.fields


def test_unknown_roles_and_scopes_are_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        make.user(session, roles=["king"])
    with pytest.raises(Invalid):
        make.user(session, scopes={"planet": [1]})


def test_a_registered_kind_refuses_ids_it_does_not_know(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "_kinds", {})
    scopes.register("body", lambda s: [scopes.Choice(1, "HĐND")], lambda s, ids: {one: "HĐND" for one in ids if one == 1})
    made = make.user(session, scopes={"body": [1]})
    assert scopes.captions(session, queries.scopes_of(session, made.id))[0][1] == ["HĐND"]
    with pytest.raises(Invalid):
        make.user(session, scopes={"body": [2]})
    with pytest.raises(ValueError, match="planet"):
        scopes.register("planet", lambda s: [], lambda s, ids: {})


def test_a_change_is_journaled_with_old_and_new(session: Session) -> None:
    admin = by(session)
    made = make.user(session, name="Cũ", roles=["clerk"])
    actions.change(session, made, name="Mới", email=None, roles=["lead"], scopes={"body": [3]}, version=1, by=admin, now=NOW)
    db.finish(session)
    last = timeline(session, (signing.SUBJECT, made.id))[-1]
    assert last.changes == {"name": ["Cũ", "Mới"], "roles": [["clerk"], ["lead"]], "scopes": [{}, {"body": [3]}]}
    assert made.version == 2
    with pytest.raises(Stale):
        actions.change(session, made, name="Muộn", email=None, roles=["lead"], scopes={}, version=1, by=admin, now=NOW)


def test_the_same_again_is_no_act(session: Session) -> None:
    made = make.user(session, roles=["clerk"])
    admin = by(session)
    before = acts(session, made.id)
    actions.change(session, made, name=made.name, email=None, roles=["clerk"], scopes={}, version=1, by=admin, now=NOW)
    assert acts(session, made.id) == before
    assert made.version == 1


def test_nobody_changes_their_own_roles(session: Session) -> None:
    admin = by(session)
    by(session)
    me = queries.user(session, admin.user_id or 0)
    with pytest.raises(RuleBroken):
        actions.change(session, me, name=me.name, email=None, roles=["administrator", "clerk"], scopes={}, version=1, by=admin, now=NOW)


def test_the_last_administrator_stays(session: Session) -> None:
    only, clerk = by(session), make.identity(session)
    me = queries.user(session, only.user_id or 0)
    with pytest.raises(RuleBroken):
        actions.disable(session, me, reason="", by=only, now=NOW)
    with pytest.raises(RuleBroken):
        actions.disable(session, me, reason="", by=clerk, now=NOW)
    me.active = True
    with pytest.raises(RuleBroken):
        actions.change(session, me, name=me.name, email=None, roles=["clerk"], scopes={}, version=me.version, by=clerk, now=NOW)


def test_of_two_administrators_one_may_go(session: Session) -> None:
    first, second = by(session), by(session)
    gone = queries.user(session, second.user_id or 0)
    signing.start(session, gone, by=second, device="?", now=NOW)
    actions.disable(session, gone, reason="chuyển công tác", by=first, now=NOW)
    assert not gone.active
    assert queries.identity_of(session, gone.id) is None
    assert queries.devices(session, gone.id, now=NOW, idle=IDLE) == []
    assert acts(session, gone.id)[-2:] == ["account.disable", "account.sign_out_everywhere"]
    actions.enable(session, gone, by=first, now=NOW)
    assert acts(session, gone.id)[-1] == "account.enable"


def test_the_last_right_to_manage_accounts_stays(session: Session) -> None:
    admin = by(session)
    held = {role_id: set(codes) for role_id, codes in queries.granted(session).items()}
    for codes in held.values():
        codes.discard(Permission.ACCOUNT_MANAGE.value)
    with pytest.raises(RuleBroken):
        actions.set_permissions(session, held, by=admin, now=NOW)


def test_a_permission_taken_away_stays_away(session: Session) -> None:
    admin = by(session)
    ids = {role.code: role.id for role in queries.roles(session)}
    held = {role_id: set(codes) for role_id, codes in queries.granted(session).items()}
    held[ids["clerk"]].discard("petition.import")
    held[ids["auditor"]].add("petition.import")
    held[ids["auditor"]].add("no.such.permission")
    assert actions.set_permissions(session, held, by=admin, now=NOW) == 2
    assert not make.identity(session).may(Permission.PETITION_IMPORT)
    assert make.identity(session, roles=["auditor"]).may(Permission.PETITION_IMPORT)
    assert reference.load(session, by=SYSTEM, now=NOW) == 0
    assert not make.identity(session).may(Permission.PETITION_IMPORT)
    assert "no.such.permission" not in set(session.scalars(select(RolePermission.permission)))
    db.finish(session)
    lines = session.scalars(select(JournalEntry).where(JournalEntry.act == "role.change").order_by(JournalEntry.id)).all()
    assert lines[0].changes == {"permissions": [["petition.import"], []]}


def test_the_seed_is_the_table_of_the_plan(session: Session) -> None:
    make.seed(session)
    assert [role.code for role in queries.roles(session)] == [
        "administrator",
        "clerk",
        "lead",
        "delegate",
        "standing",
        "committee",
        "supervisor",
        "agency",
        "ubnd",
        "auditor",
    ]
    ids = {role.id: role.code for role in queries.roles(session)}
    held = {ids[role_id]: codes for role_id, codes in queries.granted(session).items()}
    assert {code for code, codes in held.items() if "petitioner.read" in codes} == {"clerk", "lead"}
    assert {code for code, codes in held.items() if "petition.accept" in codes} == {"lead"}
    assert {code for code, codes in held.items() if "account.manage" in codes} == {"administrator"}
    assert {code for code, codes in held.items() if "journal.read" in codes} == {"auditor"}
    assert {code for code, codes in held.items() if "petition.read" not in codes} == {"administrator"}
    writes = {code for code, codes in held.items() if any(one.startswith("petition") and one != "petition.read" for one in codes)}
    assert writes == {"clerk", "lead"}
    assert {code for code in held["auditor"] if not code.endswith(".read")} == {"document.original"}  # reads originals too, changes nothing


def test_reading_names_finds_without_marks_and_pages(session: Session) -> None:
    make.user(session, username="huong.nt", name="Nguyễn Thị Hương", roles=["lead"])
    make.user(session, username="dung", name="Đỗ Dũng")
    assert [user.username for user in queries.users(session, words="nguyen huong").rows] == ["huong.nt"]
    assert [user.username for user in queries.users(session, words="ĐỖ").rows] == ["dung"]
    assert [user.username for user in queries.users(session, role="lead").rows] == ["huong.nt"]
    assert queries.users(session, words="100%_").rows == []
    assert queries.users(session, active=False).total == 0
    assert queries.users(session, number=9).rows == []


def test_a_new_password_ends_other_sessions(session: Session) -> None:
    who = make.identity(session)
    me = queries.user(session, who.user_id or 0)
    here, there = (signing.start(session, me, by=who, device=name, now=NOW) for name in ("đây", "kia"))
    session.flush()
    held = queries.signed_in(session, here, now=NOW, idle=IDLE)
    assert held is not None
    actions.set_password(session, me, password_hash="x", must_change=False, by=who, now=NOW, keep_session=held.session_id)
    assert queries.signed_in(session, here, now=NOW, idle=IDLE) is not None
    assert queries.signed_in(session, there, now=NOW, idle=IDLE) is None
    assert queries.former_hashes(session, me.id) == ["x", make.password_hash(make.PASSWORD)]
    assert "account.change_password" in acts(session, me.id)


def test_a_session_ends_by_idleness_age_sign_out_and_closing(session: Session) -> None:
    who = make.identity(session)
    me = queries.user(session, who.user_id or 0)
    token = signing.start(session, me, by=who, device="?", now=NOW)
    session.flush()
    row = session.scalars(select(LoginSession)).one()
    assert token not in {row.token_hash, row.device}
    assert queries.signed_in(session, token, now=NOW + timedelta(minutes=30), idle=IDLE) is not None
    assert queries.signed_in(session, token, now=NOW + timedelta(minutes=32), idle=IDLE) is None
    signing.seen(session, row.id, now=NOW + timedelta(hours=11, minutes=50))
    session.expire_all()
    assert queries.signed_in(session, token, now=NOW + timedelta(hours=11, minutes=59), idle=IDLE) is not None
    assert queries.signed_in(session, token, now=NOW + timedelta(hours=12, minutes=1), idle=IDLE) is None
    assert queries.signed_in(session, "x" + token, now=NOW, idle=IDLE) is None
    assert not signing.end(session, row.id, user_id=me.id + 1, by=who, now=NOW)
    assert signing.end(session, row.id, user_id=me.id, by=who, now=NOW)
    assert not signing.end(session, row.id, user_id=me.id, by=who, now=NOW)
    session.expire_all()
    assert queries.signed_in(session, token, now=NOW, idle=IDLE) is None


def test_first_and_old_administrators_passwords_must_change(session: Session) -> None:
    old = NOW - timedelta(days=61)
    admin = make.user(session, roles=["administrator"], now=old)
    assert queries.must_change(admin, ["administrator"], NOW)
    assert not queries.must_change(admin, ["administrator"], old + timedelta(days=59))
    assert not queries.must_change(make.user(session, now=old), ["clerk"], NOW)
    assert queries.must_change(make.user(session, must_change=True), ["clerk"], NOW)
    assert not queries.must_change(make.user(session, roles=["administrator"], demo=True, now=old), ["administrator"], NOW)


def test_wrong_tries_lock_and_the_journal_says_so(session: Session) -> None:
    made = make.user(session)
    keys = {"a" * 64: 5, "b" * 64: 60}
    for _ in range(5):
        assert signing.count_try(session, keys, user_id=made.id, now=NOW)
    assert not signing.count_try(session, keys, user_id=made.id, now=NOW)
    assert acts(session, made.id).count("account.lock") == 1
    assert queries.locked(session, set(keys), NOW) == {"a" * 64}
    actions.unlock(session, made, key="a" * 64, by=SYSTEM, now=NOW)
    assert signing.count_try(session, keys, user_id=made.id, now=NOW)
    signing.forgive_try(session, "b" * 64)
    brake = queries.brake(session, "b" * 64)
    assert brake is not None
    assert brake.tries == 5


def test_forgotten_brakes_are_swept_away(session: Session) -> None:
    signing.count_try(session, {"a" * 64: 5}, user_id=None, now=NOW - timedelta(days=2))
    signing.count_try(session, {"b" * 64: 5}, user_id=None, now=NOW)
    session.expire_all()
    assert queries.brake(session, "a" * 64) is None


def test_a_missing_user_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.user(session, 10**6)
    assert queries.identity_of(session, 10**6) is None


def test_the_demo_accounts_come_once_and_take_the_given_password(session: Session) -> None:
    make.seed(session)
    drawn = demo.secret(None, passwords.QUICK)
    assert demo.stale(session, drawn) == frozenset()
    made = demo.load(session, drawn, reset=(), scopes={"delegate": {"constituency": [20]}}, now=NOW)
    assert made == ["admin", "clerk", "lead", "delegate", "standing", "committee", "supervisor", "agency", "ubnd", "auditor"]
    delegate = queries.by_username(session, "delegate")
    assert delegate is not None
    assert delegate.demo
    assert not delegate.must_change
    assert queries.scopes_of(session, delegate.id) == {"constituency": {20}}
    given = demo.secret("Contract-Only-2026!", passwords.QUICK)
    reset = demo.stale(session, given)
    assert reset == set(made)
    assert demo.load(session, given, reset=reset, scopes={}, now=NOW) == []
    assert passwords.verify(delegate.password_hash, "Contract-Only-2026!")
    assert demo.stale(session, demo.secret("Contract-Only-2026!", passwords.QUICK)) == frozenset()
    assert queries.scopes_of(session, delegate.id) == {"constituency": {20}}
