"""The store: runs and reviewers' decisions in one DuckDB file. Nothing here imports DuckDB before a store is opened."""

from litcheck.store.database import Store
from litcheck.store.reading import RunSummary
from litcheck.store.review import Decision, Review

__all__ = ["Store", "RunSummary", "Review", "Decision"]
