"""``litcheck demo``: the main job on the shipped example with the shipped records."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import click

from litcheck.cli.output import check_writable, print_report, write_file


@click.command("demo")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("litcheck-demo.html"),
    show_default=True,
    metavar="FILE",
    help="Where the HTML report goes.",
)
def command(output: Path) -> None:
    """Check the shipped example, in which errors are planted, with the shipped records; needs no network.

    Prints the findings and writes the HTML report. Exits with 0: the findings are what the example is for.
    """
    from litcheck.checking import check
    from litcheck.demo import build_demo_index, manuscript_path
    from litcheck.settings import Settings
    from reports import render

    check_writable(output)
    with tempfile.TemporaryDirectory(prefix="litcheck-demo-") as directory, manuscript_path() as manuscript:
        index = Path(directory) / "demo"
        build_demo_index(index)
        settings = Settings(offline=True, indexes=(index,), cache=Path(directory) / "cache.sqlite", db=None)
        run = check([manuscript], settings)
    document = replace(run.documents[0], path=manuscript.name)
    sources = tuple(replace(source, address="") for source in run.sources)  # the index is gone when the report is read
    run = replace(run, documents=(document,), sources=sources)
    print_report(run, "text")
    write_file(output, render(run, "html"))
    click.echo(f"\nThe whole report, each reference beside its record: {output.resolve()}")
    click.echo("Now your own: litcheck check FILE --mailto YOU@EXAMPLE.ORG --output report.html")
