"""Every SELECT of urging: what the job reads, drafts and letters, the ladder, candidates of the committees."""
