"""Names of elements and attributes in OpenDocument."""

from __future__ import annotations

from typing import Final

_ODF = "urn:oasis:names:tc:opendocument:xmlns"

OFFICE: Final = f"{{{_ODF}:office:1.0}}"
TEXT: Final = f"{{{_ODF}:text:1.0}}"
STYLE: Final = f"{{{_ODF}:style:1.0}}"
TABLE: Final = f"{{{_ODF}:table:1.0}}"
DRAW: Final = f"{{{_ODF}:drawing:1.0}}"
META: Final = f"{{{_ODF}:meta:1.0}}"
SVG: Final = f"{{{_ODF}:svg-compatible:1.0}}"
#: LibreOffice's fields that stand for another program's.
FIELD: Final = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
MATH: Final = "{http://www.w3.org/1998/Math/MathML}"
HREF: Final = "{http://www.w3.org/1999/xlink}href"
XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
