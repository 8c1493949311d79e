"""Identifiers in text: DOI, arXiv, PMID, PMCID, ISBN and web addresses, found and brought to one form.

Every ``find_*`` gives the first identifier of its kind in a text, normalised, with the span of its printed form (a resolver
address or a label such as ``doi:`` included), or ``None``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from bib.model import Span

#: Longest DOI suffix looked for. The longest of 96,089 registered DOIs measured has 79 characters; SICI forms reach about 100.
_MAX_SUFFIX = 250
#: Longest printed form read as one DOI, percent-encoding and resolver addresses included; the rest is dropped.
_MAX_PRINTED = 4 * _MAX_SUFFIX

_RESOLVER = (
    r"(?:https?\s{0,2}:\s{0,2}/{1,2}\s{0,2})?(?:[A-Za-z0-9-]{1,40}\.){0,4}"
    r"(?:doi[.-]org[A-Za-z0-9.-]{0,60}|doi\.acm\.org)\s{0,2}/{1,2}\s{0,2}"
)
_LABEL = r"\(?\s{0,2}\bdoi(?:\s{0,2}(?:number|no\.?|n[º°]))?(?:\s{0,2}[:=.]{1,2}|(?=\s))\s{0,3}"
_PREFIXES = rf"(?:{_LABEL})?(?:{_RESOLVER}|{_LABEL}){{0,2}}"

# The registrant's part, "10.1016": four to nine digits, and sub-elements ("10.1000.10").
_REGISTRANT = r"10\.\s?\d{4,9}(?:\.\d{1,9}){0,4}"
_SLASH = r"(?:\s?/\s{0,2}|%2[Ff])"
_SUFFIX_CHARACTER = r"[^\s\"“”«»{}|\\^`\u200b\ufeff]"

_DOI = re.compile(rf"(?<![\d.])({_REGISTRANT})({_SLASH})({_SUFFIX_CHARACTER}{{1,{_MAX_SUFFIX}}})", re.IGNORECASE)
_BEFORE_DOI = re.compile(rf"(?:{_PREFIXES})\Z", re.IGNORECASE)
_LEADING = re.compile(rf"\s{{0,9}}{_PREFIXES}", re.IGNORECASE)
#: As much text before a DOI as its resolver address and label may fill.
_PREFIX_WINDOW = 90

_MALFORMED = re.compile(
    rf"(?:{_RESOLVER}(?!\s)|\bdoi\s{{0,2}}[:=]\s{{0,3}}(?:{_RESOLVER})?)(?!https?:|www\.)([^\s\"“”«»]{{4,{_MAX_SUFFIX}}})",
    re.IGNORECASE,
)

# What may follow a break after "/" or ".": more of the same DOI has digits and an inner full stop, hyphen, slash or bracket.
_CONTINUATION = re.compile(r"[ \t]?\r?\n?[ \t]{0,8}([a-z0-9][^\s\"“”,;<>]{1,79})")
_CONTINUES = re.compile(r"(?=[^\d]{0,40}\d)[a-z0-9]+[.()/-][a-z0-9]|\d{3,}\.?$", re.IGNORECASE)
# Publishers put spaces without width where a DOI may be broken. What follows one has an inner mark too, or is another word.
_BREAKABLE = re.compile(
    r"[\u200b\ufeff]((?=\D{0,40}\d)[a-z0-9]{1,40}[.()/-][\u200b\ufeff]?[a-z0-9](?:(?!</)[^\s\"“”«»{}|\\^`]){0,79})"
)
_NOT_CONTINUATION = re.compile(r"(?:19|20)\d\d(?:[.,;:)]|$)|https?:|www\.|doi|pmid|epub|pp?\.|10\.\d{4}", re.IGNORECASE)

_CUTS = re.compile(
    r"</|<(?!\d{0,9}\s?(?::|%3a))|\]\(|\.?\[(?=[A-Za-z])|[,;](?=10\.\d{4})|(?=https?:)|[.,;)]?(?=PMC?ID\b|PMid:|PubMed|CrossRef|Google\s?Scholar)"
    r"|\.(?=(?:Epub|Available|Accessed|Retrieved|Acesso|Disponível)\b)",
    re.IGNORECASE,
)
_QUERY = re.compile(r"[?&](?:utm_|source=|journalcode|role=|src=|needaccess|casa_token).*", re.IGNORECASE | re.DOTALL)
_LANDING = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|meta|fulltext|html|summary|pdfdirect)|\.pdf|/full/html|\.full)+\Z", re.IGNORECASE
)
_TRAILING = ".,;:!?'’‘”\"*_~…·-–—/&="
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")

_VALID = re.compile(rf"10\.\d{{4,9}}(?:\.\d{{1,9}}){{0,4}}/[^\s\x00-\x1f\x7f]{{1,{_MAX_SUFFIX}}}")


def find_doi(text: str) -> tuple[str, Span] | None:
    """The first DOI in ``text``, normalised, with the span of its printed form (resolver address or ``doi:`` included).

    Repairs what typesetting does: percent-encoding, a blank or line break after a slash or full stop, brackets and
    punctuation that belong to the sentence.
    """
    for match in _DOI.finditer(text):
        found = _doi_at(text, match)
        if found is not None:
            return found
    return None


def _doi_at(text: str, match: re.Match[str]) -> tuple[str, Span] | None:
    window = max(0, match.start() - _PREFIX_WINDOW)
    before = _BEFORE_DOI.search(text, window, match.start())
    start = before.start() if before else match.start()
    suffix = match.group(3)
    in_address = start == match.start() and _inside_address(text, match.start())
    cut = _CUTS.search(suffix)
    end = match.start(3) + cut.start() if cut else _with_continuation(text, match.end())
    kept = _without_trailing(text[match.start(3) : end])
    if in_address:
        kept = _LANDING.sub("", _QUERY.sub("", kept))
    elif start < match.start():
        kept = _QUERY.sub("", kept)
    if not kept:
        return None
    doi = normalise_doi(f"{match.group(1)}/{kept}")
    if not is_doi(doi):
        return None
    end = match.start(3) + len(kept)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if text[start] == "(" and text[start:end].count("(") > text[start:end].count(")"):
        start += 1 + len(text[start + 1 : end]) - len(text[start + 1 : end].lstrip())
    return doi, Span(start, end)


def _inside_address(text: str, start: int) -> bool:
    """Whether the DOI is part of a publisher's web address (``…wiley.com/doi/10.1002/x/full``)."""
    head = text[max(0, start - _PREFIX_WINDOW) : start]
    word = head.rsplit(None, 1)[-1] if head and not head[-1].isspace() else ""
    return "://" in word or word.startswith("www.")


def _with_continuation(text: str, end: int) -> int:
    """Where a DOI ends that a space without width, or after a slash, full stop or hyphen a blank or line end, may have broken."""
    for _ in range(3):
        breakable = _BREAKABLE.match(text, end)
        if breakable is not None:
            end = breakable.end()
            continue
        last = text[end - 1]
        if last not in "/.-":
            return end
        more = _CONTINUATION.match(text, end)
        if more is None or more.start(1) == end:
            return end
        piece = more.group(1)
        broken_line = "\n" in text[end : more.start(1)]
        if last == "-" and not broken_line:
            return end
        if _NOT_CONTINUATION.match(piece) or (last != "/" and not _CONTINUES.match(piece)):
            return end
        end = more.end()
    return end


def _without_trailing(doi: str) -> str:
    """``doi`` without punctuation and closing brackets at its end that have no opening one."""
    while doi:
        last = doi[-1]
        if doi.endswith("&gt;") and "&lt;" not in doi:
            doi = doi[: -len("&gt;")]
        elif last in _TRAILING or last in "([{<" or doi.count(_BRACKETS.get(last, last)) < doi.count(last):
            doi = doi[:-1]
        else:
            break
    return _cut_unbalanced(doi)


def _cut_unbalanced(doi: str) -> str:
    """``doi`` up to a closing round bracket that none opens: "10.1000/a).Epub" is 10.1000/a."""
    depth = 0
    for place, character in enumerate(doi):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                return doi[:place].rstrip(_TRAILING)
    return doi


def normalise_doi(text: str) -> str:
    """``text`` as a DOI in its comparable form: lower case, without resolver address, white space and trailing punctuation.

    Does not check the syntax; see ``is_doi``.
    """
    text = _INVISIBLE.sub("", html.unescape(unicodedata.normalize("NFC", text[:_MAX_PRINTED])).translate(_DASHES)).strip()
    leading = _LEADING.match(text)
    if leading:
        text = text[leading.end() :]
    if "%" in text:
        text = unquote(text)
    text = re.sub(r"\s+", "", text).replace("\\_", "_")
    return _without_trailing(text).lower()


def is_doi(text: str) -> bool:
    """Whether ``text`` is a bare DOI by syntax: ``10.``, a registrant of four to nine digits, a slash and a suffix.

    Source: ISO 26324 and Crossref's "DOIs and matching regular expressions".
    """
    return _VALID.fullmatch(text) is not None


def find_malformed_doi(text: str) -> tuple[str, Span] | None:
    """What stands where a DOI is announced (``doi:``, a resolver address) and is none, with the span of label and value."""
    for match in _MALFORMED.finditer(text):
        value = normalise_doi(match.group(1))
        if value and not is_doi(value) and any(character.isdigit() for character in value):
            kept = _without_trailing(match.group(1))
            return value, Span(match.start(), match.start(1) + len(kept))
    return None


_REPAIRS = (
    (re.compile(r"^(?:[1lIi|][0oO])(?=[.,]\d{4})"), "10"),
    (re.compile(r"^10[,:;·-](?=\d{4,9}\D)"), "10."),
    (re.compile(r"^10(?=\d{4}/)"), "10."),
    (re.compile(r"^[.0](?=\d{4,5}/)"), "10."),
    (re.compile(r"^(?=\d{4,5}/)"), "10."),
    (re.compile(r"^(10\.\d{4,9})(?:/{2,}|\\+|[|:]/?)"), r"\1/"),
    (re.compile(r"^(10\.\d{4,5})[.,_-](?=[a-z(])"), r"\1/"),
    (re.compile(r"^10/(?=\d{4,5}/)"), "10."),
    (re.compile(r"^10\.{2,}(?=\d)"), "10."),
)


def repair_doi(text: str) -> str | None:
    """The DOI that ``text`` was probably meant to be, or ``None``: mistyped "1O.", "10,1016", lost "10." or slash."""
    candidate = normalise_doi(text)
    if is_doi(candidate):
        return candidate
    found = find_doi(text)
    if found:
        return found[0]
    for pattern, replacement in _REPAIRS:
        candidate = pattern.sub(replacement, candidate, count=1)
        if is_doi(candidate):
            return candidate
    return None


_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d{1,2})?"
_ARXIV_OLD = (
    r"(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph|math|nlin|physics|cs|q-bio|stat|"
    r"chao-dyn|solv-int|alg-geom|dg-ga|q-alg|cmp-lg|patt-sol|adap-org|comp-gas|funct-an)(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?"
)
_ARXIV = re.compile(
    rf"(?:https?://)?(?:www\.)?(?:arxiv\.org/(?:abs|pdf)/|arxiv\s{{0,2}}(?:e-?print|preprint)?\s{{0,2}}(?:arxiv)?\s{{0,2}}[:.]?\s{{0,2}})"
    rf"\[?({_ARXIV_NEW}|{_ARXIV_OLD})(?:\.pdf)?|(?<![\w/.-])\[?({_ARXIV_OLD})(?![\w/])",
    re.IGNORECASE,
)


def find_arxiv(text: str) -> tuple[str, Span] | None:
    """The first arXiv identifier, without ``arXiv:``, its version kept: "1706.03762v5", "hep-th/9901001"."""
    match = _ARXIV.search(text)
    if match is None:
        return None
    return (match.group(1) or match.group(2)).lower(), Span(match.start(), match.end())


_PMID = re.compile(
    r"(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/)(?:\?term=)?(\d{1,9})\b/?"
    r"|\bpmid\s{0,2}[:.#]?\s{0,2}(\d{1,9})\b|\bpubmed\s{0,2}(?:id)?\s{0,2}[:#]\s{0,2}(\d{1,9})\b",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:https?://)?(?:(?:www\.)?(?:ncbi\.nlm\.nih\.gov|europepmc\.org)/(?:pmc/)?articles?/|pmc\.ncbi\.nlm\.nih\.gov/articles/)(?:pmc/?)?(pmc)?(\d{3,9})/?"
    r"|(?:\bpmcid\s{0,2}[:.#]?\s{0,2})?\b(pmc)\s?(\d{4,9})\b",
    re.IGNORECASE,
)


def find_pmid(text: str) -> tuple[str, Span] | None:
    """The first PubMed identifier, digits alone."""
    match = _PMID.search(text)
    if match is None:
        return None
    return next(group for group in match.groups() if group), Span(match.start(), match.end())


def find_pmcid(text: str) -> tuple[str, Span] | None:
    """The first PubMed Central identifier, in the form "PMC123456"."""
    match = _PMCID.search(text)
    if match is None:
        return None
    return f"PMC{match.group(2) or match.group(4)}", Span(match.start(), match.end())


_ISBN = re.compile(
    r"\bISBN(?:[\s-]{0,2}1[03])?\s{0,2}[:.]?\s{0,2}([\dX][\dXx\s.–-]{8,20}[\dXx])|\b(97[89][\s–-]?\d[\d\s–-]{7,12}\d)\b",
    re.IGNORECASE,
)


def find_isbn(text: str) -> tuple[str, Span] | None:
    """The first ISBN whose check digit is right, without hyphens."""
    for match in _ISBN.finditer(text):
        digits = re.sub(r"[^\dX]", "", (match.group(1) or match.group(2)).upper())
        for length in (13, 10):
            if len(digits) >= length and _isbn_holds(digits[:length]):
                return digits[:length], Span(match.start(), match.end())
    return None


def _isbn_holds(digits: str) -> bool:
    """Whether the check digit of an ISBN-10 or ISBN-13 is right. Source: ISO 2108."""
    if "X" in digits[:-1] or (len(digits) == 13 and digits[-1] == "X"):
        return False
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(digits) == 13:
        return digits.startswith(("978", "979")) and sum(v * (1, 3)[i % 2] for i, v in enumerate(values)) % 10 == 0
    return sum(v * (10 - i) for i, v in enumerate(values)) % 11 == 0


_URL = re.compile(
    r"<?(?:(?:https?|ftp)\s?:\s?//\s?(?=[\w\[])|www\d?\.(?=\w))[^\s\"“”«»<>{}|\\^`]{2,2000}"
    r"(?:(?<=[/_=-])[ \t]?\r?\n[ \t]{0,8}(?!https?:)[a-z0-9][^\s\"“”«»<>,;]{1,400})?",
    re.IGNORECASE,
)


def find_url(text: str) -> tuple[str, Span] | None:
    """The first web address, without the punctuation of the sentence around it and without the blanks of a line break."""
    match = _URL.search(text)
    if match is None:
        return None
    start = match.start() + text[match.start()].count("<")
    printed = text[start : match.end()]
    cut = printed.find("](")
    kept = _without_trailing_address(printed if cut < 0 else printed[:cut])
    return re.sub(r"\s+", "", kept), Span(start, start + len(kept))


def _without_trailing_address(address: str) -> str:
    while address:
        last = address[-1]
        if (
            last in ".,;:!?'’‘”\"*…"
            or (last in _BRACKETS and address.count(_BRACKETS[last]) < address.count(last))
            or last in "([{<"
        ):
            address = address[:-1]
        else:
            break
    return address
