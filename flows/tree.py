"""Which files of a tree are documents."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from litcheck.documents.formats import FORMATS, READ_SUFFIXES
from litcheck.documents.recognise import HEAD, stands_alone
from litcheck.errors import UnreadableDocument
from litcheck.preparing import Unreadable

#: How the names of files begin that are hidden, or that Word keeps beside a document that is open.
_NO_FILES_OF_PEOPLE = (".", "~$")
#: Names that end so may be documents or not.
_TO_LOOK_AT = frozenset({".xml", *FORMATS["latex"].suffixes, *FORMATS["html"].suffixes})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a directory holds: documents in the order of their paths, and what is not read.

    ``unlisted`` are directories that could not be opened; ``passed_over`` counts the other files by the end of their name.
    """

    documents: tuple[Path, ...]
    unlisted: tuple[Unreadable, ...]
    passed_over: Mapping[str, int]


def walk(directory: Path) -> Tree:
    """Every file below ``directory`` whose name ends like a manuscript or bibliography in a format that is read.

    Of LaTeX, HTML and XML, what is no document by itself is passed over (``stands_alone``). Hidden files and directories are
    skipped, and so are the files that Word keeps beside a document that is open (``~$paper.docx``); links are followed, a
    directory that was seen before is not entered again. Raises ``UnreadableDocument`` if ``directory`` is none.
    """
    if not directory.is_dir():
        raise UnreadableDocument(f"{directory} is not a directory. Name the directory that holds the documents.")
    documents: list[Path] = []
    unlisted: list[Unreadable] = []
    passed_over: Counter[str] = Counter()
    seen: set[tuple[int, int]] = set()
    waiting = [directory]
    while waiting:
        current = waiting.pop()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(current) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(_NO_FILES_OF_PEOPLE)]
        except OSError as error:
            unlisted.append(Unreadable(path=str(current), reason=f"{current} cannot be listed: {error.strerror or error}."))
            continue
        for entry in entries:
            path = Path(entry.path)
            if _is_directory(entry):
                waiting.append(path)
            elif _is_document(path):
                documents.append(path)
            else:
                passed_over[path.suffix.lower() or path.name] += 1
    return Tree(
        documents=tuple(sorted(documents)),
        unlisted=tuple(sorted(unlisted, key=lambda one: one.path)),
        passed_over=dict(sorted(passed_over.items())),
    )


def _is_directory(entry: os.DirEntry[str]) -> bool:
    """False for what cannot be told, such as a link to itself: reading it as a file will say why."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_document(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix not in _TO_LOOK_AT:
        return suffix in READ_SUFFIXES
    try:
        if not path.is_file():
            return True  # a pipe or a broken link: reading it will say why it cannot be read
        with path.open("rb") as file:
            data = file.read(HEAD)
    except OSError:
        return True
    # What mark-up looks like needs no other decoding; of UTF-16 its mark and the zeros are in the way.
    return stands_alone(data.replace(b"\0", b"").decode("utf-8", "ignore"), suffix)
