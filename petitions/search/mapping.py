"""Index files as the system's memory maps: read in place, by many threads at once, shared between processes and given back under pressure.

Whoosh would read plain files through one shared position, and copy files that it packs into one wholly into memory.
"""

import mmap
import os
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

POSTINGS = ".pst"


class MappedFile(BufferFile):
    """A file in a memory map; `get` needs no position."""

    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        StructFile.__init__(self, mapped, name=name)  # type: ignore[arg-type]
        self.is_real = False
        self._buf = self._view = memoryview(mapped)

    def close(self) -> None:
        """Close the file; the map goes when nobody looks at it any more."""
        if not self.is_closed:
            self._view.release()
            self.is_closed = True


class PostingsFile(MappedFile):
    """The same for posting lists, which are read once and kept decoded: `get` copies from the file, so their pages do not count as this process's."""

    def __init__(self, mapped: mmap.mmap, name: str, handle: int) -> None:
        super().__init__(mapped, name)
        self._handle = handle

    def get(self, position: int, length: int) -> bytes:
        """Some bytes of the file."""
        return os.pread(self._handle, length, position)

    def close(self) -> None:
        """Close both."""
        if not self.is_closed:
            os.close(self._handle)
        super().close()

    def __del__(self) -> None:
        self.close()


class MappedStorage(FileStorage):
    """A folder whose files are mapped when they are opened."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """Whoosh's file over the map; over nothing for an empty file, which cannot be mapped."""
        with Path(self.folder, name).open("rb") as source:
            try:
                mapped = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:
                return BufferFile(b"", name=name, **kwargs)
            return PostingsFile(mapped, name, os.dup(source.fileno())) if name.endswith(POSTINGS) else MappedFile(mapped, name)
