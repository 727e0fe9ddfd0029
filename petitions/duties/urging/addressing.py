"""To whom an urging is addressed, by the rank of its rung and the agency that is late. Pure.

For the city's agencies those who stand over them are the Chairman and Vice-Chairmen of the People's Committee; for ministries, the Government.
"""

from petitions.duties.urging.ladder import ABOVE, CHAIR, HANDLER

CENTRAL = "central"
# How the head of an agency is called, by how the agency's name begins; the first that fits.
HEADS = (
    ("Sở ", "Giám đốc"),
    ("Công an ", "Giám đốc"),
    ("Trung tâm ", "Giám đốc"),
    ("Ủy ban nhân dân ", "Chủ tịch"),
    ("UBND ", "Chủ tịch"),
    ("Bộ Tư lệnh ", "Tư lệnh"),
)
CITY_CHAIR, CITY_VICE = "Chủ tịch Ủy ban nhân dân Thành phố Hà Nội", "Phó Chủ tịch phụ trách, Ủy ban nhân dân Thành phố Hà Nội"
PRIME, DEPUTY_PRIME = "Thủ tướng Chính phủ", "Phó Thủ tướng Chính phủ phụ trách"


def addressee(rank: str, agency: str, level: str) -> str:
    """The line after "Kính gửi": the agency, its head, or who stands over it."""
    if rank == HANDLER:
        return agency
    if rank in ABOVE:
        if level == CENTRAL:
            return PRIME if rank == CHAIR else DEPUTY_PRIME
        return CITY_CHAIR if rank == CHAIR else CITY_VICE
    return head_of(agency)


def head_of(agency: str) -> str:
    """The head of an agency: "Giám đốc Sở Xây dựng"; without a title that is known, "Thủ trưởng …"."""
    title = next((title for start, title in HEADS if agency.startswith(start)), "Thủ trưởng")
    return f"{title} {agency}"
