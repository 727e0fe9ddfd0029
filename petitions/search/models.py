"""The office's own words of the trade, beside those that come with the program. A line is added or withdrawn, never changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

FORMS_LENGTH, SOURCE_LENGTH, WHO_LENGTH = 600, 400, 200


class SearchWords(Base):
    """Forms that mean the same, parted by " | "; `drops`: a line of the program's own that this office does not want."""

    __tablename__ = "search_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    forms: Mapped[str] = mapped_column(String(FORMS_LENGTH))
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    drops: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    added_at: Mapped[datetime]
    added_by_name: Mapped[str] = mapped_column(String(WHO_LENGTH))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_name: Mapped[str | None] = mapped_column(String(WHO_LENGTH))
