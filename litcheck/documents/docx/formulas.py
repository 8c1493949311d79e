"""Formulas (OMML) as a line of text, in the linear form that Word itself offers: ``x^2``, ``a_i``, ``(a+b)/c``."""

from __future__ import annotations

from lxml import etree

from litcheck.documents.docx.names import M, W

_TEXTS = (M + "t", W + "t")
#: What stands between the parts of an element, by its name and that of the later part.
_JOINED = {
    M + "sup": "^",
    M + "sub": "_",
    M + "den": "/",
}
_PROPERTIES = "Pr"
_BRACKETED, _LARGE_SIGN = M + "d", M + "nary"


def linear(formula: etree._Element) -> str:
    """The formula as text. Parts of more than one word are put in parentheses where they are raised, lowered or divided."""
    if formula.tag in _TEXTS:
        return formula.text or ""
    written = [_sign(formula, "chr", "∫")] if formula.tag == _LARGE_SIGN else []
    for part in formula:
        if not isinstance(part.tag, str) or part.tag.endswith(_PROPERTIES):
            continue
        text = linear(part)
        if not text:
            continue
        joint = _JOINED.get(part.tag, "")
        divided = joint or (part.tag == M + "num")
        written.append(joint + (f"({text})" if divided and not text.isalnum() else text))
    text = "".join(written)
    if formula.tag == _BRACKETED:
        return _sign(formula, "begChr", "(") + text + _sign(formula, "endChr", ")")
    return text


def _sign(formula: etree._Element, name: str, otherwise: str) -> str:
    """A sign that the properties of an element name."""
    found = formula.find(f"{formula.tag}Pr/{M}{name}")
    return otherwise if found is None else found.get(M + "val") or ""
