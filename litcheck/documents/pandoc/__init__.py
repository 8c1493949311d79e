"""Formats that pandoc reads for us, where it is installed: org, reStructuredText, DocBook, notebooks and more."""

from litcheck.documents.pandoc.reader import read_with_pandoc

__all__ = ["read_with_pandoc"]
