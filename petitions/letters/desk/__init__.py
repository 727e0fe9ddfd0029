"""The office's desk of outgoing letters: register, letters, templates, signatories and books."""
