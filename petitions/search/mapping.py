"""Index files as the system's memory maps: read in place, by many threads at once, shared between processes and given back under pressure.

Whoosh would read plain files through one shared position, and copy files that it packs into one wholly into memory.
"""

import mmap
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile


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


class MappedStorage(FileStorage):
    """A folder whose files are mapped when they are opened."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """Whoosh's file over the map; over nothing for an empty file, which cannot be mapped."""
        with Path(self.folder, name).open("rb") as source:
            try:
                return MappedFile(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ), name)
            except ValueError:
                return BufferFile(b"", name=name, **kwargs)
