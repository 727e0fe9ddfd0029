"""`python -m petitions.documents.reading TASK KIND PROCESSOR CLOCK MEMORY OUTPUT`: the limits first, then the file."""

import io
import json
import resource
import signal
import sys
from typing import IO

from petitions.documents.reading import answers, office, pdf, pictures, plain

READERS = {"pdf": pdf, "jpg": pictures, "png": pictures, "docx": office, "xlsx": office, "txt": plain}
MOST_FILES = 32


def main(words: list[str]) -> int:
    """Do what was asked; 0 when an answer was given."""
    task, kind = words[0], words[1]
    confine(*(int(word) for word in words[2:6]))
    source = io.BytesIO(sys.stdin.buffer.read())  # at most 50 MB, and within the limit of memory
    reader = READERS[kind]
    answer = reader.look(source, kind) if task == "look" else reader.read(source, kind)
    tell(answer, sys.stdout.buffer)
    return 0


def confine(processor: int, clock: int, memory: int, output: int) -> None:
    """Take what the parent allows, for good."""
    signal.alarm(clock)  # should the parent be gone
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))  # asked to end, then ended
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def tell(answer: answers.Answer, output: IO[bytes]) -> None:
    """Write the frames."""
    for name, data in {"facts": json.dumps(answer.facts).encode(), **answer.parts}.items():
        output.write(json.dumps({"name": name, "size": len(data)}).encode() + b"\n")
        output.write(data)
    output.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
