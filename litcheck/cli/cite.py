"""``litcheck cite``: the registry's own citation of a work, to put in the place of an entry that a finding corrects."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from litcheck.cli import EXIT_FINDINGS, EXIT_UNAVAILABLE
from litcheck.cli.options import output_option, settings_from
from litcheck.cli.output import print_data, say, write_file

#: Seconds between two citations: what doi.org's other questions keep too.
DISTANCE = 0.1


@click.command("cite")
@click.argument("dois", nargs=-1, required=True, metavar="DOI…")
@click.option("--style", metavar="NAME", default="", help="As text in this CSL style (apa, vancouver). Default: BibTeX.")
@output_option
def command(dois: tuple[str, ...], style: str, output: Path | None) -> None:
    """Print the registry's own citation of each DOI, as BibTeX or in a style.

    Exit status: 0 all printed; 1 a DOI is none or is not registered; 2 unusable command; 3 doi.org could not be asked.
    """
    from bib.identifiers import is_doi, normalise_doi
    from litcheck.errors import UnusableSettings
    from litcheck.sources.answers import CouldNotAsk
    from litcheck.sources.registry_citation import registry_citation

    settings = settings_from()
    if settings.offline:
        raise UnusableSettings("`litcheck cite` asks doi.org, and the settings say offline; unset LITCHECK_OFFLINE to use it.")
    status, citations = 0, []
    for place, given in enumerate(dois):
        doi = normalise_doi(given)
        if not is_doi(doi):
            say(f"{given} is no DOI")
            status = status or EXIT_FINDINGS
            continue
        time.sleep(DISTANCE if place else 0)
        try:
            citation = registry_citation(doi, style=style, address=settings.urls["doi"])
        except CouldNotAsk as error:
            say(f"{doi}: {error}")
            status = EXIT_UNAVAILABLE
            break
        if citation is None:
            say(f"{doi} is not registered")
            status = status or EXIT_FINDINGS
        else:
            citations.append(citation)
    text = "".join(f"{citation}\n" for citation in citations)
    if output:
        write_file(output, text)
    else:
        from reports.escaping import printable

        print_data("".join(f"{printable(line)}\n" for line in text.splitlines()))
    sys.exit(status)
