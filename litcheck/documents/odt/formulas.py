"""Formulas (MathML) as a line of text: ``x^2``, ``a_i``, ``(a+b)/c``."""

from __future__ import annotations

from lxml import etree

from litcheck.documents.odt.names import MATH

_LEFT_OUT = (MATH + "annotation", MATH + "annotation-xml")
#: What stands between the parts of an element.
_JOINED = {
    MATH + "msup": "^",
    MATH + "mover": "^",
    MATH + "msub": "_",
    MATH + "munder": "_",
    MATH + "mfrac": "/",
    MATH + "msubsup": "_",
    MATH + "munderover": "_",
}


def linear(formula: etree._Element) -> str:
    """The formula as text; parts of more than one word that are raised, lowered or divided are in parentheses."""
    joint = _JOINED.get(formula.tag)
    written = [formula.text.strip()] if formula.text else []
    for part in formula:
        text = linear(part) if isinstance(part.tag, str) and part.tag not in _LEFT_OUT else ""
        if text:
            written.append(f"({text})" if joint and not text.isalnum() else text)
    return (joint or "").join(filter(None, written))
