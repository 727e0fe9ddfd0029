"""Plain data of recommendations: what the command prints, what the forms send."""

from typing import Any

from petitions.oversight.splitting.proposals import Proposal


def plain_proposal(one: Proposal) -> dict[str, Any]:
    """A proposal as the contract prints it: agencies by the register's name, days as yyyy-mm-dd."""
    return {
        "clause": one.clause,
        "text": one.text,
        "lead": [name.name for name in one.lead],
        "with": [name.name for name in one.together],
        "due_kind": one.due_kind,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "rhythm": one.rhythm,
        "source": one.source,
        "post": one.post or None,
        "deliverable": one.product or None,
        "report_on": one.report_on.isoformat() if one.report_on else None,
    }
