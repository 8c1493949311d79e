"""Tokens of many strings → the numbers that the network reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from bib.folding import unaccent
from bib.strings.features import Lexicon, Shape, word_features
from bib.strings.tokens import Tokens

if TYPE_CHECKING:  # numpy's types take as long to load as numpy
    from numpy.typing import NDArray

#: Values of ``Encoded.context``: white space before the token or not, times the four places among brackets.
CONTEXTS = 8
#: Values of ``Encoded.container``: no known name, or the first or a later word of one of 1, 2, or 3 and more words.
CONTAINER_MARKS = 7
#: Names of containers are known up to this many words.
LONGEST_NAME = 8
_PRIME = np.uint64(1_000_003)


def name_hashes(names: Sequence[Tokens]) -> dict[int, NDArray[np.uint64]]:
    """For each number of words the sorted checksums of the names that have so many."""
    found: dict[int, set[int]] = {}
    for name in names:
        keys = [key for word in name.words if (key := word_key(word))]
        if not 1 <= len(keys) <= LONGEST_NAME or (len(keys) == 1 and len(name.words[0]) < 4):
            continue
        value = np.uint64(0)
        with np.errstate(over="ignore"):
            for key in keys:
                value = value * _PRIME + np.uint64(key)
        found.setdefault(len(keys), set()).add(int(value))
    return {length: np.array(sorted(values), dtype=np.uint64) for length, values in found.items()}


def word_key(word: str) -> int:
    """A checksum of a word without case and accents, 0 for marks and holes."""
    if not word[0].isalnum():
        return 0
    return crc32(unaccent(word).lower().encode()) or 1


@dataclass(slots=True)
class Rows:
    """An array that rows are added to; it doubles its room when that is used up, so that no addition copies all."""

    array: NDArray[Any]
    used: int = 0

    def append(self, new: NDArray[Any]) -> None:
        """Adds rows."""
        needed = self.used + len(new)
        if needed > len(self.array):
            grown = np.zeros((max(needed, 2 * len(self.array)), *self.array.shape[1:]), dtype=self.array.dtype)
            grown[: self.used] = self.array[: self.used]
            self.array = grown
        self.array[self.used : needed] = new
        self.used = needed


@dataclass(slots=True)
class Vocabulary:
    """What is known of each word that was met: a row a word, found once.

    ``ids``: word, three checksums of its ends, shape; ``dense``: ``DENSE`` numbers; ``keys``: for names of several words.
    """

    words: Mapping[str, int]
    lexicon: Lexicon
    rows: dict[str, int] = field(default_factory=dict)
    ids: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    dense: list[tuple[float, ...]] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    key_rows: Rows = field(default_factory=lambda: Rows(np.zeros(1024, dtype=np.uint64)))

    def row(self, word: str) -> int:
        """The row of a word, made if it is new."""
        row = self.rows.get(word)
        if row is None:
            row = self.rows[word] = len(self.ids)
            first, last, end, shape, dense = word_features(word, self.lexicon)
            self.ids.append((self.words.get(word.lower(), 0), first, last, end, shape))
            self.dense.append(dense)
            self.keys.append(0 if shape in (Shape.MARK, Shape.SIGN) else word_key(word))
        return row


@dataclass(frozen=True, slots=True)
class Encoded:
    """Strings one after another: for each token its row in the vocabulary, its context and its mark; and their lengths."""

    rows: NDArray[np.int32]
    context: NDArray[np.int8]
    container: NDArray[np.int8]
    lengths: NDArray[np.int32]


def encode(strings: Sequence[Tokens], vocabulary: Vocabulary, names: Mapping[int, NDArray[np.uint64]]) -> Encoded:
    """The strings as numbers."""
    row, rows = vocabulary.row, vocabulary.rows
    flat = [known if (known := rows.get(word)) is not None else row(word) for tokens in strings for word in tokens.words]
    all_rows = np.array(flat, dtype=np.int32)
    spaced = np.frombuffer(b"".join(tokens.spaced for tokens in strings), dtype=np.int8)
    places = np.frombuffer(b"".join(tokens.places for tokens in strings), dtype=np.int8)
    lengths = np.array([len(tokens) for tokens in strings], dtype=np.int32)
    vocabulary.key_rows.append(np.array(vocabulary.keys[vocabulary.key_rows.used :], dtype=np.uint64))
    keys = vocabulary.key_rows.array[all_rows]
    return Encoded(all_rows, spaced * 4 + places, _container_marks(keys, lengths, names), lengths)


def _container_marks(
    keys: NDArray[np.uint64], lengths: NDArray[np.int32], names: Mapping[int, NDArray[np.uint64]]
) -> NDArray[np.int8]:
    """Marks the words of known names; marks between words do not part a name."""
    marks = np.zeros(len(keys), dtype=np.int8)
    places = np.flatnonzero(keys)
    words = keys[places]
    owner = np.repeat(np.arange(len(lengths)), lengths)[places]
    found = np.zeros(len(words), dtype=np.int8)
    value = np.zeros(len(words), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for length in range(1, LONGEST_NAME + 1):
            count = len(words) - length + 1
            if count <= 0:
                break
            value = value[:count] * _PRIME + words[length - 1 :]
            table = names.get(length)
            if table is None:
                continue
            hit = table[np.minimum(np.searchsorted(table, value), len(table) - 1)] == value
            starts = np.flatnonzero(hit & (owner[:count] == owner[length - 1 :]))
            mark = 2 * min(length, 3) - 1
            for later in range(length):
                found[starts + later] = np.maximum(found[starts + later], mark + (later > 0))
    marks[places] = found
    return marks
