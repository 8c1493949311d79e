"""Word's documents (DOCX, DOCM, DOTX, DOTM): ``read_docx``.

Follows ECMA-376 (5th edition), part 1, transitional and strict. ``reader`` finds the parts of the file; ``story`` goes through
the body and the notes; ``styles`` and ``numbering`` say what is raised, hidden or numbered; ``notes`` finds notes by their ids;
``names`` are the names of elements.
"""

from litcheck.documents.docx.reader import read_docx

__all__ = ["read_docx"]
