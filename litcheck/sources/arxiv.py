"""arXiv's API as a source: preprints by their arXiv id, dozens a request, and by title.

Documentation: https://info.arxiv.org/help/api/user-manual.html and https://info.arxiv.org/help/api/tou.html. Answers are Atom
feeds. Only their entries are parsed, one by one, so nothing that a document type could declare has any effect. The answers in the
tests are made by hand after it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element

from bib.formats.xml_elements import pieces, text_of
from bib.identifiers import is_doi, normalise_doi
from bib.model import Reference
from litcheck.evidence import PublicationYear, Record, Relation, Update
from litcheck.sources.answers import Answer, Terms, UnusableAnswer
from litcheck.sources.catalogue import ANY, ROWS, Catalogue
from litcheck.sources.json_values import printed_name, texts
from litcheck.sources.pacing import Rate

#: Begins the DOIs that arXiv has given all its papers since 2022. https://info.arxiv.org/help/doi.html
DOI_PREFIX = "10.48550/arxiv."

_VERSION = re.compile(r"v\d{1,2}\Z")
_ABSTRACT = re.compile(r"https?://arxiv\.org/abs/(.{1,40})\Z")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WITHDRAWN = re.compile(
    r"\s*this (?:paper|article|submission|manuscript|work) (?:has been|is|was) (?:\w+ )?withdrawn", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_FIRST_WORDS = 20


class Arxiv(Catalogue):
    """arXiv at its address."""

    name = "arxiv"
    #: One request in three seconds, one at a time. https://info.arxiv.org/help/api/tou.html
    terms = Terms(rates={ANY: Rate(1, 3)}, at_once=1)
    identifies = "arxiv"
    form = "application/atom+xml"

    def may_hold(self, reference: Reference) -> bool:
        """Whether the entry itself names arXiv."""
        return bool(reference.title) and ("arxiv" in reference.raw.lower() or bool(self.identifier_of(reference)))

    def identifier_of(self, reference: Reference) -> str:
        """The arXiv id without its version, from the DOI where none is printed."""
        printed = reference.arxiv or (reference.doi.removeprefix(DOI_PREFIX) if reference.doi.startswith(DOI_PREFIX) else "")
        return _VERSION.sub("", printed.lower())

    async def held(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """The records of up to fifty arXiv ids."""
        # Archives of old ids have their case ("math.GT/0309136"), which is only for the eye.
        values = {"id_list": ",".join(ids), "max_results": str(len(ids))}
        return {record.doi.removeprefix(DOI_PREFIX): record for record in await self.ask("api/query", values, _records)}

    async def found(self, reference: Reference) -> Sequence[Record]:
        """Records whose title has the words of this one."""
        words = _WORD.findall(reference.title)[:_FIRST_WORDS]
        return await self.ask("api/query", {"search_query": f'ti:"{" ".join(words)}"', "max_results": str(ROWS)}, _records)


def _records(answer: Answer) -> list[Record]:
    """The papers of a feed; entries that are none (the API tells its errors so) are left out. Raises ``UnusableAnswer``."""
    text = answer.text
    if answer.status != 200:
        raise UnusableAnswer(f"answered with status {answer.status}")
    if "<feed" not in text or not text.endswith("</feed>"):
        raise UnusableAnswer("answered with something that is no whole Atom feed")
    records = []
    for piece in pieces(text, "entry"):
        if piece.element is None:
            raise UnusableAnswer(f"answered with a broken feed: {piece.reason}")
        record = _record(piece.element)
        if record is not None:
            records.append(record)
    return records


def _record(entry: Element) -> Record | None:
    page = _ABSTRACT.match(text_of(entry.find("id")))
    if page is None:
        return None
    id_ = _VERSION.sub("", page[1]).lower()
    comment, journal = text_of(entry.find("comment")), text_of(entry.find("journal_ref"))
    published_as = normalise_doi(text_of(entry.find("doi")))
    return Record(
        source=Arxiv.name,
        doi=DOI_PREFIX + id_,
        url=f"https://arxiv.org/abs/{quote(id_)}",
        fetched_at=datetime.now(UTC),
        type="posted-content",
        titles=texts(text_of(entry.find("title"))),
        authors=tuple(printed_name(text_of(author.find("name"))) for author in entry.findall("author")),
        years=_years(entry, comment, journal),
        publisher="arXiv",
        updates=(Update(kind="withdrawal", source="arxiv"),) if _WITHDRAWN.match(comment) else (),
        relations=(Relation(kind="is-preprint-of", id_type="doi", id=published_as),) if is_doi(published_as) else (),
    )


def _years(entry: Element, comment: str, journal: str) -> tuple[PublicationYear, ...]:
    """When the first and the last version were posted, and the years of the publication that the authors name in words."""
    now = datetime.now(UTC).year
    told = [("posted", text_of(entry.find(tag))[:4]) for tag in ("published", "updated")]
    told += [("published", year) for year in (*_YEAR.findall(journal), *_YEAR.findall(comment)) if int(year) <= now]
    return tuple(dict.fromkeys(PublicationYear(kind=kind, year=int(year)) for kind, year in told if year.isdecimal()))
