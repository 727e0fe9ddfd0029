"""`python -m petitions.documents.reading TASK KIND PROCESSOR CLOCK MEMORY OUTPUT`: the limits first, then the file."""

import io
import sys

from petitions.documents.confining import confine, tell
from petitions.documents.reading import office, pdf, pictures, plain

READERS = {"pdf": pdf, "jpg": pictures, "png": pictures, "docx": office, "xlsx": office, "txt": plain}


def main(words: list[str]) -> int:
    """Do what was asked; 0 when an answer was given."""
    task, kind = words[0], words[1]
    confine(*(int(word) for word in words[2:6]))
    source = io.BytesIO(sys.stdin.buffer.read())  # at most 50 MB, and within the limit of memory
    reader = READERS[kind]
    answer = reader.look(source, kind) if task == "look" else reader.read(source, kind)
    tell(answer.facts, answer.parts, sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
