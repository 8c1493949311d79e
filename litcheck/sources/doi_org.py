"""doi.org: whether a DOI exists at all, and which agency registered it.

https://www.doi.org/doi-handbook/HTML/rest-api.html and https://www.handle.net/proxy_servlet.html
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from litcheck.evidence import NotFound, Registration, Unavailable
from litcheck.run import SourceUse
from litcheck.sources.answers import Answer, CouldNotAsk, Patience, Terms, UnusableAnswer
from litcheck.sources.cache import RecordCache
from litcheck.sources.client import ServiceClient
from litcheck.sources.network import Network
from litcheck.sources.pacing import Rate

NAME = "doi.org"

#: doi.org states no limits. This is what Crossref allows its polite users.
TERMS = Terms(rates={"single": Rate(10, 1)}, at_once=3)

#: What the handle system answers: the handle exists, exists without the values asked for, or does not exist.
EXISTS, EXISTS_WITHOUT_VALUES, DOES_NOT_EXIST = 1, 200, 100


class DoiOrg(ServiceClient):
    """doi.org at ``url``. It holds no records, so it is asked only about DOIs that no registry asked has a record of."""

    def __init__(
        self,
        url: str,
        *,
        mailto: str = "",
        cache: RecordCache | None = None,
        patience: Patience | None = None,
        network: Network | None = None,
    ) -> None:
        super().__init__(url, limits=NAME, terms=TERMS, mailto=mailto, cache=cache, patience=patience, network=network)

    @property
    def name(self) -> str:
        """``doi.org``."""
        return NAME

    def use(self) -> SourceUse:
        """What a report says about the source."""
        return SourceUse(name=NAME, address=self._url)

    async def registrations(self, dois: Sequence[str]) -> Mapping[str, Registration | NotFound | Unavailable]:
        """Who registered each DOI, or that nobody did. The agency is empty where doi.org does not name it."""
        return dict(zip(dois, await asyncio.gather(*map(self._registration, dois)), strict=True))

    async def _registration(self, doi: str) -> Registration | NotFound | Unavailable:
        quoted = quote(doi, safe="")
        path = f"api/handles/{quoted}"
        address = f"{self._url}/{path}"
        try:
            if not await self._ask_service(path, kind="single", read=partial(_exists, doi)):
                self._keep(address, doi, None)
                return NotFound(source=NAME, complete=True, address=address)
        except CouldNotAsk as error:
            return Unavailable(source=NAME, reason=str(error))
        try:
            agency = await self._ask_service(f"ra/{quoted}", kind="single", read=partial(_agency, doi))
        except CouldNotAsk:
            # That the DOI exists is known, and matters more than who registered it.
            return Registration(source=NAME, agency="")
        self._keep(address, doi, agency)
        return Registration(source=NAME, agency=agency)

    def _keep(self, address: str, doi: str, agency: str | None) -> None:
        if self._cache is not None:
            self._cache.keep_registration(NAME, address, doi, agency)


def _exists(doi: str, answer: Answer) -> bool:
    """Whether the handle system knows the DOI. Raises ``UnusableAnswer``."""
    entry = _about(doi, answer.json(), "handle")
    code = entry.get("responseCode")
    if type(code) is not int or code not in (EXISTS, EXISTS_WITHOUT_VALUES, DOES_NOT_EXIST):
        raise UnusableAnswer(f"answered with code {str(code)[:20]}")
    return code != DOES_NOT_EXIST


def _agency(doi: str, answer: Answer) -> str:
    """The registration agency's name, empty where doi.org does not know it. Raises ``UnusableAnswer``."""
    match answer.json():
        case [first, *_]:
            entry = _about(doi, first, "DOI")
            if isinstance(agency := entry.get("RA", ""), str):
                return agency[:100]
    raise UnusableAnswer("answered with JSON that names no agency")


def _about(doi: str, entry: Any, field: str) -> dict[str, Any]:
    """``entry``, if it says something about this DOI and not about another."""
    if not isinstance(entry, dict):
        raise UnusableAnswer("answered with JSON that says nothing about the DOI")
    if isinstance(named := entry.get(field), str) and named.lower() != doi:
        raise UnusableAnswer(f"answered about another DOI ({named[:200]})")
    return entry
