"""Bytes to text: which encoding a file has, decided from what is certain to what is likely.

In order: a byte order mark; UTF-16 and UTF-32 without one (zero bytes, and the result reads as text); UTF-8, also with a few
damaged characters; Windows-1252, where its letters make Western words; and last charset-normalizer on a sample.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

#: Marks at the beginning of a file and what they say. UTF-32's little-endian one begins with UTF-16's, so it comes first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Characters of a decoded text that are looked at to see whether it reads as text.
_SAMPLE = 20_000

#: Characters around each non-ASCII one that the guess is made from, and their total: detection costs 2 ms a thousand bytes.
_AROUND = 40
_GUESS_BYTES = 16_000

#: In UTF-16 every space, digit and Latin letter is half a zero byte; fewer than this among sound UTF-8 are no UTF-16.
_FEW_ZEROS = 0.02

#: A text may hold this share of stray control characters: PDF converters leave some in place of hyphens and ligatures.
_STRAY_CONTROLS = 0.005

#: A UTF-8 file may hold one damaged byte for this many sound characters beyond ASCII before it counts as something else.
_SOUND_PER_DAMAGED = 10

#: The encodings that are guessed among; rarer ones are mistaken for these and these for them.
_GUESSED = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "koi8_r", "cp866", "cp437"),
    *("cp850", "cp852", "mac_roman", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949"),
)

_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_NON_ASCII = re.compile(rb"[\x80-\xff]")
#: What Western words do not have: a capital after a small letter, accented letters in a row, signs between letters. Other
#: encodings read as Windows-1252 are full of them ("Ïðèâåò", "Stanis³aw", "CafŽ").
_NOT_WESTERN = re.compile(
    r"[À-ÖØ-öø-ÿ]{3}|[a-zà-öø-ÿ][À-ÖØ-ÞŠŽŒŸƒ](?![A-Z])|[A-Z][À-ÖØ-Þ](?=[a-z])"
    r"|[A-Za-zà-öø-ÿ][¡-ª¬®-¶¸-º¼-¿×÷€‚ƒ„ˆ‰‹˜›](?=[a-zà-öø-ÿ])|[\x80-\x9f]|(?<![A-Za-z])[¢¥¦¨¬¯¸¹](?=[a-z])"
)
#: œ and Œ before a letter and not after a digit ("1½"), the euro sign beside a number. Not beside bytes that Latin-9 leaves to
#: control characters, nor those whose signs in Latin-1 people do write between letters ("l´eau").
_LATIN_9 = re.compile(rb"(?<!\d)[\xbc\xbd](?=[A-Za-z\xc0-\xff])|(?<=\d)\s?\xa4|\xa4\s?(?=\d)")
_NOT_LATIN_9 = re.compile(rb"[\x80-\x9f\xa6\xa8\xb4\xb8\xbe]")
#: One such place is excused for this many characters beyond ASCII.
_WESTERN_PER_ODD = 20


class NotTextError(ValueError):
    """The bytes are no text in any encoding that is told apart."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in, newlines untouched, the byte order mark left out.

    Raises ``NotTextError`` for zero bytes, for many control characters, and where no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding)), encoding
            except UnicodeDecodeError as error:
                raise NotTextError(f"it begins as {encoding.upper()} and does not go on so") from error
    text: str | None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    zeros = data.count(0)
    if zeros and (text is None or zeros > len(data) * _FEW_ZEROS):
        return _decode_wide(data)
    if text is not None:
        return _checked(text), "utf-8"
    return _decode_damaged(data) or _decode_latin_9(data) or _decode_western(data) or _decode_guessed(data)


def _decode_wide(data: bytes) -> tuple[str, str]:
    """UTF-16 or UTF-32 without a mark, told by whether the result reads as text."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_text(text[:_SAMPLE]):
            return _checked(text), encoding
    raise NotTextError("it holds zero bytes")


def _decode_damaged(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few bytes that are not: a cut or pasted character must not turn all others into two."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - damaged
    return (_checked(text), "utf-8") if sound >= damaged * _SOUND_PER_DAMAGED else None


def _decode_latin_9(data: bytes) -> tuple[str, str] | None:
    """Latin-9, where the euro sign or œ stands as it would there; both read as other signs ("¤", "½") in Windows-1252."""
    if _NOT_LATIN_9.search(data) or not _LATIN_9.search(data):
        return None
    return _checked(data.decode("iso8859-15")), "iso8859-15"


def _decode_western(data: bytes) -> tuple[str, str] | None:
    """Windows-1252, which holds all of Latin-1's letters, where they stand as in Western languages."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    sample = _sample(data).decode("cp1252")
    odd = sum(1 for _ in _NOT_WESTERN.finditer(sample))
    beyond_ascii = sum(1 for character in sample if character > "\x7f")
    return (_checked(text), "windows-1252") if odd * _WESTERN_PER_ODD <= beyond_ascii else None


def _decode_guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # takes 30 ms to import, and few files need it

    best = from_bytes(_sample(data), cp_isolation=list(_GUESSED)).best()
    for encoding in (best.encoding if best else "cp1252", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _reads_as_text(text[:_SAMPLE]):
            return _checked(text), encoding.replace("_", "-")
    raise NotTextError("its characters fit no known encoding")


def _sample(data: bytes) -> bytes:
    """The surroundings of the first non-ASCII bytes: what tells one encoding from another, and little else."""
    pieces: list[bytes] = []
    total = end = 0
    for match in _NON_ASCII.finditer(data):
        if match.start() < end:
            continue
        start, end = max(end, match.start() - _AROUND), match.end() + _AROUND
        pieces.append(data[start:end])
        total += end - start
        if total > _GUESS_BYTES:
            break
    return b"".join(pieces)


def _reads_as_text(sample: str) -> bool:
    """Whether nearly all characters are assigned, and none is a control character that no text has."""
    odd = sum(1 for character in sample if unicodedata.category(character) in ("Cn", "Co", "Cs") or _CONTROLS.match(character))
    return odd * 100 <= len(sample) and any(character.isspace() or character.isalnum() for character in sample)


def _checked(text: str) -> str:
    allowed = len(text) * _STRAY_CONTROLS
    for strays, match in enumerate(_CONTROLS.finditer(text), start=1):
        if match.group() == "\0":
            raise NotTextError("it holds zero bytes")
        if strays > allowed:
            raise NotTextError("it holds control characters")
    return text
