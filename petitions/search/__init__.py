"""The search room (tìm kiếm): finds what other rooms hand over as documents, and knows no petition.

A subject room turns a row into a `SearchDocument` (văn bản tìm kiếm) and registers a `SubjectSource` (nguồn); the outbox says what has
changed; one writer per index folder (bộ ghi) brings it into the index (chỉ mục), many readers search it through `engine.py`.
Words: facet = tiêu chí lọc, filter = bộ lọc, term = từ, syllable = tiếng, fold = bỏ dấu, snippet = trích đoạn, scope = phạm vi.

It is not the truth: everything here can be thrown away and rebuilt from the database. It holds no petitioner's data.
"""
