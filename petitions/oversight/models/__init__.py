"""Tables of oversight, one file per noun. Nothing that was true on a day is overwritten: steps, dates and terms are rows with validity."""
