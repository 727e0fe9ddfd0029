"""From the text of a conclusion to its duties. Pure: text, the agencies' directory and a day go in; proposals come out, which a clerk corrects.

paragraphs (lines put together, the heading read) → outline (numbered clauses as a tree) → sentences → who (actors, mentions), by when (dues,
rhythms) → proposals (one a duty, each with its source sentence).
"""
