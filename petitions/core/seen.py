"""What a form was drawn from, as a digest that travels along: where the row says something else by then, somebody else has saved it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SEEN = "seen"


def digest(values: Mapping[str, Any]) -> str:
    """Stands for the values that a form shows."""
    plain = {name: str(value) for name, value in values.items() if value is not None}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]
