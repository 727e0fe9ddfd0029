"""SELECTs of oversight, one file per question."""
