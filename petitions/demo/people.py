"""Invented delegates and petitioners of the demo office. Given names are words for virtues and seasons, each marked as a sample."""

from petitions.intake.values import PetitionerValues

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
MIDDLES = ("Mẫu", "Thị Mẫu", "Văn Mẫu", "Minh Mẫu", "Thanh Mẫu")
GIVEN = ("An", "Bình", "Cần", "Đức", "Gia", "Hiền", "Khiêm", "Lành", "Mai", "Nhân", "Phúc", "Quý", "Sen", "Tâm", "Uyên", "Vững", "Xuân", "Yên")
SEATS = 3


def delegates_of(constituency_number: int) -> list[str]:
    """Names of the demo delegates of a constituency, the group's head first."""
    return [_name(constituency_number * SEATS + seat) for seat in range(SEATS)]


def petitioners_of(number: int) -> tuple[PetitionerValues, ...]:
    """Every fourth petition names one or two people; the others only a number of voters."""
    if number % 4:
        return ()
    count = 2 if number % 12 == 0 else 1
    return tuple(PetitionerValues(_name(number + n * 7), f"Tổ dân phố số {number % 17 + 1}", f"0900 000 {(number + n) % 1000:03}") for n in range(count))


def _name(number: int) -> str:
    return f"{FAMILIES[number % len(FAMILIES)]} {MIDDLES[number % len(MIDDLES)]} {GIVEN[number % len(GIVEN)]}"
