"""Ground floor: database, clock, words, errors, identity, workflow, paging. Open to every room; knows none of them."""
