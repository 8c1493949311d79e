"""``litcheck text``: a document's text exactly as it was read."""

from __future__ import annotations

from pathlib import Path

import click

from litcheck.cli.options import file_argument, output_option, settings_from
from litcheck.cli.output import print_data, refuse_to_overwrite, say_how_it_was_read, write_file


@click.command("text")
@file_argument
@output_option
def command(file: Path, output: Path | None) -> None:
    """Print the document's text exactly as it was read; all offsets refer to it."""
    from litcheck.documents import read_document

    refuse_to_overwrite(output, (file,))
    document = read_document(file, limits=settings_from().limits)
    say_how_it_was_read(document)
    if output:
        write_file(output, document.text)
    else:
        print_data(document.text)
