"""Every SELECT of intake: lists of the office, scope, petitions, words for the journal, what panels count."""
