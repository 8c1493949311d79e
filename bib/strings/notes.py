"""What stands in a reference string beside its bibliographic fields: label, identifiers, addresses, dates of access."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from bib.identifiers import find_arxiv, find_doi, find_isbn, find_malformed_doi, find_pmcid, find_pmid, find_url, normalise_doi
from bib.model import Date, Span
from bib.organisation_names import abbreviates
from bib.strings.dates import DATE, read_date
from bib.wordlists import pairs_of, words_of

#: Identifiers of one kind looked for in one string.
_MOST = 3

_LABEL = re.compile(
    r"\s{0,9}(?:\[\s{0,2}(\d{1,4}[a-z]?)\s{0,2}\][.:]?\s{0,9}|\(\s{0,2}(\d{1,3})\s{0,2}\)[.:]?\s{1,9}(?=\S)|(\d{1,4})\s?\\?[.)](?:\s{1,9}|(?=[^\W\d_]))|(\d{1,3})\s{1,9}(?:\d{1,3}\.\s)?(?=[^\W\d_])|\[([A-Za-z][\w+*'’:.-]{1,30})\]\s{1,9})"
)
_BARE_YEAR = re.compile(r"\s{0,9}(?:1[5-9]|20)\d\d\b")
_ACCESS = re.compile(
    rf"[\[(]?\s?\b(?:(?:last\s|date\s|data\sde\s)?(?:accessed|access(?:\sdate)?|viewed|visited|cited|retrieved|consulted|checked|acesso|acceso|acessado|acedido|consultado|consulta|citado|consulté(?:\sle)?|abgerufen|zugriff|geraadpleegd))"
    rf"\s?(?:on|em|el|en|le|am|at)?\s?:?\s?(?:the\s)?(?:em\s)?(?P<date>{DATE})\s?,?[\])]?(?:,?\s?(?:from|at|em|de|en)\b\s?:?)?[.;,]?",
    re.IGNORECASE,
)
_AVAILABLE = re.compile(
    r"[\[(]?\b(?:(?:Freely\s|Also\s)?Available(?:\sonline)?(?:\s(?:at|from|in|on|via))?\s?(?=:|\bhttps?:|www\.|\s?<|\Z|\s?\[|\s?\(|\s)|Retrieved\s(?:online\s)?from|Accessed\s(?:at|from|via)|Disponível\s(?:em|online|na|no)?|Disponible\s(?:en|desde)?"
    r"|Disponibile\s(?:in|su)|Verfügbar\s(?:unter|über)|Online\sverfügbar|Abrufbar\sunter|Recuperado\s(?:de|em)|Recuperado|Obtido\s(?:de|em)|Acesso\sem|Online\s(?:at|under)|URL)\s?:{0,2}(?=\s|https?:|www|<|\Z)"
)
#: What the patterns above need, so that most strings are spared them.
_ACCESS_HINTS = (
    "access",
    "acess",
    "acce",
    "view",
    "visit",
    "cited",
    "citado",
    "retriev",
    "consult",
    "check",
    "aced",
    "abgeruf",
    "abruf",
    "zugriff",
    "geraad",
    "availab",
    "dispon",
    "verfüg",
    "recuper",
    "obtido",
    "online",
    "url",
)
_REMARK_HINTS = (
    "[",
    "Epub",
    "nline",
    "ISSN",
    "issn",
    "ahead of",
    "Scholar",
    "(in ",
    "(In ",
    "(em ",
    "(en ",
    "(auf ",
    "(doi",
    "(DOI",
    "( doi",
    "( DOI",
    "abstract)",
)
_LANGUAGE = "|".join(sorted(pairs_of("languages"), key=lambda name: (-len(name), name)))
_REMARKS = re.compile(
    r"\[(?:Internet|Online|online|on-?line|Electronic|PubMed|PMC\sfree\sarticle|Google\sScholar|Cross\s?[Rr]ef|Medline|ISI|Web\sof\sScience|Free\sFull\sText|Full\sText|eletrônico|en\sl[ií]nea)\]"
    r"|\bEpub\s(?:ahead\sof\sprint)?(?:\s?\d{4}[\s/][A-Z]?[a-z\d]{2,3}(?:[\s/]\d{1,2})?)?[.;]?|\b(?:Advance|Published)\sonline(?:\spublication)?(?:\sahead\sof\sprint)?(?=[.,;\s])|\bOnline\sahead\sof\sprint\b|\bahead\sof\sprint\b"
    r"|\b[Ee]?-?ISSN(?:-L)?:?\s?\d{4}-?\d{3}[\dXx]\b|\bGoogle\sScholar\b|\(\s?(?:DOI|doi)\s?:?\s?\)|\((?:important|highly\simportant)-abstract\)"
    rf"|[\[(](?:(?:in|em|en|auf)\s)(?P<language>{_LANGUAGE})(?:[,;]?\s(?:with\s|and\s)?(?:an?\s)?English(?:\sabstract|\ssummary)?)?[\])]",
    re.IGNORECASE,
)


class Hole(NamedTuple):
    """A stretch of the string that was understood by rule. ``kind``: label, doi, id, url, access or remark."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What was understood by rule before the fields are told apart.

    ``holes`` are the stretches of the string that it fills, in order, none overlapping another.
    """

    label: str = ""
    label_span: Span | None = None
    doi: str = ""
    doi_span: Span | None = None
    doi_printed: str = ""
    arxiv: str = ""
    pmid: str = ""
    pmcid: str = ""
    isbn: str = ""
    url: str = ""
    url_span: Span | None = None
    accessed: Date | None = None
    language: str = ""
    holes: tuple[Hole, ...] = ()


def take_notes(raw: str) -> Notes:
    """Label, identifiers, address and date of access of a reference string, each at its first place."""
    label, label_span, label_end = _label(raw)
    holes: list[Hole] = [Hole(0, label_end, "label")] if label_span else []
    has_digits_with_slash = "/" in raw or "%2" in raw or "doi" in raw.lower()
    doi, doi_span, printed = _doi(raw, holes) if has_digits_with_slash else ("", None, "")
    lower = raw.lower()
    arxiv = pmid = pmcid = isbn = ""
    if "arxiv" in lower or "/0" in lower or "/9" in lower:
        arxiv = _take(find_arxiv(raw), holes, keep="arxiv" in lower and "arxiv.org" not in lower)
        if not arxiv and doi.startswith("10.48550/arxiv."):
            arxiv = doi.removeprefix("10.48550/arxiv.")
    if "pm" in lower or "pubmed" in lower:
        pmid = _take(find_pmid(raw), holes)
        pmcid = _take(find_pmcid(raw), holes)
    if "isbn" in lower or "978" in lower:
        isbn = _take(find_isbn(raw), holes)
    url, url_span = _url(raw, holes)
    accessed, language = None, ""
    if any(hint in lower for hint in _ACCESS_HINTS):
        for access in _ACCESS.finditer(raw):
            accessed = accessed or read_date(access.group("date"))
            holes.append(Hole(*access.span(), "access"))
        holes.extend(Hole(*match.span(), "access") for match in _AVAILABLE.finditer(raw) if match.group())
    if any(hint in raw for hint in _REMARK_HINTS):
        for remark in _REMARKS.finditer(raw):
            if remark.group():
                holes.append(Hole(*remark.span(), "remark"))
            if not language and remark["language"]:
                language = pairs_of("languages").get(remark["language"].lower(), "")
    return Notes(
        label=label,
        label_span=label_span,
        doi=doi,
        doi_span=doi_span,
        doi_printed=printed,
        arxiv=arxiv,
        pmid=pmid,
        pmcid=pmcid,
        isbn=isbn,
        url=url,
        url_span=url_span,
        accessed=accessed,
        language=language,
        holes=_apart(holes),
    )


def _apart(holes: list[Hole]) -> tuple[Hole, ...]:
    """The holes in order; of two that overlap the later one begins where the earlier ends, or goes."""
    apart: list[Hole] = []
    for hole in sorted(holes):
        start = max(hole.start, apart[-1].end) if apart else hole.start
        if start < hole.end:
            apart.append(Hole(start, hole.end, hole.kind))
    return tuple(apart)


def _label(raw: str) -> tuple[str, Span | None, int]:
    """The label, its place, and where the entry goes on."""
    match = _LABEL.match(raw)
    if match is None or (_BARE_YEAR.match(raw) and not match.group(1)):
        return "", None, 0
    group = next(number for number in range(1, 6) if match.group(number))
    ahead = _NAME_AHEAD.match(raw, match.end()) if group == 5 else None
    if ahead and abbreviates(match.group(5), ahead.group()):
        return "", None, 0  # "[Embrapa] Empresa Brasileira de Pesquisa Agropecuária. (2018)."
    if group == 4 and not _looks_like_names(raw[match.end() : match.end() + 60]):
        return "", None, 0
    return match.group(group), Span(match.start(group), match.end(group)), match.end()


_NAME_AHEAD = re.compile(r"[^.,;:()\[\]\d]{0,200}")
_NAMES_AHEAD = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][\w'’-]{1,30}(?:\s[^\W\d_a-zß-öø-ÿ][\w'’-]{0,30}){0,3}(?:,\s?[^\W\d_]\.|\s[^\W\d_a-z]{1,3}[,.;]|\s[A-Z]\.)|(?:[^\W\d_]\.\s?){1,3}[^\W\d_]"
)


def _looks_like_names(text: str) -> bool:
    return _NAMES_AHEAD.match(text) is not None or text[:1].isupper() or text.split(" ", 1)[0] in words_of("particles")


def _doi(raw: str, holes: list[Hole]) -> tuple[str, Span | None, str]:
    first: tuple[str, Span] | None = None
    start = 0
    for _ in range(_MOST):
        found = find_doi(raw[start:])
        if found is None:
            break
        span = Span(found[1].start + start, found[1].end + start)
        holes.append(Hole(span.start, span.end, "doi"))
        first = first or (found[0], span)
        start = span.end
    if first is None:
        malformed = find_malformed_doi(raw)
        if malformed is None:
            return "", None, ""
        holes.append(Hole(malformed[1].start, malformed[1].end, "doi"))
        first = malformed
    return normalise_doi(first[0]), first[1], first[1].of(raw)


def _take(found: tuple[str, Span] | None, holes: list[Hole], *, keep: bool = False) -> str:
    if found is None:
        return ""
    if not keep:
        holes.append(Hole(found[1].start, found[1].end, "id"))
    return found[0]


def _url(raw: str, holes: list[Hole]) -> tuple[str, Span | None]:
    """The first address that is no resolver's: one in which a DOI stands still counts unless it is doi.org's."""
    url, url_span = "", None
    start = 0
    for _ in range(_MOST):
        found = find_url(raw[start:])
        if found is None:
            break
        span = Span(found[1].start + start, found[1].end + start)
        holes.append(Hole(span.start, span.end, "url"))
        if "doi.org/" not in found[0] and not url and len(found[0]) > 8:
            url, url_span = found[0], span
        start = span.end
    return url, url_span
