"""DataCite's REST API as a source: datasets, software, preprints, theses and reports, and arXiv's DOIs.

Documentation: https://support.datacite.org/docs/api, https://support.datacite.org/docs/api-queries (Lucene's query syntax) and
https://datacite-metadata-schema.readthedocs.io/. Lists hold findable DOIs only. The answers in the tests are made by hand after
this documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bib.model import Name, Reference
from litcheck.evidence import PublicationYear, Record, Relation
from litcheck.sources.answers import Answer, Terms, UnusableAnswer
from litcheck.sources.catalogue import ANY, ROWS, Catalogue
from litcheck.sources.coverage import DATACITE
from litcheck.sources.json_values import mapping, mappings, text, texts
from litcheck.sources.pacing import Rate

#: Kinds of works that are mostly registered here and not with Crossref.
KINDS = frozenset({"article", "dataset", "report", "software", "thesis"})

#: DataCite's general types as Crossref's. https://datacite-metadata-schema.readthedocs.io/en/4.6/properties/resourcetype/
TYPES = {
    "Book": "book",
    "BookChapter": "book-chapter",
    "ConferencePaper": "proceedings-article",
    "ConferenceProceeding": "proceedings",
    "Dataset": "dataset",
    "Dissertation": "dissertation",
    "Journal": "journal",
    "JournalArticle": "journal-article",
    "PeerReview": "peer-review",
    "Preprint": "posted-content",
    "Report": "report",
    "Software": "software",
    "Standard": "standard",
}

#: Dates that may be the year that an author cites, and what kind of year each is.
DATES = {
    "Accepted": "accepted",
    "Available": "online",
    "Created": "other",
    "Issued": "issued",
    "Submitted": "posted",
    "Updated": "posted",
}

_FIRST_WORDS = 20
_SPECIAL = re.compile(r'(["\\])')
_WORD = re.compile(r"\w+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR = re.compile(r"\s*(\d{4})\b")


class DataCite(Catalogue):
    """DataCite at its address."""

    name = "datacite"
    #: 1,000 requests in five minutes for those who leave an address. https://support.datacite.org/docs/rate-limit
    terms = Terms(rates={ANY: Rate(1000, 300)}, at_once=3)
    form = "application/vnd.api+json"

    def may_hold(self, reference: Reference) -> bool:
        """Whether it is of a kind that is mostly registered here."""
        return reference.type in KINDS and bool(reference.title)

    def registers(self, doi: str, agency: str) -> bool:
        """Whether doi.org names DataCite, or the DOI begins as those of its largest repositories."""
        return agency == "datacite" or (not agency and doi.startswith(DATACITE))

    async def held(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """The records of up to fifty DOIs."""
        wanted = " OR ".join(f'"{_escaped(doi)}"' for doi in ids)
        records = await self._list(f"doi:({wanted})", rows=len(ids))
        return {record.doi: record for record in records}

    async def found(self, reference: Reference) -> Sequence[Record]:
        """Records whose title has the words of this one."""
        words = _WORD.findall(reference.title)[:_FIRST_WORDS]
        return await self._list(f'titles.title:"{" ".join(words)}"', rows=ROWS)

    async def _list(self, query: str, *, rows: int) -> list[Record]:
        values = {"query": query, "page[size]": str(rows), "mailto": self._mailto}
        return [record for item in await self.ask("dois", values, _items) if (record := _record(item)).doi]


def _escaped(doi: str) -> str:
    return _SPECIAL.sub(r"\\\1", doi)


def _items(answer: Answer) -> list[Mapping[str, Any]]:
    """The attributes of the works of a list. Raises ``UnusableAnswer``."""
    if answer.status != 200:
        raise UnusableAnswer(f"answered a list with status {answer.status}")
    match answer.json():
        case {"data": list(items)}:
            return [item["attributes"] for item in items if isinstance(item, dict) and isinstance(item.get("attributes"), dict)]
    raise UnusableAnswer("answered a list with JSON that holds none")


def _record(work: Mapping[str, Any]) -> Record:
    """The record of a work's attributes; without a usable ``doi`` the record's is empty."""
    doi = text(work.get("doi")).lower()
    titles = [(kind, title) for kind, title in _titles(work.get("titles")) if title]
    place = mapping(work.get("container"))
    general = text(mapping(work.get("types")).get("resourceTypeGeneral"))
    return Record(
        source=DataCite.name,
        doi=doi,
        url=f"https://doi.org/{quote(doi)}",
        fetched_at=datetime.now(UTC),
        type=TYPES.get(general, "other"),
        titles=tuple(title for kind, title in titles if kind != "Subtitle"),
        subtitles=tuple(title for kind, title in titles if kind == "Subtitle"),
        authors=_names(work.get("creators")),
        editors=_names(work.get("contributors"), only="Editor"),
        years=_years(work),
        # The publisher is a repository: an entry that names the journal of the published version does not contradict it.
        containers=texts(place.get("title")),
        volume=text(place.get("volume")),
        issue=text(place.get("issue")),
        page="-".join(texts(place.get("firstPage"), place.get("lastPage"))),
        publisher=_publisher(work.get("publisher")),
        relations=_relations(work.get("relatedIdentifiers"), preprint=general == "Preprint"),
    )


def _titles(value: object) -> Iterator[tuple[str, str]]:
    for title in mappings(value):
        yield text(title.get("titleType")), text(title.get("title"))


def _publisher(value: object) -> str:
    return text(value.get("name")) if isinstance(value, dict) else text(value)


def _names(value: object, only: str = "") -> tuple[Name, ...]:
    """Persons and organisations; of contributors those of one type. A person's ``name`` is "Family, Given"."""
    names = []
    for person in mappings(value):
        if only and person.get("contributorType") != only:
            continue
        family, given, whole = (text(person.get(field)) for field in ("familyName", "givenName", "name"))
        before, comma, after = whole.partition(", ")
        if family:
            names.append(Name(family=family, given=given))
        elif comma and person.get("nameType") != "Organizational":
            names.append(Name(family=before, given=after))
        elif whole:
            names.append(Name(literal=whole))
    return tuple(names)


def _years(work: Mapping[str, Any]) -> tuple[PublicationYear, ...]:
    years = []
    published = work.get("publicationYear")
    if (match := _YEAR.match(str(published))) is not None:
        years.append(PublicationYear(kind="published", year=int(match[1])))
    for dated in mappings(work.get("dates")):
        kind, match = DATES.get(text(dated.get("dateType"))), _YEAR.match(text(dated.get("date")))
        if kind and match:
            years.append(PublicationYear(kind=kind, year=int(match[1])))
    return tuple(dict.fromkeys(years))


def _relations(value: object, *, preprint: bool) -> tuple[Relation, ...]:
    """Links to other works by DOI. A preprint that "is a version of" another work has been published as that."""
    relations = []
    for related in mappings(value):
        id_type, id_ = text(related.get("relatedIdentifierType")).lower(), text(related.get("relatedIdentifier"))
        kind = _CAMEL.sub("-", text(related.get("relationType"))).lower()
        if id_type != "doi" or not id_ or not kind:
            continue
        id_ = re.sub(r"^https?://(?:dx\.)?doi\.org/", "", id_.lower())
        if preprint and kind in ("is-version-of", "is-published-in") and not id_.startswith(DATACITE):
            kind = "is-preprint-of"
        relations.append(Relation(kind=kind, id_type="doi", id=id_))
    return tuple(dict.fromkeys(relations))
