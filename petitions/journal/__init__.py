"""The journal (nhật ký): what happened, who did it, when, old → new, why. Append-only and hash-chained.

One row per act. A trigger refuses UPDATE and DELETE on both engines; `petitions journal verify` names the first broken link.
Not a debug log, not a store of personal data: of protected fields it holds the name and a keyed digest only.
"""
