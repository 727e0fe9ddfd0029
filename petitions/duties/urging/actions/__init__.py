"""What people do with urgings: propose (the job, or by hand), change, withdraw, issue, recall, acknowledge, take or refuse a candidate, edit the ladder.

Every function takes `by: Identity, now: datetime, today: date` and notes a line in the journal; issuing notes one on each item too.
"""
