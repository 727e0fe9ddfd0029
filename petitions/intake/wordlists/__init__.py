"""The office's own lists (danh mục): origins, levels of competence, the tree of fields. Added, corrected, renamed from a day, ended; never deleted."""
