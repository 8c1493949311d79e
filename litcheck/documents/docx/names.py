"""Names of elements and attributes in WordprocessingML, and the bytes of a part with the names of the transitional form."""

from __future__ import annotations

from typing import Final

_FORMATS: Final = b"http://schemas.openxmlformats.org/"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"

#: Elements and attributes of text, of formulas, of alternatives, of relationships between parts.
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"

VAL: Final = W + "val"

#: Where the strict form (ISO/IEC 29500-1) uses other names for the same things, by the middle of their addresses.
_SAME: Final = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
    (b"officeDocument/bibliography", b"officeDocument/2006/bibliography"),
    (b"officeDocument/customXml", b"officeDocument/2006/customXml"),
)


def transitional(part: bytes) -> bytes:
    """The part with the names that the transitional form uses, whichever it uses itself."""
    if _STRICT in part:
        for strict, loose in _SAME:
            part = part.replace(_STRICT + strict, _FORMATS + loose)
    return part


def is_on(value: str | None) -> bool:
    """What an on-off property says: on if it has no value."""
    return value not in ("0", "false", "off")
