"""How alike two titles are, and what explains where they differ."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from bib.folding import fold
from bib.model import Reference
from litcheck.evidence import Record
from litcheck.matching.model import Agreement, FieldMatch
from litcheck.matching.wordlists import wordlist

#: A title from this score on is the same title, possibly with a slip in it: 1,478 of the 1,496 of match-dev beside their records.
SAME_TITLE = 0.9

#: From here on a title may be the same with words changed, if everything else says so: all 1,496 of match-dev, and all 60 of
#: verdict-dev in which words were changed; none of its 58 that were replaced by others. Which words differ matters from here on.
SIMILAR_TITLE = 0.6

#: Two words that share this much of their letters are spellings of one word ("colour", "colors"). Measured: 37 of the 1,496
#: titles of match-dev then differ from their true records, nearly all for good reason, and all 26 titles of citetracer-dev in
#: which words were substituted; at 0.75 it is 36 and 25.
SPELLING = 0.8

#: The same for one word beside several ("work place", "workplace"), which must be nearer: "translationese" is not
#: "translation style".
SPLIT_SPELLING = 0.9

#: A title found this exactly inside the raw entry was cut badly by the parser, and what stands in the entry is compared instead.
IN_RAW = 93.0

#: Of a title that stands in the entry at least this share of words stands there whole; counting them costs a tenth of a search.
IN_RAW_WORDS = 0.3

#: Shorter titles are found in any text by chance and are not looked for in the raw entry.
IN_RAW_LETTERS = 15

#: Score of a title whose only difference is style: capitals, hyphens, spelling, a missing subtitle.
VARIANT_SCORE = 0.95

#: Letters by which a main title may differ from that of the record and still be its head.
HEAD_EDITS = 2

#: The note on titles that differ in spelling, stop words and abbreviations alone.
SPELLED = "spelled otherwise"

#: What follows a heading must have this many words to be a title by itself.
TELLING_TAIL = 5

#: How the note begins on titles whose numbers, or Greek letters, contradict each other: two parts, years or subunits.
OTHER_NUMBER = "another number"

#: Most that two titles reach when their numbers contradict each other ("Part I", "Part II").
NUMBERS_CONTRADICT = 0.8

#: Most that two titles reach when only one of them is a reply, an erratum or a comment.
KINDS_CONTRADICT = 0.5

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "gamma", "Δ": "delta",
    "Θ": "theta", "Λ": "lambda", "Ξ": "xi", "Π": "pi", "Σ": "sigma", "Φ": "phi", "Ψ": "psi", "Ω": "omega",
}  # fmt: skip
_GREEK_LETTER = re.compile("[" + "".join(_GREEK) + "]")
_GREEK_INITIALS = {name: name[0] for name in set(_GREEK.values())}
_BRACKETED_END = re.compile(r"\s{0,3}\[[^\[\]]{1,80}\]\s{0,3}\.?\s{0,3}$")
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_DIGITS = re.compile(r"\d+")
_SUBTITLE = re.compile(r"\s?[:;.?!–—]\s|\s[–—-]\s|[:—]")
_STATUS_MARK = re.compile(r"^\W{0,3}(?:retracted|withdrawn|removed)(?: article| paper)?\s{0,2}[:.\])–—-]\W{0,3}", re.IGNORECASE)
_TIMES = str.maketrans({"×": "x", "✕": "x", "⨯": "x"})
_MARKS = re.compile(r"[°˚º®™©†‡*]")
#: Roman numerals as scanners and typists render them.
_MISREAD = {"ll": "ii", "lll": "iii"}
_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "nbsp"})
_KINDS = re.compile(
    r"^\W{0,3}(?:(?:authors?['’]? )?(?P<reply>reply|response|rejoinder)(?:\s{0,2}[:.–—-]| (?:to|by|from)\b|$)"
    r"|(?P<correction>erratum|corrigendum|correction|addendum|retraction)(?: notice)?(?:\s{0,2}[:.–—-]| (?:to|for|of)\b|$)"
    r"|(?P<comment>comments?|commentary)(?:\s{0,2}[:.–—-]| (?:on|to)\b)"
    r"|(?P<review>(?:peer review|referee report|review) (?:for|of) [\"“'‘]"
    r"|decision letter(?:\s?:| for\b)|editor['’]s evaluation\s?:))",
    re.IGNORECASE,
)
_KIND_AT_END = re.compile(r"[–—:.(-]\s{0,2}(?P<correction>erratum|corrigendum|correction)\W{0,3}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Grade:
    agreement: Agreement
    score: float
    note: str = ""


def compare_titles(reference: Reference, record: Record) -> FieldMatch:
    """The reference's title beside the record's: its main title, with its subtitle, or one of its others."""
    forms = tuple(title_forms(record))
    if not forms:
        return FieldMatch(field="title", agreement=Agreement.UNKNOWN, score=1.0, manuscript=reference.title, record="")
    manuscript = reference.title
    best_form, best = forms[0], _Grade(Agreement.UNKNOWN, 1.0)
    if manuscript:
        graded = [(form, grade(manuscript, form)) for form in forms]
        best_form, best = graded[0] if len(graded) == 1 else max(graded, key=_goodness)
    if best.agreement in (Agreement.UNKNOWN, Agreement.DIFFERS):
        for form in forms:
            printed = _printed(reference.raw, form)
            # The title of a whole book stands in the entry of each of its chapters.
            if printed and title_words(form) != title_words(reference.container_title):
                better = grade(printed, form)
                if best.agreement is Agreement.UNKNOWN or _goodness((form, better)) > _goodness((best_form, best)):
                    manuscript, best_form, best = printed, form, better
    return FieldMatch(
        field="title", agreement=best.agreement, score=best.score, manuscript=manuscript, record=best_form, note=best.note
    )


def title_forms(record: Record) -> Iterator[str]:
    """The titles under which a work may be cited: the main one with its subtitle first, then its others."""
    for position, title in enumerate(record.titles):
        added = [text for text in record.subtitles if position == 0 and fold(text) not in fold(title)]
        yield ": ".join((title.rstrip(" :."), *added)) if added else title


def grade(manuscript: str, record: str) -> _Grade:
    """How alike two titles are. Symmetric but for the wording of the note."""
    ours, theirs = title_words(manuscript), title_words(record)
    if not ours or not theirs:
        return _Grade(Agreement.UNKNOWN, 1.0)
    if "".join(ours) == "".join(theirs):
        return _Grade(Agreement.SAME, 1.0)
    ratio = fuzz.ratio(" ".join(ours), " ".join(theirs)) / 100
    if _kind(manuscript) != _kind(record):
        return _Grade(
            Agreement.DIFFERS, min(ratio, KINDS_CONTRADICT), "one is a reply, a comment or an erratum and the other is not"
        )
    changes = list(_changes(ours, theirs)) if ratio >= SIMILAR_TITLE else []
    if not changes and ratio >= SIMILAR_TITLE:
        return _Grade(Agreement.VARIANT, max(ratio, VARIANT_SCORE), SPELLED)
    if _is_head(ours, theirs, record):
        return _Grade(Agreement.VARIANT, VARIANT_SCORE, "without the subtitle")
    if _is_head(theirs, ours, manuscript):
        return _Grade(Agreement.VARIANT, VARIANT_SCORE, "the record holds no subtitle")
    if _is_tail(ours, theirs, record) or _is_tail(theirs, ours, manuscript):
        return _Grade(Agreement.VARIANT, VARIANT_SCORE, "without a heading before the title")
    note = "; ".join(_worded(a, b) for a, b in changes[:3]) or "another title"
    if any(_numbers(a) != _numbers(b) or _are_other_letters(a, b) for a, b in changes):
        return _Grade(Agreement.DIFFERS, min(ratio, NUMBERS_CONTRADICT), f"{OTHER_NUMBER}: {note}")
    return _Grade(Agreement.DIFFERS, ratio, note)


@lru_cache(maxsize=65536)
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title: folded, Greek letters by their names, without status marks or a note in brackets at the end."""
    text = html.unescape(html.unescape(title)) if "&" in title else title
    text = _BRACKETED_END.sub("", _STATUS_MARK.sub("", text)) or text
    if text.isascii():
        text = text.replace("*", "")
    else:
        text = _MARKS.sub("", text.translate(_TIMES))
        text = _GREEK_LETTER.sub(lambda m: _GREEK[m.group()], text)
    return tuple(_MISREAD.get(word, word) for word in fold(text).split() if word not in _ENTITIES)


_RANK = {Agreement.SAME: 3, Agreement.VARIANT: 2, Agreement.UNKNOWN: 1, Agreement.DIFFERS: 0}


def _goodness(graded: tuple[str, _Grade]) -> tuple[int, float]:
    return _RANK[graded[1].agreement], graded[1].score


def _printed(raw: str, title: str) -> str:
    """The stretch of the raw entry that holds ``title`` almost letter by letter, or nothing."""
    words = title_words(title)
    if len(_set_of_words(raw).intersection(words)) < len(set(words)) * IN_RAW_WORDS:
        return ""
    theirs, entry = " ".join(words), " ".join(title_words(raw))
    if len(theirs) < IN_RAW_LETTERS or len(entry) < len(theirs) * 0.8:
        return ""
    found = fuzz.partial_ratio_alignment(theirs, entry, score_cutoff=IN_RAW)
    if found is None:
        return ""
    start = entry.rfind(" ", 0, found.dest_start + 1) + 1
    end = entry.find(" ", found.dest_end - 1)
    return entry[start : end if end >= 0 else len(entry)]


@lru_cache(maxsize=256)
def _set_of_words(raw: str) -> frozenset[str]:
    return frozenset(title_words(raw))


def _kind(title: str) -> str:
    """Whether the title is that of a reply, a correction or a comment, which are works of their own."""
    found = _KINDS.match(title) or _KIND_AT_END.search(title)
    return found.lastgroup or "" if found else ""


def _is_head(short: Sequence[str], long: Sequence[str], long_title: str) -> bool:
    """Whether ``short`` is the long title up to one of its colons, full stops or dashes."""
    if len(short) >= len(long) or len("".join(short)) < 8:
        return False
    compact = "".join(short)
    if Levenshtein.distance(compact, "".join(long)[: len(compact)], score_cutoff=2 * HEAD_EDITS) > 2 * HEAD_EDITS:
        return False
    for boundary in _SUBTITLE.finditer(long_title):
        head = "".join(title_words(long_title[: boundary.start()]))
        if head and Levenshtein.distance(head, compact, score_cutoff=HEAD_EDITS) <= HEAD_EDITS:
            return True
    return False


def _is_tail(short: Sequence[str], long: Sequence[str], long_title: str) -> bool:
    """Whether ``short`` is all that follows the heading of a section: "Plant genetics. Early allopolyploid evolution in …"."""
    if len(short) < TELLING_TAIL or len(short) >= len(long) or len(long) - len(short) > 3:
        return False
    return any("".join(title_words(long_title[b.end() :])) == "".join(short) for b in _SUBTITLE.finditer(long_title))


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The stretches in which the titles differ beyond spelling, stop words and abbreviations."""
    merged: list[list[int]] = []
    for op in Levenshtein.opcodes(ours, theirs):
        if op.tag == "equal":
            continue
        if merged and merged[-1][1] == op.src_start and merged[-1][3] == op.dest_start:
            merged[-1][1], merged[-1][3] = op.src_end, op.dest_end
        else:
            merged.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    for a, b, c, d in merged:
        if not _explained(ours[a:b], theirs[c:d]):
            yield tuple(ours[a:b]), tuple(theirs[c:d])


def _explained(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    stop = wordlist("stopwords")
    ours, theirs = [w for w in ours if w not in stop] or ours, [w for w in theirs if w not in stop] or theirs
    if all(w in stop for w in ours) and all(w in stop for w in theirs):
        return True
    a, b = "".join(ours), "".join(theirs)
    if a == b:
        return True
    if _numbers(ours) != _numbers(theirs):
        return False
    if not a or not b:
        # The authority of a species: "Oryza sativa L."
        return all(len(word) == 1 for word in (*ours, *theirs))
    if len(ours) == len(theirs):
        return all(_same_word(x, y) for x, y in zip(ours, theirs, strict=True))
    return OSA.normalized_similarity(a, b) >= SPLIT_SPELLING


def _same_word(a: str, b: str) -> bool:
    if a == b or _GREEK_INITIALS.get(a) == b or _GREEK_INITIALS.get(b) == a:
        return True
    if min(len(a), len(b)) == 1:
        # "E. coli" beside "Escherichia coli".
        return a[0] == b[0]
    return OSA.normalized_similarity(a, b) >= SPELLING or (len(a) > 3 and OSA.distance(a, b) == 1)


def _numbers(words: Sequence[str]) -> list[str]:
    """What counts parts, years and substances in a stretch of a title: figures, and Roman numerals as figures."""
    found = []
    for word in words:
        if word.isalpha() and _ROMAN.fullmatch(word):
            found.append(str(_roman(word)))
        else:
            found.extend(figure.lstrip("0") for figure in _DIGITS.findall(word))
    return sorted(found)


def _are_other_letters(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both stretches name Greek letters, and not the same: "α subunit" and "β subunit"."""
    a, b = [[word for word in words if word in _GREEK_INITIALS] for words in (ours, theirs)]
    return bool(a) and bool(b) and a != b


def _roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    return sum(-v if any(w > v for w in values[i + 1 :]) else v for i, v in enumerate(values))


def _worded(ours: Sequence[str], theirs: Sequence[str]) -> str:
    if not ours:
        return f"“{' '.join(theirs)}” is missing"
    if not theirs:
        return f"“{' '.join(ours)}” is not in the record's title"
    return f"“{' '.join(ours)}” instead of “{' '.join(theirs)}”"
