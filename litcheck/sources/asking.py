"""One service asked over HTTP: paced, tried again where that helps, given up where it does not.

Everything that can go wrong ends as ``CouldNotAsk`` with a reason for a person. Nothing that is answered is trusted: bodies are
bounded, redirects are not followed here, and the caller's reader says whether an answer can be used.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

import httpx
import stamina

from litcheck import __version__
from litcheck.errors import UnusableSettings
from litcheck.sources.address import Credentials
from litcheck.sources.answers import Answer, CouldNotAsk, Patience, Rejected, Terms, UnusableAnswer
from litcheck.sources.breaker import BAD_ANSWER, DOWN, NO_ANSWER, NO_CONNECTION, REFUSED, Breaker
from litcheck.sources.network import Network
from litcheck.sources.pacing import Gate, Pacer, retry_after, stated_number, stated_rate
from litcheck.sources.shared_limits import SharedLimits

#: No answer to what is asked here is larger: a single work with ten thousand references has about 3 MB.
LARGEST_BODY = 32 << 20

#: More at once are not faster (measured: 1,500 requests a second with 10, 314 with 50).
MOST_AT_ONCE = 10

T = TypeVar("T")

# stamina reports each retry as a warning, and Python prints warnings that nobody handles to standard error.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class _TryAgain(CouldNotAsk):
    """A failure that may be over in a moment."""


class Service:
    """One service, for as long as the context is open. ``terms`` hold until its answers state others.

    ``terms_of`` gives the terms of the pool that an answer names. ``shared`` are the limits that all processes keep together,
    ``network`` what is known of the network from other services.
    """

    def __init__(
        self,
        address: str,
        *,
        terms: Terms,
        credentials: Credentials | None = None,
        mailto: str = "",
        headers: Mapping[str, str] | None = None,
        patience: Patience | None = None,
        terms_of: Callable[[str], Terms] | None = None,
        shared: SharedLimits | None = None,
        network: Network | None = None,
    ) -> None:
        self._host = urlsplit(address).netloc
        self._credentials = credentials
        self._terms = terms
        self._terms_of = terms_of
        self._patience = patience or Patience()
        contact = f" (mailto:{mailto})" if mailto else ""
        self._headers = {
            "User-Agent": f"litcheck/{__version__}{contact}",
            "Accept": "application/json",
            **(headers or {}),
        }
        self._shared = shared
        self._network = network or Network()
        self._pacers = {kind: Pacer(rate, kind=kind, shared=shared) for kind, rate in terms.rates.items()}
        # One at a time until an answer has shown what is allowed.
        self._gate = Gate(1)
        self._breaker = Breaker()
        self._put_off_since: float | None = None
        self._asked_since: float | None = None
        self._has_answered = False

    async def __aenter__(self) -> Self:
        """Opens the client. Raises ``UnusableSettings`` where the environment names a proxy or certificates that are none."""
        patience = self._patience
        try:
            self._client = httpx.AsyncClient(
                headers=self._headers,
                auth=self._credentials,
                timeout=httpx.Timeout(patience.silence, connect=patience.connect),
                limits=httpx.Limits(max_connections=2 * MOST_AT_ONCE, max_keepalive_connections=MOST_AT_ONCE),
            )
        except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
            raise UnusableSettings(
                f"the network cannot be used as the environment asks: {error}. Look at HTTP_PROXY, HTTPS_PROXY and ALL_PROXY"
                " (proxies of HTTP only), SSL_CERT_FILE and SSL_CERT_DIR, or check with --offline."
            ) from error
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._client.aclose()

    async def ask(self, url: str, *, kind: str, read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the answer to ``url``; ``kind`` names the rate that counts.

        ``read`` sees successes, redirects and 404, and raises ``UnusableAnswer`` for what is none of the expected answers.
        Raises ``CouldNotAsk``.
        """
        patience = self._patience
        self._go_on()
        async for attempt in stamina.retry_context(
            on=self._is_worth_a_retry,
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first_wait,
            wait_max=patience.longest_wait,
            wait_jitter=patience.first_wait,
        ):
            with attempt:
                return await self._try(url, self._pacers[kind], read)
        raise AssertionError("stamina gives a result or raises")

    def _is_worth_a_retry(self, error: Exception) -> bool:
        return isinstance(error, _TryAgain | UnusableAnswer) and not self._breaker.is_open

    async def _try(self, url: str, pacer: Pacer, read: Callable[[Answer], T]) -> T:
        self._go_on()
        async with self._gate, self._place():
            self._go_on()
            if (wait := pacer.wait()) > self._patience.pause:
                self._breaker.open(f"{self._host} wants {wait:.0f} s between requests")
            self._go_on()
            await pacer.turn()
            self._go_on()
            if self._asked_since is None:
                self._asked_since = time.monotonic()
            try:
                answer = await self._fetch(url, pacer)
                result = read(answer)
            except UnusableAnswer as error:
                raise self._failed(UnusableAnswer, str(error), BAD_ANSWER) from error
            finally:
                if self._breaker.is_shaky:
                    pacer.ease()
        self._breaker.answered()
        self._has_answered = self._network.has_answered = True
        self._put_off_since = None
        pacer.answered()
        return result

    def _place(self) -> AbstractAsyncContextManager[None]:
        return nullcontext() if self._shared is None else self._shared.place(self._gate.places)

    def _go_on(self) -> None:
        if self._breaker.is_open:
            raise CouldNotAsk(self._breaker.reason)

    async def _fetch(self, url: str, pacer: Pacer) -> Answer:
        try:
            async with (
                asyncio.timeout(self._patience.whole),
                self._client.stream("GET", url, timeout=self._timeout()) as response,
            ):
                await self._obey(response.headers, pacer)
                if not self._has_answered:
                    pacer.arrived()
                if response.status_code < 400 or response.status_code in (400, 404):
                    answer = Answer(
                        status=response.status_code,
                        body=await _bounded(response),
                        location=response.headers.get("location", ""),
                    )
                    if answer.status == 400:
                        raise self._failed(Rejected, f"rejected the request: {_explanation(answer)}", BAD_ANSWER)
                    return answer
                raise self._refusal(response, pacer)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise self._failed(_TryAgain, f"could not be reached ({_words(error)})", NO_CONNECTION) from error
        except TimeoutError as error:
            # It answers all the time and comes to no end: another try would take as long.
            raise self._failed(CouldNotAsk, f"did not finish its answer in {self._patience.whole:.0f} s", DOWN) from error
        except httpx.TimeoutException as error:
            raise self._failed(_TryAgain, "did not answer in time", NO_ANSWER) from error
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL) as error:
            raise self._failed(CouldNotAsk, f"cannot be asked ({_words(error)})", DOWN) from error
        except httpx.HTTPError as error:
            raise self._failed(_TryAgain, f"broke off its answer ({_words(error)})", BAD_ANSWER) from error

    def _timeout(self) -> httpx.Timeout:
        """A service that has answered nothing yet may be down, and everything waits for it: it gets less time."""
        patience = self._patience
        if self._has_answered:
            return httpx.Timeout(patience.silence, connect=patience.connect)
        waited = self._waited()
        if self._network.is_lost:
            most = patience.lost
        else:
            most = patience.first if waited < patience.first else max(patience.lost, patience.decided - waited)
        return httpx.Timeout(min(patience.silence, most), connect=min(patience.connect, most))

    def _refusal(self, response: httpx.Response, pacer: Pacer) -> CouldNotAsk:
        """The error that a status of 400 or more stands for, counted and obeyed."""
        status = response.status_code
        if status in (413, 414):
            return self._failed(Rejected, f"finds the request too long ({status})", BAD_ANSWER)
        if status == 401:
            return self._failed(CouldNotAsk, "refused the access token (401)", DOWN)
        if status == 403:
            return self._failed(CouldNotAsk, "blocks this client (403)", REFUSED)
        if status != 429 and status < 500:
            return self._failed(CouldNotAsk, f"answered with status {status}", BAD_ANSWER)
        asked = retry_after(response.headers)
        longest = self._patience.pause if self._has_answered else min(self._patience.pause, self._patience.decided)
        if asked is not None and self._put_off(asked) > longest:
            return self._failed(CouldNotAsk, f"asks to come back in {asked:.0f} s (status {status})", DOWN)
        if asked is not None:
            pacer.pause(asked)
        if status == 429:
            pacer.too_fast()
            if asked is None:
                pacer.pause(min(pacer.interval, self._patience.longest_wait))
            return self._failed(_TryAgain, "allows no more requests now (429)", BAD_ANSWER)
        return self._failed(_TryAgain, f"has an error of its own ({status})", BAD_ANSWER)

    def _put_off(self, seconds: float) -> float:
        """How long the service will have put everything off, when it asks for ``seconds`` more and has answered nothing since."""
        now = time.monotonic()
        if self._put_off_since is None:
            self._put_off_since = now
        return now + seconds - self._put_off_since

    def _failed(self, error: type[CouldNotAsk], reason: str, weight: int) -> CouldNotAsk:
        reason = f"{self._host} {reason}"
        self._breaker.failed(reason, weight)
        if not self._has_answered and self._is_late():
            self._breaker.open(reason)
        if self._breaker.is_open and not self._has_answered:
            self._network.given_up = True
        return error(reason)

    def _is_late(self) -> bool:
        """Whether the service, which has answered nothing, has had its time."""
        # A time-out set to end just then may end a little earlier.
        return self._network.is_lost or self._waited() >= 0.98 * self._patience.decided

    def _waited(self) -> float:
        """Seconds since the service was first asked."""
        return time.monotonic() - self._asked_since if self._asked_since is not None else 0.0

    async def _obey(self, headers: Mapping[str, str], pacer: Pacer) -> None:
        """Takes the limits that an answer states; those of the pool that it names, where it states none."""
        if self._terms_of is not None and (pool := headers.get("x-api-pool")):
            self._terms = self._terms_of(pool)
            for kind, likely in self._terms.rates.items():
                self._pacers[kind].assume(likely)
        if (stated := stated_rate(headers)) is not None:
            pacer.keep_to(stated)
        at_once = stated_number(headers.get("x-concurrency-limit")) or self._terms.at_once
        await self._gate.resize(min(at_once, MOST_AT_ONCE))


async def _bounded(response: httpx.Response) -> bytes:
    """The whole body, decoded. Raises ``CouldNotAsk`` when it is larger than any right answer."""
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > LARGEST_BODY:
            raise CouldNotAsk(f"{response.url.host} sends more than {LARGEST_BODY >> 20} MB")
    return bytes(body)


def _explanation(answer: Answer) -> str:
    """What a rejection says: Crossref's first message, or the beginning of the text."""
    try:
        match answer.json():
            case {"message": [{"message": str(message)}, *_]}:
                return message[:300]
    except UnusableAnswer:
        pass
    return answer.text[:300] or "no reason given"


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
