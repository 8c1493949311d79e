"""``write_bibtex``: references to BibTeX.

Fields that BibTeX has are BibTeX's (``journal``, ``address``, ``year``); for the others BibLaTeX's are used (``origdate``,
``pubstate``, ``urldate``, ``entrysubtype``, ``label``), which BibTeX's styles ignore. Capitals inside a word are protected.

What BibTeX cannot hold: whether a particle is dropped in sorting; the unusual dash (a range of pages is read with en dashes);
years before 1 or after 9999; a letter after a year that is not known; white space, quotes and LaTeX's special characters in keys
(they become hyphens); and ``confidence``. Text is normalised to NFC, since accents are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from bib.folding import unaccent
from bib.formats.addresses import printed_doi
from bib.formats.bibtex.fields import NUMBERED, csl_type
from bib.formats.bibtex.names import read_names
from bib.formats.csl_types import type_name_of
from bib.formats.dates import held_date, iso_text, year_text
from bib.formats.entries import unlike
from bib.formats.latex import text_to_latex
from bib.model import Name, Reference
from bib.wordlists import pairs_of

_NOT_IN_KEYS = re.compile(r"[\s\"#%'(),={}~\\@&^$\x00-\x1f\x7f]+")
_NOT_IN_ADDRESSES = re.compile(r"[\s{}\\]")
#: Types that are written as another one than the first of the list of types: BibTeX's own, or the nearest to it.
_WRITTEN_AS = {
    "article": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "speech": "misc",
}
_SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PUBLISHERS = {"thesis": "school", "report": "institution", "webpage": "organization"}


def write_bibtex(references: Iterable[Reference]) -> str:
    """The references as entries of a ``.bib`` file, in order, with an empty line between them. Their ids are the keys."""
    taken: dict[str, int] = {}
    return "\n".join(_entry(reference, taken) for reference in references)


def with_author_year_keys(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references with ids such as "lee2020", for lists whose own ids are only places in them ("1", "2")."""
    from dataclasses import replace

    taken: dict[str, int] = {}
    return tuple(replace(reference, id=unlike(_author_year(reference), taken)) for reference in references)


def _author_year(reference: Reference) -> str:
    names = reference.authors or reference.editors
    first = (names[0].family or names[0].literal) if names else reference.title
    word = re.sub(r"[^a-z]", "", unaccent(first.split()[0] if first.split() else "").lower())
    return f"{word or 'anonymous'}{reference.year or ''}{reference.year_suffix}"


def _entry(reference: Reference, taken: dict[str, int]) -> str:
    entry_type = _entry_type(reference)
    fields = {name: value for name, value in _fields(reference) if value}
    if csl_type(entry_type, fields) != reference.type:
        fields["entrysubtype"] = _SUBTYPES.get(reference.type, reference.type)
    lines = "".join(f"  {name} = {_value(name, value)},\n" for name, value in fields.items())
    key = unlike(_NOT_IN_KEYS.sub("-", reference.id) or _author_year(reference), taken)
    return f"@{entry_type}{{{key},\n{lines}}}\n"


def _value(name: str, value: str) -> str:
    # Months are macros, so that each style can print them in its language.
    return value if name == "month" else f"{{{value}}}"


def _entry_type(reference: Reference) -> str:
    if reference.type == "article" and not reference.container_title:
        return "misc"
    return _WRITTEN_AS.get(reference.type) or (*type_name_of("bibtex_types", reference.type), "misc")[0]


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """The fields in LaTeX, in order; some are empty."""
    # Without authors it is the editors' list that ends early.
    truncated = reference.authors_truncated
    yield "author", _names(reference.authors, truncated=truncated and bool(reference.authors or not reference.editors))
    yield "editor", _names(reference.editors, truncated=truncated and not reference.authors and bool(reference.editors))
    yield "title", _title(reference.title)
    journal = reference.type in NUMBERED and reference.type != "paper-conference"
    yield ("journal" if journal or reference.type == "review-book" else "booktitle"), _title(reference.container_title)
    yield "series", _title(reference.collection_title)
    date = held_date(reference.issued)
    if date:
        yield "year", f"{date.year:04d}{reference.year_suffix}"
        yield "month", _MONTHS[date.month - 1] if date.month else ""
        yield "day", f"{date.day}" if date.month and date.day else ""
    yield "origdate", year_text(reference.original_year)
    states = {words: state for state, words in pairs_of("publication_states").items()}
    yield "pubstate", states.get(reference.status) or text_to_latex(reference.status)
    yield "volume", text_to_latex(reference.volume)
    yield ("number" if reference.type in NUMBERED else "issue"), text_to_latex(reference.issue)
    yield "pages", text_to_latex(reference.page).replace("–", "--")
    yield "edition", text_to_latex(reference.edition)
    yield _PUBLISHERS.get(reference.type, "publisher"), text_to_latex(reference.publisher)
    yield "address", text_to_latex(reference.publisher_place)
    yield "isbn", text_to_latex(reference.isbn)
    yield "doi", _address(printed_doi(reference))
    yield "eprint", _address(reference.arxiv)
    yield "archiveprefix", "arXiv" if reference.arxiv else ""
    yield "pmid", _address(reference.pmid)
    yield "pmcid", _address(reference.pmcid)
    yield "url", _address(reference.url)
    if accessed := held_date(reference.accessed):
        yield "urldate", iso_text(accessed)
    yield "language", text_to_latex(reference.language)
    yield "label", text_to_latex(reference.label)


def _title(text: str) -> str:
    """A title in LaTeX. Styles write titles in small letters; words with capitals inside ("DNA", "McLeod") keep theirs."""
    words = text.split()
    return " ".join(
        f"{{{source}}}" if word[1:] != word[1:].lower() else source for word in words if (source := text_to_latex(word))
    )


def _address(text: str) -> str:
    """An identifier or address, which BibLaTeX prints as it stands. What would end the field or break it is percent-encoded."""
    return _NOT_IN_ADDRESSES.sub(lambda character: quote(character[0]), text.strip())


def _names(names: Iterable[Name], *, truncated: bool) -> str:
    written = [source for name in names if (source := _name(name))]
    return " and ".join([*written, "others"] if truncated else written)


def _name(name: Name) -> str:
    """The name in the first of BibTeX's forms that is read as the same one."""
    if name.literal:
        literal = text_to_latex(name.literal)
        # A second pair where the first would be taken for the braces of a command: {\"O}.
        return f"{{{{{literal}}}}}" if literal.startswith("\\") else f"{{{literal}}}"
    particle = " ".join(part for part in (name.dropping_particle, name.non_dropping_particle) if part)
    parts = [text_to_latex(part) for part in (particle, name.family, name.suffix, name.given)]
    if not name.suffix and not name.given and _reads_as(source := _one_word(" ".join(filter(None, parts))), name):
        return source
    braced = [f"{{{part}}}" if part else "" for part in parts]
    forms = (_last_first(*parts), _last_first(parts[0], *braced[1:]), _last_first("", *_joined(parts)), _extended(*braced))
    return next((form for form in forms if _reads_as(form, name)), forms[2])


def _one_word(family: str) -> str:
    """A family name alone as what is one word to BibTeX, which would take the first of several for given names."""
    return family.replace(",", "{,}").replace(" ", "{ }")


def _joined(parts: list[str]) -> list[str]:
    """Particle and family name as one, each part in braces."""
    particle, family, suffix, given = parts
    return [f"{{{part}}}" if part else "" for part in (" ".join(filter(None, (particle, family))), suffix, given)]


def _last_first(particle: str, family: str, suffix: str, given: str) -> str:
    last = " ".join(part for part in (particle, family) if part)
    return ", ".join([last, suffix, given] if suffix else [last, given])


def _extended(particle: str, family: str, suffix: str, given: str) -> str:
    """BibLaTeX's form, for what the others cannot say."""
    named = (("family", family), ("given", given), ("prefix", particle), ("suffix", suffix))
    return ", ".join(f"{label}={part}" for label, part in named if part)


def _reads_as(source: str, name: Name) -> bool:
    names, truncated = read_names(source)
    found = [(read.full_family, read.given, read.suffix, read.literal) for read in names]
    return not truncated and found == [(name.full_family, name.given, name.suffix, "")]
