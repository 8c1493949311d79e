"""The report as one self-contained HTML page: no script, no outside resource, everything escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from litcheck.run import Run
from reports.escaping import printable
from reports.page import page_of


def render_html(run: Run) -> str:
    """The run as an HTML page in UTF-8. Links lead to http and https addresses only."""
    return _template().render(page=page_of(run))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    return environment.get_template("report.html.j2")


def _harmless(value: object) -> object:
    """Every string that a template prints, without characters that act on the page's reading order."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
