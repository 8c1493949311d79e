"""What each written format can hold, as one table, and references that try it: nasty text in every field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from bib.formats.bibtex import read_bibtex, write_bibtex
from bib.formats.csl_json import read_csl_json, write_csl_json
from bib.formats.endnote_xml import read_endnote_xml, write_endnote_xml
from bib.formats.jats import read_jats, write_jats
from bib.formats.ris import read_ris, write_ris
from bib.model import Date, Entry, Name, Reference
from bib.wordlists import lines_of

Loss = Callable[[Reference], Reference]


def kinds_of_particles(reference: Reference) -> Reference:
    """Particles are part of the family name."""

    def joined(name: Name) -> Name:
        return name if name.literal else Name(family=name.full_family, given=name.given, suffix=name.suffix)

    return replace(reference, authors=tuple(map(joined, reference.authors)), editors=tuple(map(joined, reference.editors)))


def marks_in_names(reference: Reference) -> Reference:
    """Commas and semicolons inside a part of a person's name are blanks."""

    def plain(text: str) -> str:
        return " ".join(re.sub(r"[,;]", " ", text).split())

    def cleaned(name: Name) -> Name:
        return name if name.literal else Name(family=plain(name.family), given=plain(name.given), suffix=plain(name.suffix))

    return replace(reference, authors=tuple(map(cleaned, reference.authors)), editors=tuple(map(cleaned, reference.editors)))


def kinds_of_dashes(reference: Reference) -> Reference:
    """Dashes of pages are en dashes without blanks around them, hyphens that are doubled too."""
    return replace(reference, page=re.sub(r"\s*(?:-{2,}|[–—‐‑])\s*", "–", reference.page))


def confidence(reference: Reference) -> Reference:
    """How sure the parser was."""
    return replace(reference, confidence=1.0)


def some_ids(reference: Reference) -> Reference:
    """Ids with characters that a key may not have."""
    return replace(reference, id="")


def far_years(reference: Reference) -> Reference:
    """Years before 1 and after 9999, and with them the letter after the year."""

    def near(date: Date | None) -> Date | None:
        return date if date and 1 <= date.year <= 9999 else None

    original = reference.original_year
    issued = near(reference.issued)
    return replace(
        reference,
        issued=issued,
        year_suffix=reference.year_suffix if issued else "",
        accessed=near(reference.accessed),
        original_year=original if original is not None and 1 <= original <= 9999 else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A format that is written and read, and what of a reference it cannot hold."""

    write: Callable[[Sequence[Reference]], str]
    read: Callable[[str], tuple[Entry, ...]]
    losses: tuple[Loss, ...] = ()

    def held(self, reference: Reference) -> Reference:
        """The reference without what the format cannot hold."""
        for loss in self.losses:
            reference = loss(reference)
        return reference


#: The table. The docstring of each format's module says the same in words.
WRITTEN = {
    "csl": Written(write=write_csl_json, read=read_csl_json),
    "bibtex": Written(
        write=write_bibtex,
        read=read_bibtex,
        losses=(kinds_of_particles, kinds_of_dashes, confidence, some_ids, far_years),
    ),
    "ris": Written(write=write_ris, read=read_ris, losses=(kinds_of_particles, marks_in_names, confidence, far_years)),
    "endnote": Written(
        write=write_endnote_xml, read=read_endnote_xml, losses=(kinds_of_particles, marks_in_names, confidence, far_years)
    ),
    "jats": Written(write=write_jats, read=read_jats, losses=(kinds_of_particles, confidence, some_ids, far_years)),
}


def one_line(text: str) -> str:
    """Text as every format can hold it: composed, and white space of any kind as single blanks."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


NASTY = "{}\\%&$#_~^\"'`-–—.,;:@=<>/|()[]*?! \n\taeéüßøЖ中"
PIECES = [
    "--",
    "''",
    "``",
    "&amp;",
    "&lt;b&gt;",
    "]]>",
    "<!--",
    "</title>",
    "{\\'e}",
    "\\textbf{x}",
    "$x_1$",
    "\r\nER  - \r\n",
    "TY  - ",
]
nasty = st.lists(
    st.sampled_from([*NASTY, *PIECES, " and ", "DNA"]) | st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=10
)
texts = nasty.map("".join).map(one_line)
filled = texts.filter(bool)
#: Parts of names have a letter, or nothing tells them from the marks around them.
parts = st.tuples(
    st.sampled_from(["Lee", "de Souza", "É", "and", "MacLeod", "小明", "O'Neil"]), st.just("") | texts.map(lambda t: t[:6])
).map(lambda pair: one_line("".join(pair)))
people = st.builds(
    Name,
    family=parts,
    given=st.just("") | st.sampled_from(["Jan", "J. D.", "Jean-Luc", "A.-M."]) | parts,
    suffix=st.sampled_from(["", "", "Jr.", "III"]),
    non_dropping_particle=st.sampled_from(["", "", "van der", "de", "Van"]),
    dropping_particle=st.sampled_from(["", "", "", "von"]),
)
organisations = st.builds(
    Name, literal=parts | st.sampled_from(["Barnes and Noble", "Utah, University of", "A, B, and C", "WHO"])
)
#: What says that further names follow is no name, wherever it stands.
_FURTHER = re.compile(r"\bet\b|\bal\b|others|\.\.|…|\bu\. a|\bi in\b", re.IGNORECASE)
names = (people | organisations).filter(lambda name: not _FURTHER.search(f"{name.family} {name.given} {name.literal}"))
years = st.integers(-500, 12_000) | st.integers(1900, 2030)
dates = st.one_of(
    st.builds(Date, year=years),
    st.builds(Date, year=years, month=st.integers(1, 12)),
    st.builds(Date, year=years, month=st.integers(1, 12), day=st.integers(1, 31)),
)
pages = st.sampled_from(
    ["1–10", "e1234", "S1–S9", "1-10", "12", "1, 3–5", "100–7", "1–10–20", "xii", "7 – 9", "1--2", "10–10", "a&b"]
)
statuses = st.sampled_from(["", "", "in press", "forthcoming", "n.d.", "accepted for publication", "{sub}mitted & #1"])
addresses = st.sampled_from(
    ["", "https://example.org/~lee/a_b?x=1&y=%20#z;w", "https://example.org/a,b;c(d)", "ftp://example.org/x"]
)
dois = st.sampled_from(
    ["", "10.1000/ab_c.1", "10.1000/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2", "10.1000/a&b#c"]
)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    issued = draw(st.none() | dates)
    doi = draw(dois)
    return Reference(
        id=draw(filled),
        raw="",
        type=draw(st.sampled_from(lines_of("csl_types"))),
        authors=tuple(draw(st.lists(names, max_size=3))),
        authors_truncated=draw(st.booleans()),
        editors=tuple(draw(st.lists(names, max_size=2))),
        issued=issued,
        year_suffix=draw(st.sampled_from(["", "", "a", "b"])) if issued else "",
        original_year=draw(st.none() | years),
        status=draw(statuses),
        title=draw(filled),
        container_title=draw(texts),
        collection_title=draw(texts),
        volume=draw(texts),
        issue=draw(texts),
        page=draw(st.just("") | pages),
        edition=draw(texts),
        publisher=draw(texts),
        publisher_place=draw(texts),
        doi=doi,
        doi_printed=doi and draw(st.sampled_from([doi, doi.upper()])),
        arxiv=draw(st.sampled_from(["", "2001.00001", "hep-th/9901001", "1706.03762v5"])),
        pmid=draw(st.sampled_from(["", "1", "12345678"])),
        pmcid=draw(st.sampled_from(["", "PMC123456"])),
        isbn=draw(st.sampled_from(["", "9780306406157", "0-306-40615-2"])),
        url=draw(addresses),
        accessed=draw(st.none() | dates),
        language=draw(st.sampled_from(["", "en", "pt-BR"])),
        label=draw(texts),
        confidence=draw(st.sampled_from([1.0, 0.5])),
    )
