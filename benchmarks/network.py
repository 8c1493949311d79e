"""How sparingly and how doggedly the registries are asked, in counts and ratios: ``python -m benchmarks.network``.

Runs against tests/crossref_server.py on loopback, whose limits are those of Crossref's polite pool in intervals of
milliseconds, so that the figures do not depend on the machine or on the network. About four minutes, most of them waiting for
answers that come twenty seconds late. The goals: at most 40 requests for 1,000 references with DOIs; at least 0.9 of the allowed
rate and not one 429; with three answers in ten faulty the right answer or ``Unavailable`` for every reference, never "not found";
no request in a second run; a source that is down is said to be within ten seconds.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bib.model import Reference
from litcheck.evidence import Evidence, NotFound, Record
from litcheck.settings import Settings
from litcheck.sources import open_sources
from tests.crossref_server import HTML, POOLS, CrossrefServer, Fault, Request
from tests.made_up_works import made_up_work, reference_to

#: References in each run, and works at the registry.
REFERENCES = 1000
#: References of the run in which each must be searched for, and in each of two that run side by side.
SEARCHED = 100
HALF = 60
#: Seconds in which the server counts; long beside its own pace, so that the share of the rate is that of the limiter.
INTERVAL = 0.4
#: The part of the answers that is faulty, what is wrong with them, and which random numbers say so.
FAULTY = 0.3
SEED = 7
FAULTS = {
    "429": Fault(status=429),
    "500": Fault(status=500),
    "503": Fault(status=503),
    "dropped": Fault(drop=True),
    "cut off": Fault(cut=True),
    "HTML instead of JSON": HTML,
    "20 s late": Fault(seconds=20),
}


def main() -> None:
    """Prints one line of JSON for each situation."""
    works = [made_up_work(number) for number in range(REFERENCES)]
    with_doi = [reference_to(number) for number in range(REFERENCES)]
    without_doi = [reference_to(number, doi="") for number in range(SEARCHED)]
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
        _report("100 references without DOI", server, without_doi, Path(folder, "c"))
        _report("the same again, from the cache", server, without_doi, Path(folder, "c"))
        _report_side_by_side(server, Path(folder, "f"))
    _report_faults(works, with_doi, "1,000 DOIs")
    _report_faults(works, without_doi, "100 references without DOI")
    for count in (1, REFERENCES, 5 * REFERENCES):
        _report_down([reference_to(number) for number in range(count)])
    _report_down(without_doi)


def _accepts(reference: Reference, record: Record) -> bool:
    return reference.title == record.title


def _resolve(address: str, references: Sequence[Reference], cache: Path) -> tuple[Evidence, ...]:
    settings = Settings(urls={"crossref": address, "doi": address}, mailto="benchmark@example.org", cache=cache)
    with open_sources(settings) as sources:
        return sources.resolve(references, accepts=_accepts)


def _report(situation: str, server: CrossrefServer, references: Sequence[Reference], cache: Path) -> None:
    # What the run before asked is in another cache file, and counts at the server.
    time.sleep(INTERVAL)
    before = len(server.requests)
    evidence = _resolve(server.url, references, cache)
    requests = server.requests[before:]
    _print(
        situation,
        requests_per_1000=round(len(requests) * 1000 / len(references)),
        of_these_at_crossref=round(sum(request.kind != "doi.org" for request in requests) * 1000 / len(references)),
        refused_429=sum(request.status == 429 for request in requests),
        share_of_rate=_share_of_rate(requests),
        **_outcomes(references, evidence),
    )


def _report_side_by_side(server: CrossrefServer, cache: Path) -> None:
    """Two processes with one cache file: together they keep to the limits of one."""
    before = len(server.requests)
    # Apart from this process, which has threads.
    context = multiprocessing.get_context("spawn")
    halves = [[reference_to(n, doi="") for n in range(start, start + HALF)] for start in (200, 200 + HALF)]
    processes = [context.Process(target=_resolve, args=(server.url, half, cache)) for half in halves]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    requests = server.requests[before:]
    _print(
        "two processes at once",
        requests=len(requests),
        refused_429=sum(request.status == 429 for request in requests),
        share_of_rate=_share_of_rate(requests),
        failed=sum(process.exitcode != 0 for process in processes),
    )


def _report_faults(works: Sequence[dict[str, object]], references: Sequence[Reference], what: str) -> None:
    chance = random.Random(SEED)
    met: list[str] = []
    lock = threading.Lock()

    def faults(number: int, request: Request) -> Fault | None:
        with lock:
            if chance.random() >= FAULTY:
                return None
            met.append(chance.choice(list(FAULTS)))
            return FAULTS[met[-1]]

    with CrossrefServer(works, interval=INTERVAL, faults=faults) as server, tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        evidence = _resolve(server.url, references, Path(folder, "d"))
        _print(
            f"{what}, three answers in ten faulty",
            seconds=round(time.perf_counter() - started),
            requests=len(server.requests),
            faulty=len(met),
            **_outcomes(references, evidence),
        )


def _outcomes(references: Sequence[Reference], evidence: Sequence[Evidence]) -> dict[str, int]:
    """How many references have their right record, how many a source that could not be asked, how many a "not found"."""
    return {
        "right": sum(_is_found(reference, one) for reference, one in zip(references, evidence, strict=True)),
        "unavailable": sum(
            bool(one.unavailable) and not _is_found(reference, one) for reference, one in zip(references, evidence, strict=True)
        ),
        "not_found": sum(any(isinstance(lookup, NotFound) for lookup in one.lookups) for one in evidence),
    }


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
    return round((len(times) - 1) / (times[-1] - times[0]) / allowed, 3)


def _report_down(references: Sequence[Reference]) -> None:
    what = f"{len(references):,} references {'with' if references[0].doi else 'without'} DOI"
    with tempfile.TemporaryDirectory() as folder, _silent_port() as silent, CrossrefServer(faults=_always_503) as broken:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            closed = f"http://127.0.0.1:{probe.getsockname()[1]}"
        for name, address in {
            "connection refused": closed,
            "name does not resolve": "http://no-such-host.invalid",
            "never answers": silent,
            "always 503": broken.url,
        }.items():
            started = time.perf_counter()
            evidence = _resolve(address, references, Path(folder, "cache"))
            _print(
                f"down ({name}), {what}",
                seconds_until_down_is_said=round(time.perf_counter() - started, 1),
                **_outcomes(references, evidence),
            )


def _always_503(number: int, request: Request) -> Fault:
    del number, request
    return Fault(status=503)


@contextmanager
def _silent_port() -> Iterator[str]:
    """The address of a port that takes connections and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def _print(situation: str, **figures: float | None) -> None:
    print(
        json.dumps({"situation": situation} | {name: value for name, value in figures.items() if value is not None}), flush=True
    )


if __name__ == "__main__":
    main()
