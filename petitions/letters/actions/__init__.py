"""Writing letters: drafting, issuing, recalling; templates; books, signatories and their absences."""
