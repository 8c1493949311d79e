"""How sparingly the registries are asked, in counts and ratios: ``python -m benchmarks.network``.

Runs against tests/crossref_server.py on loopback, whose limits are those of Crossref's polite pool in intervals of
milliseconds, so that the figures do not depend on the machine or on the network.
"""

from __future__ import annotations

import json
import socket
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bib.model import Reference
from litcheck.evidence import Evidence, NotFound, Record
from litcheck.settings import Settings
from litcheck.sources import open_sources
from tests.crossref_server import POOLS, CrossrefServer, Fault, Request
from tests.made_up_works import made_up_work, reference_to

#: References in each run, and works at the registry.
REFERENCES = 1000
#: Seconds in which the server counts; long beside its own pace, so that the share of the rate is that of the limiter.
INTERVAL = 0.4


def main() -> None:
    """Prints one line of JSON for each situation."""
    works = [made_up_work(number) for number in range(REFERENCES)]
    with_doi = [reference_to(number) for number in range(REFERENCES)]
    aliases = {f"10.9999/old.{number}": f"10.5555/work.{number}" for number in range(0, REFERENCES, 100)}
    mixed = [
        reference_to(n, doi=f"10.9999/old.{n}" if n % 100 == 0 else f"10.9999/none.{n}" if n % 50 == 1 else None)
        for n in range(REFERENCES)
    ]
    with CrossrefServer(works, interval=INTERVAL, enforce=True) as server, tempfile.TemporaryDirectory() as folder:
        _report("1,000 DOIs, all registered", server, with_doi, Path(folder, "a"))
        _report("the same again, from the cache", server, with_doi, Path(folder, "a"))
        server.aliases = aliases
        _report("1,000 DOIs, 10 of them aliases, 20 not registered", server, mixed, Path(folder, "b"))
        server.works |= {f"10.5555/comma,{n}": made_up_work(n, DOI=f"10.5555/comma,{n}") for n in range(100)}
        commas = [reference_to(n, doi=f"10.5555/comma,{n}") for n in range(100)]
        _report("100 DOIs that must be asked for singly", server, commas, Path(folder, "e"))
        _report("100 references without DOI", server, [reference_to(n, doi="") for n in range(100)], Path(folder, "c"))

    def faults(number: int, request: Request) -> Fault | None:
        return Fault(status=503) if number % 10 < 3 else None

    with CrossrefServer(works, interval=INTERVAL, enforce=True, faults=faults) as server, tempfile.TemporaryDirectory() as folder:
        _report("1,000 DOIs, three answers in ten are errors", server, with_doi, Path(folder, "d"))
    _report_down(with_doi)


def _accepts(reference: Reference, record: Record) -> bool:
    return reference.title == record.title


def _resolve(address: str, references: Sequence[Reference], cache: Path) -> tuple[Evidence, ...]:
    settings = Settings(urls={"crossref": address, "doi": address}, mailto="benchmark@example.org", cache=cache)
    with open_sources(settings) as sources:
        return sources.resolve(references, accepts=_accepts)


def _report(situation: str, server: CrossrefServer, references: Sequence[Reference], cache: Path) -> None:
    before = len(server.requests)
    evidence = _resolve(server.url, references, cache)
    requests = server.requests[before:]
    _print(
        situation,
        requests_per_1000=round(len(requests) * 1000 / len(references)),
        of_these_at_crossref=round(sum(request.kind != "doi.org" for request in requests) * 1000 / len(references)),
        refused_429=sum(request.status == 429 for request in requests),
        share_of_rate=_share_of_rate(requests),
        found=sum(_is_found(reference, one) for reference, one in zip(references, evidence, strict=True)),
        unavailable=sum(bool(one.unavailable) for one in evidence),
        not_found=sum(any(isinstance(lookup, NotFound) for lookup in one.by_doi) for one in evidence),
    )


def _is_found(reference: Reference, evidence: Evidence) -> bool:
    return any(_accepts(reference, record) for record in evidence.candidates)


def _share_of_rate(requests: Sequence[Request]) -> float | None:
    """Requests a second as a part of what the polite pool allows; ``None`` for too few, or of two kinds."""
    times = [request.at for request in requests]
    kinds = {request.kind for request in requests}
    if len(times) < 20 or len(kinds) != 1:
        return None
    single, listed, _ = POOLS["polite"]
    allowed = (listed if kinds == {"list"} else single) / INTERVAL
    return round((len(times) - 1) / (times[-1] - times[0]) / allowed, 2)


def _report_down(references: Sequence[Reference]) -> None:
    with socket.socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        for name, address in {
            "connection refused": f"http://127.0.0.1:{probe.getsockname()[1]}",
            "name does not resolve": "http://no-such-host.invalid",
        }.items():
            started = time.perf_counter()
            evidence = _resolve(address, references, Path(folder, "cache"))
            _print(
                name,
                seconds_until_down_is_said=round(time.perf_counter() - started, 1),
                unavailable=sum(bool(one.unavailable) for one in evidence),
            )


def _print(situation: str, **figures: float | None) -> None:
    print(json.dumps({"situation": situation} | {name: value for name, value in figures.items() if value is not None}))


if __name__ == "__main__":
    main()
