"""How much a PDF unpacks to, before pdfium unpacks it: its own bounds are a gigabyte a stream."""

from __future__ import annotations

import re
import zlib

from litcheck.limits import Allowance

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DICTIONARY = 2000
_CHUNK = 1 << 16
#: Pictures are unpacked for the eye alone, and fonts are large and seldom what a file hides something in: of both only the first
#: chunk is looked at. Real ones are packed to a fifth at best, plain ones to a fortieth; files made to explode reach 1,000.
_PICTURE_OR_FONT = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)\b|/Length1\b")
_SUSPECT = 200
#: The most that one packing shrinks by.
_DEFLATED = 1032


def check_streams(data: bytes, allowance: Allowance) -> None:
    """Takes what the streams of a file unpack to off the allowance. Raises ``UnreadableDocument`` when that is too much.

    Encrypted streams, and those packed in other ways than by Flate, are not looked into.
    """
    for match in _STREAM.finditer(data):
        allowance.check_time()
        dictionary = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"obj")[2]
        packed_by = dictionary.count(b"/FlateDecode") + dictionary.count(b"/Fl ")
        if packed_by:
            only_sample = bool(_PICTURE_OR_FONT.search(dictionary))
            unpacked = _unpacked(data, match.end(), allowance.bytes_left, only_sample=only_sample)
            allowance.unpack(unpacked * _DEFLATED ** (packed_by - 1))


def _unpacked(data: bytes, start: int, most: int, *, only_sample: bool) -> int:
    """How many bytes a stream unpacks to, counted until it is more than ``most``; 0 for the usual picture or font."""
    unpacker = zlib.decompressobj()
    count = 0
    at = start
    try:
        while at < len(data) and not unpacker.eof and count <= most:
            left = data[at : at + _CHUNK]
            at += len(left)
            while left and not unpacker.eof and count <= most:
                count += len(unpacker.decompress(left, 1 << 20))
                left = unpacker.unconsumed_tail
            if only_sample and count < _SUSPECT * (at - start):
                return 0
    except zlib.error:
        return 0
    return count
