"""The corpus flow: the steps of ``litcheck.checking`` as Prefect tasks over a tree of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from prefect import State, Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import TaskRun

from flows.batches import BATCH_SIZE, opaque, run_in_batches
from flows.changes import digest_of, find_changes
from flows.outcome import CorpusOutcome, Failure
from flows.tree import walk
from litcheck import __version__
from litcheck.checking import judge_document, new_run, resolve_all
from litcheck.errors import DatabaseInUse, UnusableDatabase, UnusableSettings
from litcheck.evidence import Evidence
from litcheck.limits import Limits
from litcheck.preparing import Prepared, Progress, Unreadable, read_and_prepare
from litcheck.run import CheckedDocument, Run
from litcheck.settings import Settings, load_settings
from litcheck.sources import OpenSources, open_sources
from litcheck.store import Store
from litcheck.store.checked import CheckedBefore
from reports import render

#: Told how far each step is. A person who waits sets it around the call; it is no parameter, since those have to be JSON.
progress: ContextVar[Progress | None] = ContextVar("progress", default=None)

#: Seconds between tries to open the database while another process is writing to it.
DATABASE_DELAYS = [1.0, 5.0, 15.0]

#: A document with its evidence, as it goes to be judged.
Resolved = tuple[Prepared | Unreadable, tuple[Evidence, ...]]


@flow(name="check-corpus", persist_result=False)
def check_corpus(
    directory: Path, options: dict[str, Any] | None = None, again: bool = False, batch_size: int = BATCH_SIZE
) -> CorpusOutcome:
    """Checks the documents below ``directory`` that are new or changed, and stores them as one run.

    ``options`` are settings by the names that they have in ``litcheck.toml``, over those of the working directory and the
    environment (where a token belongs: Prefect shows the parameters of a flow). With ``again`` every document is checked.
    Raises ``UnusableError`` for a directory, setting, index or database that cannot be used; a document that cannot be read
    is a finding, and one whose check broke off a ``Failure``.
    """
    started_at = datetime.now(UTC)
    settings = load_settings(Path.cwd(), **(options or {}))
    if settings.db is None:
        raise UnusableSettings("a corpus needs a database to know what was checked before; name one with --db or db = …")
    tree = walk(directory)
    digest = digest_of(settings)
    before = checked_before(settings.db, digest)
    changes = find_changes(tree.documents, {} if again else before, settings.limits)
    with open_sources(settings) as sources:
        documents, failures = _check(tuple(changes.changed), tree.unlisted, settings, sources, batch_size, started_at.date())
        documents = tuple(_with_digest(document, changes.changed.get(Path(document.path), "")) for document in documents)
        run = replace(new_run(documents, sources.uses(), offline=settings.offline, started_at=started_at), settings=digest)
    if documents:
        _store(run, settings.db)
    return CorpusOutcome(
        directory=str(directory),
        run=run if documents else None,
        unchanged=changes.unchanged,
        failures=failures,
        passed_over=tree.passed_over,
    )


@task(retries=1, retry_delay_seconds=1, cache_policy=NO_CACHE, persist_result=False)
def prepare_batch(batch: tuple[Path, ...], style: str, limits: Limits) -> tuple[Prepared | Unreadable, ...]:
    """Reads, splits, parses, finds and links each document."""
    return tuple(read_and_prepare(path, limits=limits, style=style) for path in batch)


@task(retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def resolve_union(prepared: Sequence[Prepared | Unreadable], sources: OpenSources) -> tuple[tuple[Evidence, ...], ...]:
    """Evidence for every reference of every document, each work asked for once."""
    return resolve_all(prepared, sources, progress=progress.get())


@task(retries=1, retry_delay_seconds=1, cache_policy=NO_CACHE, persist_result=False)
def judge_batch(batch: tuple[Resolved, ...], settings: Settings, today: date) -> tuple[CheckedDocument, ...]:
    """Matches and judges each document."""
    return tuple(judge_document(prepared, evidence, settings, today) for prepared, evidence in batch)


def while_in_use(task: Task[Any, Any], task_run: TaskRun, state: State[Any]) -> bool:
    """Whether a task failed because another process has the database, so that it is worth another try."""
    return isinstance(state.result(raise_on_failure=False), DatabaseInUse)


@task(
    retries=len(DATABASE_DELAYS),
    retry_delay_seconds=DATABASE_DELAYS,
    retry_condition_fn=while_in_use,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def store_run(run: Run, database: Path) -> None:
    """Stores the run in one transaction; tried again while another process has the file."""
    with Store(database) as store:
        store.save_run(run)


@task(
    retries=len(DATABASE_DELAYS),
    retry_delay_seconds=DATABASE_DELAYS,
    retry_condition_fn=while_in_use,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def checked_before(database: Path, digest: str) -> dict[str, CheckedBefore]:
    """The documents that this version checked with the same settings, by path. Creates the database if there is none."""
    with Store(database) as store:
        return store.checked(litcheck=__version__, settings=digest)


def _check(
    paths: Sequence[Path], unlisted: Sequence[Unreadable], settings: Settings, sources: OpenSources, batch_size: int, today: date
) -> tuple[tuple[CheckedDocument, ...], tuple[Failure, ...]]:
    """Prepares in batches, resolves the union once, judges in batches as of ``today``."""
    prepared: list[Prepared | Unreadable] = [*unlisted]
    documents: list[CheckedDocument] = []
    failures: list[Failure] = []
    read = run_in_batches(
        prepare_batch,
        paths,
        jobs=settings.jobs,
        size=batch_size,
        said=_said("reading"),
        style=settings.style,
        limits=settings.limits,
    )
    for path, made in zip(paths, read, strict=True):
        if isinstance(made, Failure):
            failures.append(replace(made, path=str(path)))
        else:
            prepared.append(made)
    evidence = resolve_union(opaque(prepared), opaque(sources))
    resolved = list(zip(prepared, evidence, strict=True))
    judged = run_in_batches(
        judge_batch,
        resolved,
        jobs=settings.jobs,
        size=batch_size,
        said=_said("judging"),
        settings=settings,
        today=today,
    )
    for (one, _), document in zip(resolved, judged, strict=True):
        if isinstance(document, Failure):
            failures.append(replace(document, path=one.document.path if isinstance(one, Prepared) else one.path))
        else:
            documents.append(document)
    return tuple(documents), tuple(failures)


def _store(run: Run, database: Path) -> None:
    """Stores the run; if that cannot be done, writes it as JSON beside the database and says so."""
    try:
        store_run(opaque(run), database)
    except UnusableDatabase as error:
        rescue = database.with_name(f"{database.stem}-{run.id}.json")
        try:
            rescue.write_text(render(run, "json"), encoding="utf-8")
        except OSError as failure:
            raise UnusableDatabase(f"{error}. Nor can this run be kept as {rescue}: {failure.strerror or failure}") from error
        raise UnusableDatabase(f"{error}. Nothing is lost: this run is in {rescue}") from error


def _said(what: str) -> Callable[[int, int], None]:
    """Tells whoever waits how far ``what`` is."""
    show = progress.get()
    return (lambda done, total: show(done, total, what)) if show else (lambda done, total: None)


def _with_digest(document: CheckedDocument, digest: str) -> CheckedDocument:
    """An unreadable document has no digest from its reader; the file's own lets the next run see that it is as it was."""
    return document if document.sha256 else replace(document, sha256=digest)
