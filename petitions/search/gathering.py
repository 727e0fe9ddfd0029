"""The postings of a segment while it is written: syllables as numbers in flat arrays, made into posting lists by sorting them once.

The same terms and weights as `weights.weigh` gives document by document (a property test holds them together), at a tenth of the
price: a syllable is analysed once for the whole segment, and its pairs with neighbours are made of numbers.
"""

from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from petitions.search import analysis
from petitions.search.documents import CODE
from petitions.search.weights import STEP, worth

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
List = tuple[bytes, list[int], list[float]]  # a term, the documents that hold it, its weight in each
TERMS = 4096
_CODE = "\0"  # before a code, to tell it from the same word


class Gathered:
    """Texts and values of documents, given in the order of their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # a word as it stands in a text → its number
        self._spelled: list[tuple[str, str]] = []  # number → exact and folded term
        self._occurrences = array("i")
        self._documents = array("i")  # of each run of words: its document, how many words, what one is worth
        self._sizes = array("i")
        self._worths = array("f")
        self._values: dict[str, dict[bytes, array[int]]] = {}

    @property
    def size(self) -> int:
        """Syllables held."""
        return len(self._occurrences)

    def texts(self, document: int, texts: Mapping[str, str]) -> dict[str, list[str]]:
        """Take the parts of a document; the exact terms of each, in their order."""
        said: dict[str, list[str]] = {}
        numbers, meet = self._numbers, self._meet
        for part, text in texts.items():
            words = analysis.raw_words(text)
            if not words:
                continue
            one = worth(part, len(words))
            runs = [words, *([_CODE + code] for code in analysis.codes(text))] if part == CODE else [words]
            for run in runs:
                found = [numbers[word] if word in numbers else meet(word) for word in run]
                if run is words:
                    said[part] = [self._spelled[number][0] for number in found]
                self._occurrences.extend(found)
                self._documents.append(document)
                self._sizes.append(len(run))
                self._worths.append(one)
        return said

    def value(self, field: str, term: str, document: int) -> None:
        """Note that `document` has `term` in `field`, with the weight 1."""
        of_field, key = self._values.setdefault(field, {}), term.encode()
        if key not in of_field:
            of_field[key] = array("i")
        of_field[key].append(document)

    def _meet(self, word: str) -> int:
        number = self._numbers[word] = len(self._spelled)
        self._spelled.append((word[1:], word[1:]) if word.startswith(_CODE) else analysis.terms_of(word))
        return number

    def valued(self, field: str) -> Iterator[List]:
        """The posting lists of a field of values."""
        for term, documents in sorted(self._values.get(field, {}).items()):
            yield term, documents.tolist(), [1.0] * len(documents)

    def exact(self) -> Iterator[List]:
        """The posting lists of exact terms."""
        return self._singles(0)

    def folded(self) -> Iterator[List]:
        """The posting lists of folded terms."""
        return self._singles(1)

    def pairs(self) -> Iterator[List]:
        """The posting lists of pairs of neighbours."""
        terms, ranks = self._ranked(1)
        codes = ranks[_plain(self._occurrences, np.int32)]
        sizes = _plain(self._sizes, np.int32)
        inside = np.ones(len(codes), bool)
        inside[np.cumsum(sizes, dtype=np.int64) - 1] = False  # the last of a run has no neighbour to its right
        places = np.flatnonzero(inside)
        pairs, of = np.unique(codes[places] * len(terms) + codes[places + 1], return_inverse=True)
        names = [analysis.pair(terms[one], terms[other]) for one, other in zip(*(part.tolist() for part in np.divmod(pairs, len(terms))), strict=True)]
        order = sorted(range(len(names)), key=names.__getitem__)
        rank = np.empty(len(names), np.int64)
        rank[order] = np.arange(len(names))
        return self._lists([names[i] for i in order], rank[of], places)

    def _singles(self, which: int) -> Iterator[List]:
        terms, ranks = self._ranked(which)
        return self._lists(terms, ranks[_plain(self._occurrences, np.int32)], None)

    def _ranked(self, which: int) -> tuple[list[str], Ints]:
        """The terms in order, and the rank of the term of each word."""
        terms = sorted({spelled[which] for spelled in self._spelled})
        rank = {term: number for number, term in enumerate(terms)}
        return terms, np.array([rank[spelled[which]] for spelled in self._spelled], np.int64)

    def _lists(self, terms: list[str], ranks: Ints, places: Any) -> Iterator[List]:
        """Posting lists of occurrences: `ranks` of their terms, `places` among all occurrences (None: all)."""
        if not len(ranks):
            return
        sizes = _plain(self._sizes, np.int32)
        documents = np.repeat(_plain(self._documents, np.int32), sizes)
        worths = np.repeat(_plain(self._worths, np.float32), sizes)
        if places is not None:
            documents, worths = documents[places], worths[places]
        keys = (ranks << 32) | documents
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        weights = stepped(np.add.reduceat(worths[order].astype(np.float64), starts))
        keys = keys[starts]
        ranks, numbers = keys >> 32, (keys & 0xFFFFFFFF).astype(np.int32)
        cuts = np.append(np.flatnonzero(np.concatenate(([True], ranks[1:] != ranks[:-1]))), len(ranks))
        for first in range(0, len(cuts) - 1, TERMS):  # lists of numbers take much room: a few terms at a time
            piece = cuts[first : first + TERMS + 1]
            base = int(piece[0])
            documents, worths = numbers[base : piece[-1]].tolist(), weights[base : piece[-1]].tolist()
            named = ranks[piece[:-1]].tolist()
            for name, (start, end) in zip(named, pairwise((piece - base).tolist()), strict=True):
                yield terms[name].encode(), documents[start:end], worths[start:end]


def _plain(values: Any, kind: Any) -> Any:
    return np.frombuffer(values, kind) if len(values) else np.empty(0, kind)


def stepped(sums: NDArray[np.float64]) -> Floats:
    """Weights in the steps they are kept in."""
    return (np.maximum(1, np.rint(sums * STEP)) / STEP).astype(np.float32)
