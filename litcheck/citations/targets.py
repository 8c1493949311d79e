"""The entries of a reference list as citations name them: by family names, organisations and their abbreviations, and years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bib.folding import fold
from bib.model import Entry, Name, ParseFailure, Reference
from bib.name_comparison import initials, organisation_names
from litcheck.citations.wordlists import folded_words_of, groups_of, particles, words_of

_LABEL = re.compile(r"^\W{0,3}\d{1,4}\s?[.)\]]+\s*")
_RAW_YEAR = re.compile(r"(?<![\d/._=-])(1[5-9]\d\d|20\d\d)(?:([a-z])(?![a-z]))?(?![\d/_-])")
_CAPITALS = re.compile(r"\b[A-Z][A-Z&-]{1,9}[A-Z]\b")
_HEAD_END = re.compile(r"\.(?!\w)|[(\[]")
#: How much of an entry may be its authors when no year ends them.
_AUTHOR_ZONE = 400
#: How much of an entry is looked through for years.
_LONGEST_RAW = 2000
#: How many words from an entry's beginning may together be the name that it is cited by.
_HEAD_WORDS = 5
#: An abbreviation of this many letters may leave out the last words of an organisation's name.
_SHORTEST_ACRONYM_HEAD = 4
#: A word of this many letters of a double family name may stand for the whole.
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorKeys:
    """The spellings of one author that count as right, and parts of the name that are near it. Folded, without blanks.

    ``whole`` are those of ``exact`` that leave out no word of a double name.
    """

    exact: frozenset[str]
    whole: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One entry as citations may name it.

    ``zone`` are the folded words of the entry before its year: they tell whether a name stands there when the fields do not.
    ``organisation`` are the folded words of an author that is no person; ``acronyms`` what it may be shortened to.
    """

    id: str
    position: int
    authors: tuple[AuthorKeys, ...]
    truncated: bool
    years: frozenset[int]
    suffix: str
    status: str
    zone: frozenset[str]
    organisation: tuple[str, ...]
    acronyms: frozenset[str]

    @property
    def count(self) -> int:
        """How many authors the entry names."""
        return len(self.authors)


class Targets:
    """All entries of a list, to be looked up by what a citation says."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        references = [as_reference(entry) for entry in entries]
        self.all = tuple(_target(reference, position) for position, reference in enumerate(references))
        first: dict[str, list[Target]] = defaultdict(list)
        organisations: dict[str, list[Target]] = defaultdict(list)
        acronyms: dict[str, list[Target]] = defaultdict(list)
        families: set[str] = set()
        words: set[str] = set()
        for target, reference in zip(self.all, references, strict=True):
            keys = set(target.authors[0].exact) if target.authors else set()
            for key in keys | _head_keys(reference) | _title_keys(reference):
                first[key].append(target)
            if target.organisation:
                organisations[target.organisation[-1]].append(target)
            for acronym in target.acronyms:
                acronyms[acronym].append(target)
            for author in target.authors:
                families |= author.exact
            for name in _authors(reference):
                if not name.is_organisation:
                    words |= _name_words(name)
        self.by_first: Mapping[str, Sequence[Target]] = first
        self.by_organisation: Mapping[str, Sequence[Target]] = organisations
        self.by_acronym: Mapping[str, Sequence[Target]] = acronyms
        self.families = frozenset(families)
        #: Lower-case words that are family names here, so that "He" and "May" are read as such.
        self.words = frozenset(words - words_of("connectors"))
        by_year: dict[int, list[Target]] = defaultdict(list)
        for target in self.all:
            for year in target.years:
                by_year[year].append(target)
        self.by_year: Mapping[int, Sequence[Target]] = by_year


def as_reference(entry: Entry) -> Reference:
    """An entry that could not be parsed as a reference of which only the words are known: they are enough to be named by."""
    if isinstance(entry, ParseFailure):
        return Reference(id=entry.id, raw=entry.raw, span=entry.span)
    return entry


def compact(text: str) -> str:
    """``text`` folded and without blanks, so that hyphens, blanks and broken lines inside a name do not matter."""
    return fold(text).replace(" ", "")


def _name_words(name: Name) -> set[str]:
    words = {word for word in name.full_family.lower().split() if len(word) > 1}
    # "De" and "Das" are particles in some names and family names by themselves.
    return words - particles() if len(words) > 1 else words


def _authors(reference: Reference) -> tuple[Name, ...]:
    return reference.authors or reference.editors


def _target(reference: Reference, position: int) -> Target:
    raw = _LABEL.sub("", reference.raw.lstrip())
    found = _RAW_YEAR.search(raw, 4)
    zone = raw[: found.start()] if found and found.start() < _AUTHOR_ZONE else raw[:_AUTHOR_ZONE]
    years, suffix = _years(reference, raw)
    organisation = _organisation(reference, zone)
    return Target(
        id=reference.id,
        position=position,
        authors=tuple(_keys(name) for name in _authors(reference)),
        truncated=reference.authors_truncated,
        years=frozenset(years),
        suffix=suffix,
        status=groups_of("publication_status").get(" ".join(reference.status.lower().replace(".", " ").split()), ""),
        zone=frozenset(_joined_words(zone)),
        organisation=organisation,
        acronyms=_acronyms(organisation, raw) if organisation else frozenset(),
    )


def _years(reference: Reference, raw: str) -> tuple[set[int], str]:
    """The years an entry may be cited by, and the letter after them: of the fields, and as printed where those may be wrong."""
    years = {year for year in (reference.year, reference.original_year) if year is not None}
    suffix = reference.year_suffix
    printed = list(_RAW_YEAR.finditer(raw[:_LONGEST_RAW], 4))
    if not years and not reference.status:
        years.update(int(found[1]) for found in printed)
    elif printed and printed[0].start() < _AUTHOR_ZONE and _is_set_off(raw, printed[0]):
        years.add(int(printed[0][1]))
    if not suffix:
        suffix = next((found[2] for found in printed if found[2] and int(found[1]) in years), "")
    return years, suffix.lower()


def _is_set_off(raw: str, year: re.Match[str]) -> bool:
    """Whether a year stands where entries have theirs, right after the authors: in brackets or between full stops."""
    before, after = raw[: year.start()].rstrip()[-1:], raw[year.end() : year.end() + 1]
    return (before == "(" and after in (")", ",")) or (before in (".", ",") and after in (".", ":"))


def _keys(name: Name) -> AuthorKeys:
    words = fold(name.full_family).split()
    exact = {"".join(words)}
    bare = [word for word in words if word not in particles()] or words
    exact.add("".join(bare))
    whole = frozenset(exact - {""})
    partial: set[str] = set()
    if not name.is_organisation and len(bare) > 1:
        ends = {word for word in (bare[0], bare[-1]) if len(word) >= _SHORTEST_PART}
        if "-" in name.full_family or "‐" in name.full_family or "‑" in name.full_family:
            # "Dienstmaier" for "Vega-Dienstmaier" is another name than the list has; "García" for "García Márquez" is usual.
            partial |= ends
        else:
            exact |= ends
    if name.is_organisation:
        exact.add("".join(word for word in words if word != "the"))
        exact.add(compact(organisation_names(name.literal)[0]))
    return AuthorKeys(exact=frozenset(exact - {""}), whole=whole, partial=frozenset(partial), initials=initials(name.given))


def _joined_words(text: str) -> list[str]:
    """Words folded, those with a hyphen as one: a half of a double name is not the name."""
    return [word for piece in text.split() if (word := compact(piece))]


def _head_keys(reference: Reference) -> set[str]:
    """What the entry begins with, one to several words together: the cited name even where the fields are wrong."""
    words = _joined_words(_LABEL.sub("", reference.raw[:200].lstrip()))[:_HEAD_WORDS]
    if words and words[0] == "the":
        words = words[1:]
    return {
        "".join(words[:count]) for count in range(1, len(words) + 1) if words[0][0].isalpha() and len("".join(words[:count])) > 1
    }


def _title_keys(reference: Reference) -> set[str]:
    """The whole of a short title, by which works are cited that have no author, or software and the like that has one."""
    title = compact(reference.title) if reference.title and len(reference.title.split()) <= _HEAD_WORDS else ""
    return {title} - {""}


def _organisation(reference: Reference, zone: str) -> tuple[str, ...]:
    """The folded words of the organisation that the entry begins with, empty when it begins with a person."""
    authors = _authors(reference)
    words: list[str] = []
    if authors and authors[0].is_organisation:
        words = fold(organisation_names(authors[0].literal)[0]).split()
    if len(authors) < 2:
        # An organisation without commas before the first full stop, whatever the fields say or leave out of its name.
        head = _HEAD_END.split(zone, maxsplit=1)[0]
        head_words = fold(head).split() if "," not in head and ";" not in head else []
        if head_words[: len(words)] == words:
            words = head_words
    if words and words[0] == "the":
        words = words[1:]
    return tuple(words) if 1 < len(words) <= 20 or (authors and authors[0].is_organisation) else ()


def _acronyms(words: Iterable[str], raw: str) -> frozenset[str]:
    """What an organisation may be shortened to: its initials, and what stands in capitals in the entry."""
    all_words = list(words)
    skip = folded_words_of("initials_skip")
    bare = _initials(word for word in all_words if word not in skip)
    found = {_initials(all_words), bare}
    # "INEP" is the "Instituto Nacional de Estudos e Pesquisas Educacionais Anísio Teixeira".
    found |= {bare[:length] for length in range(_SHORTEST_ACRONYM_HEAD, len(bare))}
    found |= {re.sub(r"\W", "", capitals).lower() for capitals in _CAPITALS.findall(raw[:_AUTHOR_ZONE])}
    return frozenset(acronym for acronym in found if len(acronym) > 1)


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)
