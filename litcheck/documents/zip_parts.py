"""The parts of documents that are ZIP files inside (DOCX, ODT, EPUB), read one by one and never more than is allowed.

What the directory of a ZIP file says about sizes is the file's own word: parts are unpacked in pieces, and reading stops where
the allowance ends, whatever was announced.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from struct import error as struct_error

from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

#: More parts than any document has; a directory of millions takes gigabytes to hold.
MOST_PARTS = 20_000

_PIECE = 1 << 20
_ENCRYPTED = 0x1
_SIGNATURE_OF_ENTRY = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ZipParts:
    """The parts of one document by their names. Raises ``UnreadableDocument`` for what is no sound ZIP file."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        self._allowance = allowance
        if data.count(_SIGNATURE_OF_ENTRY) > MOST_PARTS:
            raise UnreadableDocument(f"{allowance.name} has more than {MOST_PARTS:,} parts, which no document has. Save it anew.")
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct_error) as error:
            raise self._damaged() from error
        self._parts = {info.filename: info for info in self._file.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the file's directory."""
        return tuple(self._parts)

    def read(self, part: str) -> bytes:
        """What a part holds. Raises ``UnreadableDocument`` for one that is missing, damaged, encrypted or too large."""
        info = self._parts.get(part)
        if info is None:
            raise UnreadableDocument(f"{self._allowance.name} lacks its part {part}: it is damaged or cut off. Save it anew.")
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableDocument(f"{self._allowance.name} is encrypted. Save it without a password and check that file.")
        if info.compress_type not in _METHODS:
            raise self._damaged()
        pieces = []
        try:
            with self._file.open(info) as opened:
                while piece := opened.read(min(_PIECE, self._allowance.bytes_left + 1)):
                    self._allowance.unpack(len(piece))
                    self._allowance.check_time()
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct_error) as error:
            raise self._damaged() from error
        return b"".join(pieces)

    def _damaged(self) -> UnreadableDocument:
        name = self._allowance.name
        return UnreadableDocument(f"{name} is damaged or cut off: it cannot be unpacked. Save or download it anew.")
