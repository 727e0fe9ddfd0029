"""The pages of oversight, one file per page."""
