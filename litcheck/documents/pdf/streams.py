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


#: A drawing (a form, in the format's words), and the command with which it draws another one or a picture.
_DRAWING = re.compile(rb"/Subtype\s*/Form\b")
_DRAWS = re.compile(rb"/[^\s/<>()\[\]{}%]+\s+Do\b")
#: Of a drawing so many bytes are searched for it.
_SEARCHED = 1 << 20


def check_streams(data: bytes, allowance: Allowance) -> int:
    """Takes what the streams of a file unpack to off the allowance; gives the number of drawings that may draw others.

    Encrypted streams, and those packed in other ways than by Flate, are not looked into; drawings among them may draw anything.
    Raises ``UnreadableDocument`` when the streams unpack to too much.
    """
    drawing = 0
    for match in _STREAM.finditer(data):
        allowance.check_time()
        dictionary = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b"obj")[2]
        packed_by = dictionary.count(b"/FlateDecode") + dictionary.count(b"/Fl ")
        is_drawing = bool(_DRAWING.search(dictionary))
        if packed_by:
            only_sample = bool(_PICTURE_OR_FONT.search(dictionary))
            unpacked, head = _unpacked(data, match.end(), allowance.bytes_left, only_sample=only_sample)
            allowance.unpack(unpacked * _DEFLATED ** (packed_by - 1))
            drawing += is_drawing and (packed_by > 1 or not head or bool(_DRAWS.search(head)))
        elif is_drawing:
            plain = data[match.end() : match.end() + _SEARCHED].partition(b"endstream")[0]
            drawing += b"/Filter" in dictionary or b"/Encrypt" in data or bool(_DRAWS.search(plain))
    return drawing


def _unpacked(data: bytes, start: int, most: int, *, only_sample: bool) -> tuple[int, bytes]:
    """How many bytes a stream unpacks to, counted until it is more than ``most``, and the first of them.

    0 and nothing for the usual picture or font, and for what is no such stream.
    """
    unpacker = zlib.decompressobj()
    count = 0
    head: list[bytes] = []
    at = start
    try:
        while at < len(data) and not unpacker.eof and count <= most:
            left = data[at : at + _CHUNK]
            at += len(left)
            while left and not unpacker.eof and count <= most:
                piece = unpacker.decompress(left, _SEARCHED)
                if count < _SEARCHED:
                    head.append(piece)
                count += len(piece)
                left = unpacker.unconsumed_tail
            if only_sample and count < _SUSPECT * (at - start):
                return 0, b""
    except zlib.error:
        return 0, b""
    return count, b"".join(head)
