"""In-text citations: every one that a document holds, each linked to the entries of the list that it names.

find_citations      citations in text order, linked
detect_style        the style that they are written in
"""

from __future__ import annotations

from litcheck.citations.find import find_citations
from litcheck.citations.model import Citation, Form, Link
from litcheck.citations.style import STYLES, Style, detect_style

__all__ = ["find_citations", "detect_style", "Citation", "Form", "Link", "STYLES", "Style"]
