"""JATS XML: ``read_jats_document``, of an article all of it (``article``), else the reference lists alone (``lists``).

``as_page`` turns an article into a page, so that it is read as web pages are; ``printing`` writes out references that are tags
alone.
"""

from litcheck.documents.jats.article import read_jats_document

__all__ = ["read_jats_document"]
