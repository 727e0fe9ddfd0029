"""Reading the office's lists; one statement when nothing has changed since the last time."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.intake.lists import DEFAULTS, FieldNode, Item, Lists, in_tree_order
from petitions.intake.models import Channel, Field, FieldAlias, IntakeSetting, Level, Origin

VERSION = "lists_version"
LIMIT = 5000
_held: dict[str, tuple[object, Lists]] = {}


def lists(session: Session) -> Lists:
    """The lists as they stand; held per database until their version changes (every write to a list draws a new one)."""
    settings = {row.key: row.value for row in session.execute(select(IntakeSetting.key, IntakeSetting.value).order_by(IntakeSetting.key).limit(LIMIT))}
    token = (settings.get(VERSION), tuple(sorted((key, repr(value)) for key, value in settings.items())))
    place = session.get_bind().engine.url.render_as_string()
    held = _held.get(place)
    if held and settings.get(VERSION) and held[0] == token:
        return held[1]
    fresh = _load(session, {**DEFAULTS, **settings})
    _held[place] = (token, fresh)
    return fresh


def _load(session: Session, settings: dict[str, object]) -> Lists:
    origins = session.scalars(select(Origin).order_by(Origin.position, Origin.code).limit(LIMIT)).all()
    channels = session.scalars(select(Channel).order_by(Channel.position, Channel.code).limit(LIMIT)).all()
    levels = session.scalars(select(Level).order_by(Level.position, Level.code).limit(LIMIT)).all()
    return Lists(
        origins={row.code: _origin(row) for row in origins},
        channels={row.code: Item(row.code, row.name, row.name_en, active=row.active) for row in channels},
        levels={row.code: Item(row.code, row.name, row.name_en, tuple(row.aliases), valid_from=row.valid_from, valid_to=row.valid_to) for row in levels},
        fields=_fields(session),
        settings=settings,
    )


def _origin(row: Origin) -> Item:
    names = (row.code, row.name, row.name_en, tuple(row.aliases))
    return Item(*names, row.active, channel=row.channel, timing=row.timing, valid_from=row.valid_from, valid_to=row.valid_to)


def _fields(session: Session) -> dict[int, FieldNode]:
    aliases: dict[int, list[str]] = {}
    for alias in session.scalars(select(FieldAlias).order_by(FieldAlias.id).limit(LIMIT)):
        aliases.setdefault(alias.field_id, []).append(alias.alias)
    rows = session.scalars(select(Field).order_by(Field.position, Field.id).limit(LIMIT)).all()
    nodes = [
        FieldNode(
            row.id,
            row.code,
            row.parent_id,
            row.name,
            row.name_en,
            row.report_group,
            aliases=tuple(aliases.get(row.id, ())),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]
    return in_tree_order(nodes, {row.id: row.position for row in rows})
