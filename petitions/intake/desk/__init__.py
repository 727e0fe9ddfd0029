"""The clerk's desk: pages on which petitions are entered, corrected, accepted and classified (form, listening column, queues)."""
