"""Choosing the unit that one name means on a day: the generation, homonyms, successors of what has ended, slips of the finger. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from petitions.areas.gazetteer import KIND_WORDS, Gazetteer, Place, Step
from petitions.areas.offering import Candidate, last_day, near_places, of_district, of_unit, offered, once, when
from petitions.areas.reading import UNIT_KINDS, Mention
from petitions.areas.spelling import syllables
from petitions.core.dates import format_day
from petitions.core.text import fold
from petitions.core.words import Message, say


@dataclass(frozen=True, slots=True)
class Choice:
    """What one name came to: a unit, or candidates, or at least the district. `complete`: no place but the candidates can be meant."""

    said: Message
    how: str
    unit_id: int | None = None
    named_unit_id: int | None = None
    candidates: tuple[Candidate, ...] = ()
    district_id: int | None = None
    complete: bool = False


def choose(gazetteer: Gazetteer, mention: Mention, district: Place | None, on: date | None, hint: Sequence[str] = ()) -> Choice:
    """What `mention` means on `on`, given the district named with it. `hint`: provinces of the same name."""
    return _Chooser(gazetteer, mention, district, on).choose(hint)


class _Chooser:
    def __init__(self, gazetteer: Gazetteer, mention: Mention, district: Place | None, on: date | None) -> None:
        self.gazetteer, self.mention, self.district, self.on = gazetteer, mention, district, on
        self.units = [gazetteer.units[name.place_id] for name in mention.names if not name.is_district]
        self.bare_district = next((gazetteer.districts[name.place_id] for name in mention.names if name.is_district), None)
        kind = mention.kind or (mention.inherited if mention.inherited in UNIT_KINDS else None)
        self.other_kind = bool(mention.kind) and not any(unit.kind == mention.kind for unit in self.units)
        if any(unit.kind == kind for unit in self.units):
            self.units = [unit for unit in self.units if unit.kind == kind]

    def choose(self, hint: Sequence[str]) -> Choice:
        """The choice for this name."""
        if not self.units:
            return self._nobody()
        pool = self.units
        if self.district:
            pool = [unit for unit in self.units if unit.district_id == self.district.id]
            if self.on is None or self.on > (self.district.valid_to or self.on) or not pool:
                pool = pool or [unit for unit in self.units if unit.district_id is None and self.gazetteer.touches(unit.id, self.district.id)]
            if not pool:
                return self._wrong_district(self.district)
        choice = self._on_a_day(pool, self.on) if self.on else self._on_any_day(pool)
        if self.mention.longer:
            return self._weakened(
                choice,
                say("tên nằm ở đầu «{words}»", words=self.mention.longer),
                "longer_name",
                say("Không có «{place}»; có nơi mang phần đầu của tên đó. Hãy chọn nếu đúng.", place=self._written(self.mention.longer)),
            )
        if self.other_kind:
            return self._weakened(
                choice,
                say("ghi «{kind}» nhưng là {unit}", kind=KIND_WORDS[self.mention.kind or "xa"], unit=pool[0].label),
                "other_kind",
                say("Không có «{kind} {name}»; có nơi cùng tên khác loại.", kind=KIND_WORDS[self.mention.kind or "xa"], name=self.mention.text),
            )
        if hint and self.mention.kind is None:
            return self._weakened(
                choice,
                say("cũng là tên một tỉnh"),
                "province_or_unit",
                say("«{name}» là tên xã, phường của Hà Nội và cũng là tên một tỉnh. Hãy chọn nếu ở Hà Nội.", name=self.mention.text),
            )
        return choice

    # -- on a day ------------------------------------------------------------------------------------------------------

    def _on_a_day(self, pool: list[Place], on: date) -> Choice:
        living = [unit for unit in pool if unit.lives(on)]
        if self.mention.former and any(unit.valid_to and unit.valid_to < on for unit in pool):
            living = []
        if len(living) == 1:
            return self._found(living[0])
        if living:
            why = say("cùng tên «{name}», sống ngày {day}", name=self.mention.text, day=format_day(on))
            found = tuple(of_unit(self.gazetteer, unit.id, why) for unit in living)
            return Choice(
                say("Có {n} nơi cùng tên «{name}» ngày {day}. Hãy chọn theo quận, huyện.", n=len(living), name=self.mention.text, day=format_day(on)),
                "homonym",
                candidates=found,
                complete=True,
            )
        ended = [unit for unit in pool if unit.valid_to and unit.valid_to < on]
        return self._ended(_latest(ended), on) if ended else self._not_yet(pool, on)

    def _found(self, unit: Place) -> Choice:
        label = self.gazetteer.full_label(unit.id)
        if self.bare_district and self.mention.kind is None and self.on:
            said = say(
                "Từ {day} «{name}» là {unit}. Nếu ý là {district} cũ, hãy chọn lại.",
                name=self.mention.text,
                unit=label,
                day=format_day(unit.valid_from) if unit.valid_from else "",
                district=self.bare_district.label,
            )
            other = of_district(self.bare_district, say("cùng tên, kết thúc ngày {day}", day=last_day(self.bare_district)))
            return Choice(said, "bare", unit.id, candidates=(other,))
        if tuple(syllables(unit.name)) != self.mention.typed and self.mention.typed == tuple(fold(word) for word in self.mention.typed):
            return Choice(say("{unit} (viết không dấu).", unit=label), "folded", unit.id)
        return Choice(say("{unit}.", unit=label), "exact", unit.id)

    def _ended(self, ended: list[Place], on: date) -> Choice:
        old = ended[0]
        if len(ended) > 1:
            found = [self._heir(unit, step, alike=True) for unit in ended for step in self.gazetteer.successors(unit.id, on)]
            return Choice(
                say("Có {n} nơi cũ cùng tên «{name}». Hãy chọn theo quận, huyện.", n=len(ended), name=self.mention.text),
                "homonym",
                candidates=once(found),
                complete=all(self.gazetteer.successors(unit.id, on) for unit in ended),
            )
        steps = self.gazetteer.successors(old.id, on)
        name = self.gazetteer.full_label(old.id)
        if not steps:
            return Choice(
                say("{unit} kết thúc ngày {day}; chưa rõ nhập vào đơn vị nào.", unit=name, day=last_day(old)),
                "no_successor",
                named_unit_id=old.id,
                district_id=old.district_id,
            )
        candidates = tuple(self._heir(old, step) for step in steps)
        if len(steps) == 1 and steps[0].whole and steps[0].confirmed:
            heir = self.gazetteer.units[steps[0].unit_id]
            said = say("{old} nay là {unit} (nhập toàn bộ, từ {day}).", old=name, unit=heir.label, day=format_day(heir.valid_from) if heir.valid_from else "")
            return Choice(said, "successor", heir.id, old.id)
        if len(steps) == 1:
            return Choice(
                say("{old} kết thúc ngày {day}; đơn vị kế thừa chưa được xác nhận. Hãy chọn.", old=name, day=last_day(old)),
                "unconfirmed",
                named_unit_id=old.id,
                candidates=candidates,
            )
        return Choice(
            say("{old} đã chia vào {n} đơn vị. Hãy chọn theo tổ dân phố, thôn, phố.", old=name, n=len(steps)),
            "divided",
            named_unit_id=old.id,
            candidates=candidates,
            complete=all(step.confirmed for step in steps),
        )

    def _heir(self, old: Place, step: Step, *, alike: bool = False) -> Candidate:
        """A successor of `old`; `alike`: another old unit of that name is offered too, so the district is named."""
        name = self.gazetteer.full_label(old.id) if alike else old.label
        why = say("nhận toàn bộ {old}", old=name) if step.whole else say("nhận một phần {old}", old=name)
        heir = of_unit(self.gazetteer, step.unit_id, why if step.confirmed else say("{why}, chờ xác nhận", why=why), old.id)
        return replace(heir, label=f"{self.gazetteer.units[step.unit_id].label} ({name} cũ)") if alike else heir

    def _not_yet(self, pool: list[Place], on: date) -> Choice:
        unit = min(pool, key=lambda place: place.valid_from or date.min)
        found = [of_unit(self.gazetteer, step.unit_id, say("sau này nhập vào {unit}", unit=unit.label)) for step in self.gazetteer.predecessors(unit.id, on)]
        if self.bare_district and self.bare_district.lives(on):
            found.insert(0, of_district(self.bare_district, say("cùng tên, sống ngày {day}", day=format_day(on))))
        said = say(
            "{unit} có từ {day}, sau ngày đang xét. Hãy xem lại ngày hoặc chọn đơn vị khi đó.",
            unit=unit.label,
            day=format_day(unit.valid_from) if unit.valid_from else "",
        )
        return Choice(said, "not_yet", named_unit_id=unit.id, candidates=once(found))

    # -- without a day -------------------------------------------------------------------------------------------------

    def _on_any_day(self, pool: list[Place]) -> Choice:
        found = [of_unit(self.gazetteer, unit.id, when(unit)) for unit in sorted(pool, key=lambda place: (place.valid_from or date.min, place.id))]
        if self.bare_district and self.mention.kind is None:
            found.insert(0, of_district(self.bare_district, when(self.bare_district)))
        if len(found) == 1 and len(pool) == 1:
            return Choice(say("{unit}: đơn vị duy nhất mang tên này.", unit=self.gazetteer.full_label(pool[0].id)), "only_one", pool[0].id)
        return Choice(
            say("Chưa có ngày; «{name}» là {n} đơn vị theo từng thời kỳ. Hãy chọn.", name=self.mention.text, n=len(found)), "no_day", candidates=once(found)
        )

    # -- nobody of that name -------------------------------------------------------------------------------------------

    def _wrong_district(self, district: Place) -> Choice:
        living = [unit for unit in self.units if self.on is None or unit.lives(self.on)]
        found = tuple(of_unit(self.gazetteer, unit.id, say("cùng tên, nhưng không thuộc {district}", district=district.label)) for unit in living)
        return Choice(
            say("«{name}» không thuộc {district}. Hãy xem lại.", name=self.mention.text, district=district.label),
            "wrong_district",
            candidates=found,
            district_id=district.id,
        )

    def _nobody(self) -> Choice:
        near = [place for place in near_places(self.gazetteer, self.mention) if not place.is_district]
        near = [place for place in near if place.kind == self.mention.kind] or near
        if self.district:
            near = [place for place in near if place.district_id == self.district.id or self.gazetteer.touches(place.id, self.district.id)] or near
        found = offered(self.gazetteer, near, self.on, say("viết gần giống «{words}»", words=self.mention.text))
        written = self._written(self.mention.text)
        if found:
            return Choice(
                say("Không có «{place}». Có phải một trong các nơi này?", place=written),
                "near",
                candidates=found,
                district_id=self.district.id if self.district else None,
            )
        if self.district:
            return Choice(
                say("Không có «{place}» ở {district}; chỉ ghi nhận {district}.", place=written, district=self.district.label),
                "district_only",
                district_id=self.district.id,
            )
        return Choice(say("Hà Nội không có «{place}».", place=written), "no_such_unit")

    def _written(self, name: str) -> str:
        return f"{KIND_WORDS.get(self.mention.kind or '', '')} {name}".strip()

    def _weakened(self, choice: Choice, why: Message, how: str, said: Message) -> Choice:
        """The same, but offered instead of chosen."""
        if choice.unit_id is None:
            return choice
        return Choice(said, how, named_unit_id=choice.named_unit_id, candidates=(of_unit(self.gazetteer, choice.unit_id, why), *choice.candidates))


def _latest(ended: list[Place]) -> list[Place]:
    """Of rows that follow one another under one name in one district, the last."""
    kept: dict[tuple[str, int | None], Place] = {}
    for unit in sorted(ended, key=lambda place: (place.valid_to or date.max, place.id)):
        kept[unit.kind, unit.district_id] = unit
    return list(kept.values())
