"""Markdown, Quarto and R Markdown: ``read_markdown``.

``hidden`` finds what is not printed, ``blocks`` and ``tables`` what the lines are, ``inlines`` and ``emphasis`` what stands in
them; ``page`` prints them in order, ``breaks`` says which lines of the source are lines of the text, and ``reader`` makes the
document.

Markdown is read by code of our own: every character of the text has to have its place in the source, which parsers of Markdown
give for whole blocks only, and Pandoc's notes, keys, raised runs, divisions and tables are no part of what they read.
"""

from litcheck.documents.markdown.reader import read_markdown

__all__ = ["read_markdown"]
