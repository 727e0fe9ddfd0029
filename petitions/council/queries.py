"""Every SELECT of the council: which constituency, which term, whose delegates on a day; lists for pages and select fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, func, or_, select
from sqlalchemy.orm import Session

from petitions.areas.models import AdminUnit, District, UnitChange
from petitions.core.errors import NotFound
from petitions.core.words import Message, say
from petitions.council.labels import ROLE_WORDS, constituency_label, term_label
from petitions.council.models import Body, Committee, Constituency, ConstituencyUnit, CouncilSession, Delegate, DeputyGroup, Mandate, RollVersion, Term
from petitions.council.roll import Assignment, ConstituencyRef, Ground, Place, Roll, TermSpan

LIMIT = 500
_rolls: WeakKeyDictionary[Engine, tuple[str, Roll]] = WeakKeyDictionary()
