"""The agency's pages: what it owes, one letter for many answers, distribution by the People's Committee office."""
