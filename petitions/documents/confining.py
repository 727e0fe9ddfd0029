"""What every guarded child does first and last: takes its limits for good, and answers in frames. Imported by children; it knows no database."""

import json
import resource
import signal
from collections.abc import Mapping
from typing import IO, Any

MOST_FILES = 32


def confine(processor: int, clock: int, memory: int, output: int, *, files: int = MOST_FILES) -> None:
    """Take what the parent allows, for good."""
    signal.alarm(clock)  # should the parent be gone
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))  # asked to end, then ended
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def tell(facts: Mapping[str, Any], parts: Mapping[str, bytes], output: IO[bytes]) -> None:
    """Write the frames: a line of JSON {"name", "size"}, then that many bytes; the facts first."""
    for name, data in {"facts": json.dumps(facts).encode(), **parts}.items():
        output.write(json.dumps({"name": name, "size": len(data)}).encode() + b"\n")
        output.write(data)
    output.flush()
