"""Which encoding a web page has: its byte order mark, what it declares, or what it looks like."""

from __future__ import annotations

import codecs
import re

from litcheck.documents.decode import NotTextError, decode
from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

#: Browsers look for a declaration in the first 1,024 bytes; Word writes its own after longer comments.
_HEAD = 8192
_DECLARED = re.compile(
    rb"<meta\b[^<>]{0,300}?\bcharset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})"
    rb"|\A\s{0,100}<\?xml\b[^<>]{0,200}?\bencoding\s{0,5}=\s{0,5}[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: What pages that declare these mean, and what the WHATWG's Encoding Standard reads them as. UTF-16 in a declaration that can be
#: read as ASCII is a mistake for UTF-8.
_MEANT = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"), "utf-8"),
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
}
#: Python's names of encodings of text; its other codecs ("zlib", "punycode") are nothing that a page may ask for.
_OF_TEXT = re.compile(r"(?:utf-8|cp|iso8859|iso2022|koi8|mac|shift_jis|euc|gb|big5|tis)")


def decode_html(data: bytes, allowance: Allowance) -> tuple[str, str]:
    """The page's text and its encoding. A declaration that the bytes contradict counts for nothing.

    Raises ``UnreadableDocument`` for what is no text.
    """
    if not data.startswith(_MARKS) and (declared := _DECLARED.search(data, 0, _HEAD)):
        name = (declared[1] or declared[2]).decode("ascii", "replace")
        try:
            encoding = codecs.lookup(name).name
            encoding = _MEANT.get(encoding, encoding)
            if _OF_TEXT.match(encoding):
                return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return decode(data)
    except NotTextError as error:
        raise UnreadableDocument(f"{allowance.name} is not text: {error}. Save the page anew and check that.") from error
