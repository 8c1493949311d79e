"""LaTeX manuscripts: what they print, with what their commands say of citations, lists and notes."""

from litcheck.documents.latex.reader import read_latex

__all__ = ["read_latex"]
