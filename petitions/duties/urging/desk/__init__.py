"""The pages of urging: drafts and letters, the ladder, candidates of the committees, what an agency received."""
