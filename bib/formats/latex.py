"""LaTeX mark-up as it stands in bibliographies, to plain Unicode text and back.

A pass of one regular expression, because what it reads is hostile as often as not: linear, no recursion, nothing is executed and
no file is included. (pylatexenc, measured beside it: 1 ms for a name with accents, and bare "&" and what follows "%" are lost.)
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from bib.wordlists import lines_of

#: Commands of accents and the combining characters that they add.
_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
    "t": "\u0361",
}
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": "", "$": ""}
#: What a backslash and a character that is no letter print. Others print nothing: hyphenation, thin space, italic correction.
_ESCAPES = {
    **{character: character for character in "&%$#_{}"},
    " ": " ",
    "\\": " ",
    ",": " ",
    ";": " ",
    ":": " ",
    "\n": " ",
    "/": "",
}

_ACCENT = re.compile(
    r"\\(?:(?P<sign>['`^\"~=.])|(?P<letter>[uvHckrdbt])(?![A-Za-z]))\s{0,3}"
    r"(?:\{\s{0,3}(?P<braced>\\[ij]|[^\W\d_][\u0300-\u036f]?)\s{0,3}\}|(?P<bare>\\[ij](?![A-Za-z])\s{0,3}|[^\W\d_]))"
)
_MATH = re.compile(r"(?<!\\)\$([^$]{1,500})(?<!\\)\$")
_MARK = re.compile(
    r"\\(?P<command>[A-Za-z]{1,40})\*?(?:\{\}|\s{1,3})?|\\(?P<escape>[^A-Za-z])|(?P<ligature>---?|``|''|[~{}$])|\\"
)
#: What must not stand in LaTeX as it is. Braces are commands, since BibTeX counts escaped ones too. Of marks that LaTeX joins
#: ("--"), and of what looks like an entity of HTML ("&amp;"), the parts are kept from each other.
_SPECIAL = re.compile(r"[\\{}~^$%#_]|&(?P<entity>(?=#?\w{1,32};))?|-(?=-)|'(?=')|`(?=`)")
_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "$%#_"},
    **{character: f"{character}{{}}" for character in "-'`"},
}
_PLAIN = re.compile(r"[^\\{}$~`'-]*")


@lru_cache(maxsize=8192)
def latex_to_text(source: str) -> str:
    r"""``source`` without LaTeX: ``M{\"u}ller`` → "Müller", ``{TiO$_2$} \& co`` → "TiO2 & co".

    Commands that print nothing known vanish and leave their argument; runs of white space become one space.
    """
    if _PLAIN.fullmatch(source):
        return " ".join(source.split())
    text = source
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _ACCENT.sub(_accented, text)  # a letter may bear two: \'{\^e}
    text = _MATH.sub(lambda math: math[0].replace("_", "").replace("^", ""), text)
    text = _MARK.sub(_printed, text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _accented(match: re.Match[str]) -> str:
    letter = match["braced"] or match["bare"]
    # An accent takes the place of the dot of i and j.
    return unicodedata.normalize("NFC", letter.strip().removeprefix("\\") + _ACCENTS[match["sign"] or match["letter"]])


def accented_at(source: str, at: int) -> tuple[str, int] | None:
    r"""The letter that an accent's command at ``at`` prints, and where it ends: ``\'{e}`` → "é"; ``None`` if there is none."""
    match = _ACCENT.match(source, at)
    return (_accented(match), match.end()) if match else None


def printed_by(command: str) -> str | None:
    r"""What a command without arguments prints, its name without the backslash: ``ss`` → "ß"; ``None`` for an unknown one."""
    return _symbols().get(command) if command[:1].isalpha() else _ESCAPES.get(command, "")


def _printed(match: re.Match[str]) -> str:
    if command := match["command"]:
        return _symbols().get(command, "")
    if escape := match["escape"]:
        return _ESCAPES.get(escape, "")
    return _LIGATURES.get(match["ligature"] or "", "")


@cache
def _symbols() -> dict[str, str]:
    symbols = {}
    for line in lines_of("latex_symbols"):
        command, _, printed = line.partition(" ")
        symbols[command] = printed.strip() or " "
    return symbols


def text_to_latex(text: str) -> str:
    r"""``text`` so that LaTeX prints it and ``latex_to_text`` gives it back: ``A_1 & co`` → ``A\_1 \& co``.

    Letters of all scripts stay as they are, for BibLaTeX and every current LaTeX read UTF-8. White space becomes single spaces.
    """
    return _SPECIAL.sub(_escaped, " ".join(text.split()))


def _escaped(special: re.Match[str]) -> str:
    if special[0] == "&":
        return r"\&{}" if special["entity"] is not None else r"\&"
    return _SPECIALS[special[0]]
