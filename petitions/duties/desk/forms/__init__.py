"""The forms of the moves, as tables: which boxes each has, which action it calls, what is said when it is done."""
