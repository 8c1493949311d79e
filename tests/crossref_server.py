"""A server on loopback that behaves as Crossref and doi.org do: pools, limits, aliases, validation, and faults on demand."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import itemgetter
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, quote, unquote

#: What ``select`` takes, from Crossref's own answer to an unknown field (October 2026).
SELECTABLE = frozenset(
    {
        *("DOI", "ISBN", "ISSN", "URL", "abstract", "accepted", "alternative-id", "approved", "archive", "article-number"),
        *("assertion", "author", "chair", "clinical-trial-number", "container-title", "content-created", "content-domain"),
        *("contributor", "created", "degree", "deposited", "editor", "event", "funder", "group-title", "indexed"),
        *("is-referenced-by-count", "issn-type", "issue", "issued", "license", "link", "member", "original-title", "page"),
        *("posted", "prefix", "published", "published-online", "published-print", "publisher", "publisher-location"),
        *("reference", "references-count", "relation", "resource", "score", "short-container-title", "short-title"),
        *("standards-body", "subject", "subtitle", "title", "translator", "type", "update-policy", "update-to"),
        *("updated-by", "volume"),
    }
)

#: Requests in an interval for single records and for lists, and how many at once, as since December 2025.
POOLS = {"public": (5, 1, 1), "polite": (10, 3, 3), "plus": (150, 150, 150)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came in."""

    path: str
    kind: str
    pool: str
    at: float
    headers: Mapping[str, str]
    status: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with one answer."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    seconds: float = 0.0
    """Waits so long before it answers."""
    drop: bool = False
    """Closes the connection without an answer."""
    states_limits: bool = True
    """Whether an answer with ``status`` carries the headers about limits."""
    cut: bool = False
    """Closes the connection in the middle of the answer."""
    trickle: float = 0.0
    """Sends the body byte by byte, so many seconds apart."""


#: Says what goes wrong with the n-th request (counted from 0), if anything.
Faults = Callable[[int, Request], Fault | None]

HTML = Fault(status=200, headers={"Content-Type": "text/html"}, body="<!doctype html><title>Sign in</title>")


class CrossrefServer:
    """Serves ``works``; ``aliases`` lead to prime DOIs, ``elsewhere`` maps DOIs of other agencies to their names.

    Limits are per ``interval`` seconds and stated in headers unless ``state_limits`` is off. With ``enforce`` what goes beyond
    them gets 429; on a busy machine milliseconds bunch, so enforced intervals should not be short.
    """

    def __init__(
        self,
        works: Iterable[Mapping[str, Any]] = (),
        *,
        aliases: Mapping[str, str] | None = None,
        elsewhere: Mapping[str, str] | None = None,
        faults: Faults | None = None,
        interval: float = 0.02,
        enforce: bool = False,
        state_limits: bool = True,
        selectable: frozenset[str] = SELECTABLE,
    ) -> None:
        self.works = {str(work["DOI"]).lower(): dict(work) for work in works}
        self.aliases = dict(aliases or {})
        self.elsewhere = dict(elsewhere or {})
        self.faults = faults
        self.interval = interval
        self.enforce = enforce
        self.state_limits = state_limits
        self.selectable = selectable
        self.requests: list[Request] = []
        self.most_at_once = 0
        self.inside = 0
        self.lock = threading.Lock()
        self.recent: dict[tuple[str, str], deque[float]] = {}
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.crossref = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def count(self, status: int) -> int:
        """How many requests were answered with this status."""
        return sum(request.status == status for request in self.requests)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    crossref: CrossrefServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up waiting is part of the game."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Prints nothing."""

    def do_GET(self) -> None:
        crossref = self.server.crossref
        request = Request(
            path=self.path, kind=_kind(self.path), pool=self._pool(), at=time.monotonic(), headers=dict(self.headers)
        )
        with crossref.lock:
            number = len(crossref.requests)
            crossref.requests.append(request)
            crossref.inside += 1
            crossref.most_at_once = max(crossref.most_at_once, crossref.inside)
        try:
            fault = crossref.faults(number, request) if crossref.faults else None
            status = self._answer(request, fault)
        finally:
            with crossref.lock:
                crossref.inside -= 1
        with crossref.lock:
            crossref.requests[number] = replace(request, status=status)

    def _pool(self) -> str:
        if self.headers.get("Crossref-Plus-API-Token"):
            return "plus"
        return "polite" if "mailto=" in self.path or "mailto:" in self.headers.get("User-Agent", "") else "public"

    def _answer(self, request: Request, fault: Fault | None) -> int:
        crossref = self.server.crossref
        single, listed, at_once = POOLS[request.pool]
        allowed = listed if request.kind == "list" else single
        headers = {}
        if crossref.state_limits and request.kind != "doi.org":
            headers = {
                "x-rate-limit-limit": str(allowed),
                "x-rate-limit-interval": f"{crossref.interval * 1000:g}ms",
                "x-concurrency-limit": str(at_once),
                "x-api-pool": f"{request.pool}-{'array' if request.kind == 'list' else 'single'}",
            }
        if fault is not None and fault.seconds:
            time.sleep(fault.seconds)
        if fault is not None and fault.drop:
            self.close_connection = True
            return 0
        if fault is not None and fault.status:
            content_type = fault.headers.get("Content-Type", "text/plain")
            stated = headers if fault.states_limits else {}
            kept = {name: value for name, value in {**stated, **fault.headers}.items() if name != "Content-Type"}
            return self._send(_Reply(status=fault.status, body=fault.body.encode(), content_type=content_type, headers=kept))
        if crossref.enforce and request.kind != "doi.org" and self._is_too_much(request, allowed, at_once):
            return self._send(_Reply(status=429, body=b"", headers=headers))
        reply = _reply(crossref, self.path)
        reply = _Reply(
            status=reply.status, body=reply.body, content_type=reply.content_type, headers={**reply.headers, **headers}
        )
        return self._send(reply, cut=fault is not None and fault.cut, trickle=fault.trickle if fault else 0.0)

    def _is_too_much(self, request: Request, allowed: int, at_once: int) -> bool:
        crossref = self.server.crossref
        with crossref.lock:
            times = crossref.recent.setdefault((request.pool, request.kind), deque())
            while times and times[0] <= request.at - crossref.interval:
                times.popleft()
            times.append(request.at)
            return len(times) > allowed or crossref.inside > at_once

    def _send(self, reply: _Reply, *, cut: bool = False, trickle: float = 0.0) -> int:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if trickle:
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                time.sleep(trickle)
            return reply.status
        self.wfile.write(reply.body[: len(reply.body) // 2] if cut else reply.body)
        if cut:
            self.close_connection = True
        return reply.status


def _kind(path: str) -> str:
    route = path.partition("?")[0]
    if route == "/works":
        return "list"
    return "single" if route.startswith("/works/") else "doi.org"


def _reply(crossref: CrossrefServer, target: str) -> _Reply:
    route, _, query = target.partition("?")
    asked = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
    if route == "/works":
        return _works(crossref, asked)
    start, _, quoted = route.removeprefix("/").partition("/")
    if start == "works":
        return _work(crossref, unquote(quoted).lower())
    if start == "ra":
        return _json([_agency(crossref, unquote(quoted))])
    if route.startswith("/api/handles/"):
        doi = unquote(quoted.removeprefix("handles/"))
        known = "RA" in _agency(crossref, doi)
        return _json({"responseCode": 1 if known else 100, "handle": doi}, status=200 if known else 404)
    return _citation(crossref, unquote(route.removeprefix("/")).lower())


def _works(crossref: CrossrefServer, asked: Mapping[str, str]) -> _Reply:
    selected = [name for name in asked.get("select", "").split(",") if name]
    for name in selected:
        if name not in crossref.selectable:
            known = ", ".join(sorted(crossref.selectable))
            message = (
                f"Select '{name}' specified but there is no such select for this route. Valid selects for this route are: {known}"
            )
            failure = {"type": "select-not-available", "value": name, "message": message}
            return _json({"status": "failed", "message-type": "validation-failure", "message": [failure]}, status=400)
    found: list[dict[str, Any]]
    if "filter" in asked:
        wanted = []
        for part in asked["filter"].split(","):
            name, _, value = part.partition(":")
            if name != "doi" or not value.startswith("10."):
                return _invalid("parameter-not-allowed", part, f"Filter {part} is not valid")
            wanted.append(value.lower())
        found = [crossref.works[doi] for doi in dict.fromkeys(wanted) if doi in crossref.works]
    else:
        words = set(asked.get("query.bibliographic", "").lower().split())
        scored = sorted(((_likeness(words, work), doi) for doi, work in crossref.works.items()), key=itemgetter(0), reverse=True)
        found = [crossref.works[doi] for score, doi in scored if score]
    items = [
        {name: value for name, value in work.items() if not selected or name in selected}
        for work in found[: int(asked.get("rows", "20"))]
    ]
    return _json({"status": "ok", "message-type": "work-list", "message": {"total-results": len(found), "items": items}})


def _likeness(words: set[str], work: Mapping[str, Any]) -> int:
    return len(words & set(json.dumps(work, ensure_ascii=False).lower().replace('"', " ").split()))


def _invalid(kind: str, value: str, message: str) -> _Reply:
    failure = {"type": kind, "value": value, "message": message}
    return _json({"status": "failed", "message-type": "validation-failure", "message": [failure]}, status=400)


def _work(crossref: CrossrefServer, doi: str) -> _Reply:
    if doi in crossref.aliases:
        return _Reply(status=301, body=b"", headers={"Location": f"/works/{quote(crossref.aliases[doi], safe='')}"})
    if doi not in crossref.works:
        return _Reply(status=404, body=b"Resource not found.", content_type="text/plain;charset=utf-8")
    return _json({"status": "ok", "message-type": "work", "message": crossref.works[doi]})


def _agency(crossref: CrossrefServer, doi: str) -> dict[str, str]:
    if doi.lower() in crossref.works or doi.lower() in crossref.aliases:
        return {"DOI": doi, "RA": "Crossref"}
    if doi.lower() in crossref.elsewhere:
        return {"DOI": doi, "RA": crossref.elsewhere[doi.lower()]}
    return {"DOI": doi, "status": "DOI does not exist"}


def _citation(crossref: CrossrefServer, doi: str) -> _Reply:
    """Content negotiation: whatever is asked for, a BibTeX entry."""
    if doi not in crossref.works:
        return _Reply(status=404, body=b"<html>DOI not found</html>", content_type="text/html")
    title = crossref.works[doi]["title"][0]
    return _Reply(
        status=200, body=f"@article{{key, title={{{title}}}, DOI={{{doi}}}}}".encode(), content_type="application/x-bibtex"
    )


def _json(value: Any, *, status: int = 200) -> _Reply:
    return _Reply(status=status, body=json.dumps(value).encode())
