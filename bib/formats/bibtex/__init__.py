"""BibTeX and BibLaTeX: ``read_bibtex`` gives one entry for every entry of the file, the broken ones as failures.

``blocks`` divides a file (with bibtexparser) and puts in what macros stand for, ``inheritance`` what cross-references do;
``names`` and ``dates`` read those fields, ``fields`` makes the reference. ``write`` is the way back.
"""

from bib.formats.bibtex.blocks import read_macros
from bib.formats.bibtex.read import read_bibtex
from bib.formats.bibtex.write import with_author_year_keys, write_bibtex

__all__ = ["read_bibtex", "read_macros", "write_bibtex", "with_author_year_keys"]
