"""PDF: a manuscript's text in reading order, from where its characters stand on the pages."""

from litcheck.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
