"""Web pages: ``read_html``.

``encoding`` turns bytes into text and ``trees`` into a tree; ``stylesheet`` says what is raised or hidden; ``lists``, ``notes``
and ``page`` find the reference lists and notes that are marked (``documents.marks``) and what is no part of the text; ``telling``
goes through the tree, with ``numbers`` for its lists, and ``reader`` makes the document.
"""

from litcheck.documents.html.reader import read_html

__all__ = ["read_html"]
