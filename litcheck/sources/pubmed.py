"""PubMed as a source, through NCBI's E-utilities: articles by PMID, by journal, volume and page, and by title.

Documentation: https://www.ncbi.nlm.nih.gov/books/NBK25499/ (ESummary, ESearch, ECitMatch) and
https://www.ncbi.nlm.nih.gov/books/NBK25497/ (three requests a second, with the program's name and an address). The answers in the
tests are made by hand after it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from bib.folding import fold
from bib.model import Reference
from litcheck.evidence import Lookup, Record, Unavailable
from litcheck.sources.answers import Answer, CouldNotAsk, Terms, UnusableAnswer
from litcheck.sources.catalogue import ANY, ROWS, Catalogue
from litcheck.sources.pacing import Rate
from litcheck.sources.pubmed_records import records_of

UTILITIES = "entrez/eutils"
#: Words of a title that a search must find; more only give a slip more chances.
TITLE_WORDS = 12
#: Shorter words are left out of searches by PubMed or stand in every title.
SHORTEST_WORD = 4

_KINDS = frozenset({"article-journal", "review", "document"})


class PubMed(Catalogue):
    """PubMed at its address."""

    name = "pubmed"
    terms = Terms(rates={ANY: Rate(3, 1)}, at_once=3)
    identifies = "pmid"
    batch: ClassVar[int] = 200

    def may_hold(self, reference: Reference) -> bool:
        """Whether it is an article in a journal."""
        return reference.type in _KINDS and bool(reference.container_title)

    def identifier_of(self, reference: Reference) -> str:
        """The PMID."""
        return reference.pmid.lstrip("0") if reference.pmid.isascii() and reference.pmid.isdigit() else ""

    async def held(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """The records of up to two hundred PMIDs."""
        values = self._asked({"id": ",".join(ids), "version": "2.0", "retmode": "json"})
        return await self.ask(f"{UTILITIES}/esummary.fcgi", values, records_of)

    async def works_like(self, references: Sequence[Reference]) -> Sequence[Lookup]:
        """All at once by journal, year, volume and page; then singly by title what these did not lead to."""
        try:
            matched = await self._matched(references)
            pmids = list(dict.fromkeys(matched.values()))
            records = await self.held(pmids) if pmids else {}
        except CouldNotAsk as error:
            return [Unavailable(source=self.name, reason=str(error)) for _ in references]
        return await asyncio.gather(
            *(
                self._settled(reference, records[matched[place]]) if matched.get(place) in records else self._search(reference)
                for place, reference in enumerate(references)
            )
        )

    async def found(self, reference: Reference) -> Sequence[Record]:
        """Records whose title has the words of this one."""
        words = [word for word in fold(reference.title).split() if len(word) >= SHORTEST_WORD and word.isalnum()]
        if len(words) < 2:
            return ()
        term = " AND ".join(f"{word}[ti]" for word in words[:TITLE_WORDS])
        values = self._asked({"term": term, "retmode": "json", "retmax": str(ROWS)})
        pmids = await self.ask(f"{UTILITIES}/esearch.fcgi", values, _pmids)
        records = await self.held(pmids) if pmids else {}
        return [records[pmid] for pmid in pmids if pmid in records]

    async def _settled(self, reference: Reference, record: Record) -> Lookup:
        return self._kept_search(reference, (record,))

    async def _matched(self, references: Sequence[Reference]) -> Mapping[int, str]:
        """The PMIDs of those of the references that journal, year, volume and first page lead to, by place."""
        citations = [f"{_citation(r)}|{place}|" for place, r in enumerate(references) if r.volume and r.page]
        if not citations:
            return {}
        values = self._asked({"retmode": "xml", "bdata": "\r".join(citations)})
        return await self.ask(f"{UTILITIES}/ecitmatch.cgi", values, _matches)

    def _asked(self, values: Mapping[str, str]) -> dict[str, str]:
        return {"db": "pubmed", **values, "tool": "litcheck", "email": self._mailto}


def _citation(reference: Reference) -> str:
    """ "journal|year|volume|first page|author", as ECitMatch wants it."""
    first = reference.authors[0] if reference.authors else None
    author = f"{first.full_family} {first.given[:1]}".strip() if first is not None else ""
    page = reference.page.replace("–", "-").partition("-")[0].strip()
    parts = (reference.container_title, str(reference.year or ""), reference.volume, page, author)
    return "|".join(" ".join(fold(part).split()) for part in parts)


def _matches(answer: Answer) -> dict[int, str]:
    """What ECitMatch found, by key: each line ends in the key and a PMID, or a word for none. Raises ``UnusableAnswer``."""
    if answer.status != 200 or "|" not in answer.text:
        raise UnusableAnswer("answered citations with something else")
    found = {}
    for line in answer.text.splitlines():
        _, key, pmid = ["", "", *line.strip().split("|")][-3:]
        if key.isdigit() and pmid.isdigit():
            found[int(key)] = pmid
    return found


def _pmids(answer: Answer) -> list[str]:
    """The PMIDs of a search, best first. Raises ``UnusableAnswer``."""
    if answer.status == 200:
        match answer.json():
            case {"esearchresult": {"idlist": list(found)}}:
                return [pmid for pmid in found if isinstance(pmid, str) and pmid.isdigit()]
    raise UnusableAnswer("answered a search with something that lists no PMIDs")
