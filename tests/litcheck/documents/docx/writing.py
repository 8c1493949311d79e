"""Word documents made of the XML of their parts."""

from __future__ import annotations

import io
import zipfile

TRANSITIONAL = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
STRICT = {
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "m": "http://purl.oclc.org/ooxml/officeDocument/math",
}
_OTHERS = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "b": "http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, *, strict: bool = False, others: dict[str, str] | None = None, **parts: str) -> bytes:
    """A document with this body. ``parts`` are what ``styles``, ``numbering``, … hold; ``others`` are whole parts."""
    names = (STRICT if strict else TRANSITIONAL) | _OTHERS
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in names.items())
    related = "".join(f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    content = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">'
        f'<Relationship Id="r" Type="{_KINDS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {declared}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">{related}</Relationships>',
    }
    content |= {f"word/{kind}.xml": f"<w:{kind} {declared}>{inner}</w:{kind}>" for kind, inner in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (content | (others or {})).items():
            file.writestr(name, text)
    return buffer.getvalue()


def p(*content: str, properties: str = "") -> str:
    """A paragraph of runs and whatever else is mark-up; plain words are runs of their own."""
    inner = "".join(piece if piece.startswith("<") else r(piece) for piece in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(content: str, properties: str = "") -> str:
    """A run of words, or of mark-up."""
    inner = content if content.startswith("<") else f'<w:t xml:space="preserve">{content}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def raised(text: str) -> str:
    """A raised run."""
    return r(text, '<w:vertAlign w:val="superscript"/>')
