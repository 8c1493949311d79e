"""BibTeX and BibLaTeX: ``read_bibtex`` gives one entry for every entry of the file, the broken ones as failures.

``blocks`` divides a file (with bibtexparser) and puts in what macros and cross-references stand for, ``names`` and ``dates`` read
those fields, ``fields`` makes the reference.
"""

from bib.formats.bibtex.read import read_bibtex

__all__ = ["read_bibtex"]
