"""Reports: a run as a person or a machine reads it. Nothing here reads or writes; the caller does.

Each format is a module that is imported when it is asked for.
"""

from __future__ import annotations

from typing import Any

from litcheck.run import Run

__all__ = ["FORMATS", "render"]

#: The formats that ``render`` knows.
FORMATS = ("text", "json", "jsonl", "md", "html")


def render(run: Run, format: str, **options: Any) -> str:  # noqa: A002  the word of the command line
    """``run`` in one of ``FORMATS``. Options: ``width`` and ``colour`` for text, ``indent`` for json.

    Raises ``ValueError`` for another format.
    """
    match format:
        case "text":
            from reports.text import render_text

            return render_text(run, **options)
        case "json":
            from reports.json_report import render_json

            return render_json(run, **options)
        case "jsonl":
            from reports.json_report import render_jsonl

            return render_jsonl(run, **options)
        case "md":
            from reports.markdown import render_markdown

            return render_markdown(run, **options)
        case "html":
            from reports.html import render_html

            return render_html(run, **options)
        case _:
            raise ValueError(f"unknown report format {format!r}; it is one of {', '.join(FORMATS)}")
