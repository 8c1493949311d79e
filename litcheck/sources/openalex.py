"""OpenAlex's API as a source: works by DOI, dozens a request, and with a key by title.

Documentation: https://developers.openalex.org/. Its records are put together by machine from Crossref, DataCite, PubMed and
others: good for telling that a work exists where its registry cannot be asked, and not for correcting an entry. It is asked only
where the settings name it: without a key a day's allowance is a hundred requests, and the registries themselves come first. The
answers in the tests are made by hand after its documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bib.identifiers import normalise_doi
from bib.model import Name, Reference
from litcheck.evidence import PublicationYear, Record
from litcheck.sources.answers import Answer, Terms, UnusableAnswer
from litcheck.sources.catalogue import ANY, ROWS, Catalogue
from litcheck.sources.coverage import is_registered_kind
from litcheck.sources.json_values import mapping, mappings, printed_name, text, texts
from litcheck.sources.pacing import Rate

FIELDS = "id,doi,display_name,publication_year,type,authorships,primary_location,biblio"

#: OpenAlex's types as Crossref's, where the two words differ.
TYPES = {"article": "journal-article", "preprint": "posted-content"}

_IN_FILTER = re.compile(r"[^,|]+")
_WORD = re.compile(r"\w+")
_FIRST_WORDS = 25


class OpenAlex(Catalogue):
    """OpenAlex at its address."""

    name = "openalex"
    #: Ten requests a second at most; what counts is a daily allowance. https://developers.openalex.org/
    terms = Terms(rates={ANY: Rate(10, 1)}, at_once=3)
    copies = True

    @property
    def searches(self) -> bool:
        """A search costs ten times a list, so only with a key."""
        return bool(self._key)

    def may_hold(self, reference: Reference) -> bool:
        """Whether it is of a kind that registries hold."""
        return is_registered_kind(reference) and bool(reference.title)

    async def held(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """The records of up to fifty DOIs; commas and bars mean something else in its filters."""
        wanted = [doi for doi in ids if _IN_FILTER.fullmatch(doi)]
        if not wanted:
            return {}
        records = await self._list({"filter": f"doi:{'|'.join(wanted)}", "per-page": str(len(wanted))})
        return {record.doi: record for record in records if record.doi}

    async def found(self, reference: Reference) -> Sequence[Record]:
        """Records whose title has the words of this one."""
        words = " ".join(_WORD.findall(reference.title)[:_FIRST_WORDS])
        return await self._list({"filter": f"title.search:{words}", "per-page": str(ROWS)})

    async def _list(self, values: Mapping[str, str]) -> list[Record]:
        asked = {**values, "select": FIELDS, "mailto": self._mailto, "api_key": self._key}
        return [_record(item) for item in await self.ask("works", asked, _items)]


def _items(answer: Answer) -> list[Mapping[str, Any]]:
    """The works of a list. Raises ``UnusableAnswer``."""
    if answer.status == 200:
        match answer.json():
            case {"results": list(items)}:
                return [item for item in items if isinstance(item, dict)]
    raise UnusableAnswer("answered a list with something that holds none")


def _record(work: Mapping[str, Any]) -> Record:
    place, numbers = mapping(mapping(work.get("primary_location")).get("source")), mapping(work.get("biblio"))
    year, kind = work.get("publication_year"), text(work.get("type"))
    return Record(
        source=OpenAlex.name,
        doi=normalise_doi(text(work.get("doi"))),
        url=text(work.get("id")),
        fetched_at=datetime.now(UTC),
        type=TYPES.get(kind, kind),
        titles=texts(work.get("display_name")),
        authors=_names(work.get("authorships")),
        years=(PublicationYear(kind="published", year=year),) if type(year) is int else (),
        containers=texts(place.get("display_name")),
        volume=text(numbers.get("volume")),
        issue=text(numbers.get("issue")),
        page="-".join(dict.fromkeys(texts(numbers.get("first_page"), numbers.get("last_page")))),
        curated=False,
    )


def _names(value: object) -> tuple[Name, ...]:
    authors = (mapping(authorship.get("author")) for authorship in mappings(value))
    return tuple(printed_name(printed) for printed in texts(*(author.get("display_name") for author in authors)))
