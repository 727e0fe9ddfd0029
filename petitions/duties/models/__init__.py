"""Tables of duties, one file per noun. Days are days in Hanoi; nothing that was true on a day is overwritten."""
