"""Citations and bibliographies that reference managers keep in a word processor's document as fields.

``instructions`` tells whose field one is and reads what it holds; ``csl`` (Zotero, Mendeley), ``endnote``, ``citavi`` and
``word`` read the metadata of each; ``properties`` finds what Zotero keeps for bookmarks; ``gathering`` puts all fields of a
document together: ``with_fields``. Whatever cannot be read of a field leaves its printed result, which is read like any text.
"""

from litcheck.documents.fields.gathering import FoundField, with_fields
from litcheck.documents.fields.instructions import is_managed
from litcheck.documents.fields.properties import managed_bookmarks

__all__ = ["FoundField", "is_managed", "managed_bookmarks", "with_fields"]
