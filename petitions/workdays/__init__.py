"""Working days (ngày làm việc): which days count, and how long from one to another.

Calendar (lịch làm việc), a marked day: off (ngày nghỉ) or worked (ngày làm bù), day in lieu (nghỉ bù), swap (hoán đổi), notice (thông báo nghỉ lễ, Tết
của năm), version of the calendar (bản lịch), explanation of a date (vì sao ngày này).
Not what is owed by when (duties): that room asks here, and is asked by `impact` which of its deadlines a change would move.
"""
