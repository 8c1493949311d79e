"""Characters as a plain text has them: without those that have no width or only say how letters are set."""

from __future__ import annotations

import re

#: Soft hyphens, and characters that join words or letters, or keep them apart, unseen.
_WITHOUT_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WRITTEN_OUT = {"\u2011": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_PLAIN = str.maketrans(dict.fromkeys(_WITHOUT_WIDTH, "") | _WRITTEN_OUT)
#: Few texts hold any of these, and looking for them is several times faster than translating every text.
_NOT_PLAIN = re.compile(f"[{_WITHOUT_WIDTH}{''.join(_WRITTEN_OUT)}]")


def in_plain_characters(text: str) -> str:
    """The text without soft hyphens and characters without width, non-breaking hyphens as hyphens, ligatures as their letters."""
    return text if text.isascii() or not _NOT_PLAIN.search(text) else text.translate(_PLAIN)
