"""Prefect flows: the steps of ``litcheck.checking`` for a tree of documents, on a schedule, on one machine or several.

The only package that imports prefect. What is set here must stand in the environment before prefect is imported: no telemetry,
no analytics, and no line on standard error for what goes well. Whoever sets these variables has the last word.
"""

from __future__ import annotations

import os

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
