"""One file a step; the file is named like its revision id."""
