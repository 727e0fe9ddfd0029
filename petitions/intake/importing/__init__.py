"""Importing (nhập tệp): petitions from a spreadsheet, previewed first, taken in chunks, repeatable without doubling anything.

    file (tệp) → reading → Sheet of lines → columns → values → plan (dry run and real run alike) → actions, chunk by chunk

Words: batch = lượt nhập, line = dòng, remark = điều cần nói (a refusal, a warning or a note about a row and column),
identity = nhận dạng (the external id, else a digest of text, place and day).
Not the form a clerk fills by hand (intake), not the exchange with other systems.
"""
