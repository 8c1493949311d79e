"""What asks one service, as Crossref, doi.org and every catalogue do: where it is, who asks, and the connections to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from litcheck.sources.address import divide_address
from litcheck.sources.answers import Answer, Patience, Terms
from litcheck.sources.cache import RecordCache
from litcheck.sources.network import Network

if TYPE_CHECKING:
    from litcheck.sources.asking import Service

T = TypeVar("T")


class ServiceClient:
    """Asks the service at ``url`` while its context is open.

    ``limits`` is the name by which all processes with the same ``cache`` keep its limits together; ``terms``, ``terms_of`` and
    ``headers`` are those of ``Service``.
    """

    def __init__(
        self,
        url: str,
        *,
        limits: str,
        terms: Terms,
        terms_of: Callable[[str], Terms] | None = None,
        headers: Mapping[str, str] | None = None,
        mailto: str = "",
        cache: RecordCache | None = None,
        patience: Patience | None = None,
        network: Network | None = None,
    ) -> None:
        self._url, self._credentials = divide_address(url)
        self._limits = limits
        self._terms = terms
        self._terms_of = terms_of
        self._headers = headers
        self._mailto = mailto
        self._cache = cache
        self._patience = patience
        self._network = network
        self._service: Service | None = None

    async def __aenter__(self) -> Self:
        """Opens connections; what was learned in an earlier context about limits and failures is forgotten."""
        from litcheck.sources.asking import Service
        from litcheck.sources.shared_limits import SharedLimits

        self._service = await Service(
            self._url,
            credentials=self._credentials,
            terms=self._terms,
            terms_of=self._terms_of,
            mailto=self._mailto,
            headers=self._headers,
            patience=self._patience,
            shared=SharedLimits(self._cache.file, self._limits) if self._cache is not None else None,
            network=self._network,
        ).__aenter__()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes them."""
        if self._service is not None:
            await self._service.__aexit__(kind, error, trace)
            self._service = None

    async def _ask_service(self, path: str, *, kind: str, read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the answer to a path below the service's address. Raises ``CouldNotAsk``."""
        if self._service is None:
            raise RuntimeError("ask inside 'async with'")
        return await self._service.ask(f"{self._url}/{path}", kind=kind, read=read)
