"""Formulas as a line of text, as far as that can be done."""

from __future__ import annotations

import re

from bib.formats.latex import latex_to_text

#: A longer formula is no part of a sentence.
_LONGEST = 500
_RAISED = re.compile(
    r"\s{0,5}(?:\{\})?\^(?:\{(?P<braced>[^{}$]{1,200}|\\[a-z]{2,20}\{[^{}$]{1,200}\})\}|(?P<bare>[0-9a-zA-Z*]))\s{0,5}"
)
_COMMAND = re.compile(r"(\\[A-Za-z]{1,40})(?=\s)")
_NOT_PRINTED = re.compile(r"(?<!\\)[\^_]")


def raised_text(formula: str) -> str:
    r"""What a formula raises if it does nothing else: ``^{12,13}`` → "12,13"; empty for all others."""
    found = _RAISED.fullmatch(formula)
    return latex_to_text(found["braced"] or found["bare"]) if found else ""


def formula_text(formula: str) -> str:
    r"""A formula in words and signs: ``\alpha_{1} < 5`` → "α1 < 5"; empty for one that is too long for that."""
    # The blank after a command is no part of a sentence there; in a formula it is what the author saw between signs.
    return latex_to_text(_COMMAND.sub(r"\1{}", _NOT_PRINTED.sub("", formula))) if len(formula) <= _LONGEST else ""
