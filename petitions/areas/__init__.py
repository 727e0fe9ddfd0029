"""Areas (địa bàn): Hanoi's administrative units through time, and what became of which.

District (quận, huyện, thị xã; ended 30/06/2025), administrative unit (phường, xã, thị trấn; three generations inside the term),
change (đơn vị cũ → đơn vị mới, wholly or in part). The resolver turns the words a clerk has into a unit of a day; it never guesses silently.
Not constituencies (council), not streets, not maps. Names of units are never translated.
"""
