"""Text reduced to what two spellings of the same words share: no case, accents, ligatures, mark-up or punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_APOSTROPHES = re.compile(r"['’ʼ‘`´]")
_NOT_WORD = re.compile(r"[\W_]+")


def unaccent(text: str) -> str:
    """``text`` in plain Latin letters where it is Latin: "Özbay" → "Ozbay", "Straße" → "Strasse", "Łukasz" → "Lukasz".

    Letters of other scripts are transliterated ("Иванов" → "Ivanov").
    """
    if text.isascii():
        return text
    return anyascii(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Words of ``text`` in lower-case ASCII letters and digits, one space between them, apostrophes dropped.

    "Beyond <i>Déjà</i>-vu: O'Neil’s" → "beyond deja vu oneils".
    """
    text = _TAGS.sub("", text)
    text = _APOSTROPHES.sub("", text)
    return _NOT_WORD.sub(" ", unaccent(text).lower()).strip()
